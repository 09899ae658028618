"""The doors of readiness: what is still missing, why it does not apply, the gates, the overlaps, the numbers."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from nap_builder.kernel.access import POLICY, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.checks import ADOPTION, BLOCK, GATES, INFO, WARN, Place
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans import said
from nap_builder.plans.gates import GATE_NAMES, GRAVITY_NAMES, MOVES_BY, READY
from nap_builder.plans.lifecycle import MOVES, STATES
from nap_builder.plans.marks import ALIKE
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import THEMES, named
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.snapshot import snapshot_of
from nap_builder.plans.services import exceptions
from nap_builder.readiness import events, policy, queries, services  # noqa: F401 - rules and acts are declared
from nap_builder.readiness.forms import ExceptionForm, GateForm, PressForm, ThresholdForm
from nap_builder.readiness.overlap import overlap_of
from nap_builder.taskforce.queries import seats

rooms = Blueprint("readiness", __name__)

GRAVITY_KINDS = {BLOCK: "late", WARN: "warn", INFO: "none"}
GATE = f"any({', '.join(gate for gate in GATES if gate != ADOPTION)})"  # an adoption takes two, in a room of its own


@rooms.get("/w/<slug:slug>/ready")
@requires("plans.draft.read", on=plan_at)
def ready(plan: Plan) -> str:
    """How the plan stands before its next gate, and before the others."""
    return page("readiness/ready.html", plan=plan, standing=queries.state_of(plan, actor()), **_words(plan))


@rooms.get("/w/<slug:slug>/ready/<code:check>")
@requires("plans.draft.read", on=plan_at)
def check(plan: Plan, check: str) -> str:
    """One check: its rule, why it matters, and the rows that fail."""
    return _check_page(plan, check, ExceptionForm(languages=plan.languages))


@rooms.post("/w/<slug:slug>/ready/<code:check>/except")
@requires("readiness.check.except", on=plan_at)
def except_check(plan: Plan, check: str) -> Any:
    """Says why a check, or one row of it, does not apply."""
    form, mark = ExceptionForm(languages=plan.languages), request.args.get("row", "")
    result, _excepted = queries.result_of(plan, check)
    if mark:
        queries.row_marked(result, mark)
    if not form.validate():
        return _check_page(plan, check, form), 422
    with transaction():
        exceptions.except_check(actor(), plan, mark or check, form.reason.data or {})
        return see_other("readiness.check", slug=plan.slug, check=check, said=_("The reason is kept with the plan."))


@rooms.post("/w/<slug:slug>/ready/<code:check>/count")
@requires("readiness.check.except", on=plan_at)
def count_check(plan: Plan, check: str) -> Response:
    """Lets a check, or one row of it, apply again."""
    queries.check_called(check)
    mark = request.args.get("row", "")
    if mark and not mark.startswith(f"{check}:"):
        raise Missing
    with transaction():
        exceptions.count_again(actor(), plan, mark or check)
        return see_other("readiness.check", slug=plan.slug, check=check, said=_("The check applies again."))


def _check_page(plan: Plan, key: str, form: ExceptionForm) -> str:
    result, excepted = queries.result_of(plan, key, actor())
    mark = request.args.get("row", "")
    return page(
        "readiness/check.html",
        plan=plan,
        result=result,
        excepted=excepted,
        marked=queries.row_marked(result, mark) if mark else None,
        form=form,
        press=PressForm(),
        numbers=queries.thresholds(),
        **_words(plan),
    )


@rooms.get(f"/w/<slug:slug>/gate/<{GATE}:gate>")
@requires("readiness.gate.pass", on=plan_at)
def gate(plan: Plan, gate: str) -> str:
    """What is open before a gate, and the form that takes the plan through it."""
    return _gate_page(plan, gate, GateForm(languages=plan.languages))


@rooms.post(f"/w/<slug:slug>/gate/<{GATE}:gate>")
@requires("readiness.gate.pass", on=plan_at)
def pass_gate(plan: Plan, gate: str) -> Any:
    """Takes the plan through a gate and freezes the version that goes there."""
    form = GateForm(languages=plan.languages)
    if not form.validate():
        return _gate_page(plan, gate, form), 422
    try:
        with transaction():
            version = services.pass_gate(actor(), plan, gate, form.reason.data)
            told = _("Version %(number)s is frozen and goes through this gate.", number=version.number)
            return see_other("publishing.versions", slug=plan.slug, said=told, anchor=f"v-{version.number}")
    except BadInput as error:
        refused(form, error)
        return _gate_page(plan, gate, form), 422


def _gate_page(plan: Plan, gate: str, form: GateForm) -> str:
    state = queries.state_of(plan, actor())
    way = state.on_the_way_to(gate)
    form.reason.required = queries.needs_reason(way)
    moves = gate in MOVES_BY and plan.state in MOVES[MOVES_BY[gate]].before
    after = STATES[MOVES[MOVES_BY[gate]].after] if moves else None
    return page("readiness/gate.html", plan=plan, gate=gate, way=way, after=after, form=form, **_words(plan))


@rooms.get("/w/<slug:slug>/overlap")
@requires("plans.draft.read", on=plan_at)
def overlap(plan: Plan) -> str:
    """Who does what on which theme, and what looks alike."""
    seated = [body.code for body in seats(plan.id).members]
    found = overlap_of(snapshot_of(plan, actor()), queries.thresholds()[ALIKE], seated)
    theme = lambda name: named(THEMES, name) or _("No theme named")  # noqa: E731
    return page("readiness/overlap.html", plan=plan, found=found, theme=theme, said_as=said)


@rooms.get("/settings/readiness")
@requires("readiness.threshold.write")
def thresholds() -> str:
    """The numbers of the checks, each with its sentence."""
    return page("readiness/thresholds.html", settings=queries.settings(), press=PressForm())


@rooms.get("/settings/readiness/<code:check>")
@requires("readiness.threshold.write")
def threshold(check: str) -> str:
    """The number of one check, as a form."""
    setting = queries.setting_of(check)
    return page("readiness/threshold_form.html", setting=setting, form=ThresholdForm(row=setting))


@rooms.post("/settings/readiness/<code:check>")
@requires("readiness.threshold.write")
def save_threshold(check: str) -> Any:
    """Sets the number of a check."""
    setting = queries.setting_of(check)
    form = ThresholdForm(row=setting)
    if form.validate():
        try:
            with transaction():
                services.set_threshold(actor(), setting.check, form.value.data, seen=form.seen.data)
                return see_other("readiness.thresholds", said=_("The number is saved."), anchor=f"t-{check}")
        except BadInput as error:
            refused(form, error)
    return page("readiness/threshold_form.html", setting=setting, form=form), 422


def _words(plan: Plan) -> dict[str, Any]:
    """What the templates of readiness use to say things."""

    def way_to(place: Place | None) -> str:
        """The address of a page, where this reader may open it."""
        if place is None:
            return ""
        rule = POLICY[current_app.view_functions[place.endpoint].action]  # type: ignore[union-attr]
        return url_for(place.endpoint, slug=plan.slug, **place.parts) if rule.allows(actor(), plan) else ""

    return {
        "way_to": way_to,
        "gate_names": GATE_NAMES,
        "ready": READY,
        "gravity_names": GRAVITY_NAMES,
        "gravity_kinds": GRAVITY_KINDS,
    }
