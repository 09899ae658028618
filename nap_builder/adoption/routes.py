"""The doors of a plan's life: where it stands, its moves, its adoption by two people, and its amendments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, url_for

from nap_builder.adoption import policy, queries  # noqa: F401 - policy declares the rules
from nap_builder.adoption.forms import AdoptionForm, AmendForm, ConfirmForm, DeclineForm
from nap_builder.adoption.models import OPEN, Adoption
from nap_builder.adoption.names import ABANDON, MEANS, STANDINGS
from nap_builder.adoption.services import amendments, moving, proposals
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import SCANS, Kept, keep, served
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans.gates import GATE_NAMES, READY
from nap_builder.plans.lifecycle import MOVES, STATES, Move, lawful
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import ADOPTERS
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import holds, last_frozen, version_at
from nap_builder.plans.wording import by_language
from nap_builder.publishing.asking import ask_for_all, ask_for_pdf
from nap_builder.publishing.queries import is_published
from nap_builder.readiness.routes import GRAVITY_KINDS

rooms = Blueprint("adoption", __name__)

Answer = Response | tuple[str, int] | str
HOME = "/w/<slug:slug>/adoption"
BY_TWO, AMEND = "adopt", "amend"
TO = f"{HOME}/to/<any({', '.join(name for name in MOVES if name not in (BY_TWO, AMEND, ABANDON))}):name>"


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def life(plan: Plan) -> str:
    """Where a plan stands, what may come next, and how it was adopted."""
    adopted = version_at(plan.slug, plan.adopted_number) if plan.adopted_number else None
    moves = _moves(plan)
    before = queries.gates_before(plan, [move.name for move in moves])
    return page(
        "adoption/life.html",
        plan=plan,
        states=STATES,
        so_far=queries.states_so_far(plan),
        standings=STANDINGS,
        moves=[
            (move.says, _way(plan, move.name, before[move.name]), [str(GATE_NAMES[gate]) for gate in before[move.name]])
            for move in moves
            if move.name != BY_TWO
        ],
        may_be_adopted=any(move.name == BY_TWO for move in moves),
        amendment=queries.open_amendment(plan),
        adoptions=queries.adoptions(plan),
        adopted=adopted,
        published=adopted is not None and is_published(adopted),
        form=Form(),
    )


@rooms.get(TO)
@requires("adoption.plan.move", on=plan_at)
def move(plan: Plan, name: str) -> Answer:
    """Asks before a plan moves on; where a gate lies before that, the page of the gate asks."""
    before = queries.gates_before(plan, [name])[name]
    if before and MOVES[name] in _moves(plan):
        return redirect(_way(plan, name, before))  # type: ignore[return-value]
    return _unlawful(plan, name) or _move_page(plan, name, url_for("adoption.save_move", slug=plan.slug, name=name))


@rooms.post(TO)
@requires("adoption.plan.move", on=plan_at)
def save_move(plan: Plan, name: str) -> Response:
    """Moves a plan on."""
    with transaction():
        moving.move_on(actor(), plan, name)
        return _back(plan, _("The plan has moved. It is now: %(state)s.", state=STATES[plan.state]))


@rooms.get(f"{HOME}/amend")
@requires("adoption.plan.move", on=plan_at)
def amend(plan: Plan) -> Answer:
    """Asks why an adopted plan is amended."""
    return _unlawful(plan, AMEND) or page("adoption/amend.html", plan=plan, form=AmendForm(languages=plan.languages))


@rooms.post(f"{HOME}/amend")
@requires("adoption.plan.move", on=plan_at)
def begin_amendment(plan: Plan) -> Answer:
    """Opens an adopted plan again for a change."""
    form = AmendForm(languages=plan.languages)
    if not form.validate():
        return page("adoption/amend.html", plan=plan, form=form), 422
    with transaction():
        amendments.begin(actor(), plan, form.reason.data or {})
        return _back(plan, _("The amendment is begun. The plan can be changed again."))


@rooms.get(f"{HOME}/abandon")
@requires("adoption.plan.move", on=plan_at)
def ask_abandon(plan: Plan) -> Answer:
    """Asks before an amendment is given up."""
    return _unlawful(plan, ABANDON) or _move_page(plan, ABANDON, url_for("adoption.abandon", slug=plan.slug))


@rooms.post(f"{HOME}/abandon")
@requires("adoption.plan.move", on=plan_at)
def abandon(plan: Plan) -> Response:
    """Gives up an amendment: the adopted text comes back."""
    text, slug = amendments.adopted_text(plan), plan.slug
    with transaction():
        plan = plan_at(slug)
        amendments.abandon(actor(), plan, text)
        return _back(plan, _("The amendment is given up. The plan says again what was adopted."))


@rooms.get(f"{HOME}/propose")
@requires("adoption.plan.propose", on=plan_at)
def propose(plan: Plan) -> Answer:
    """The form of the chair's half: what the act says, and its scan."""
    return _unlawful(plan, BY_TWO) or _propose_page(plan, _adoption_form(plan))


@rooms.post(f"{HOME}/propose")
@requires("adoption.plan.propose", on=plan_at)
def save_proposal(plan: Plan) -> Answer:
    """Proposes the adoption, for another member to confirm."""
    form = _adoption_form(plan)
    valid = form.validate()
    try:
        scan = _scan(plan, form)
        if not valid or scan is None:
            return _propose_page(plan, form), 422
        with transaction():
            adoption = proposals.propose(actor(), plan, form.record(), scan, form.why_open())
            ask_for_pdf(adoption.version, list(plan.languages))
            said = _("The adoption is proposed. A focal point of another member has 30 days to confirm it.")
            return see_other("adoption.adoption", slug=plan.slug, adoption=adoption.key, said=said)
    except BadInput as error:
        refused(form, error)
        return _propose_page(plan, form), 422


def _scan(plan: Plan, form: AdoptionForm) -> Kept | None:
    """The scan that was sent now, or with the form before; kept first, so that a refused form does not lose it."""
    if form.scan.data:
        with form.scan.data.stream as stream:
            form.keep(keep(f"adoption/{plan.key}", stream, field="scan", kinds=SCANS))
    return form.kept_scan()


@rooms.get(f"{HOME}/<key:adoption>")
@requires("plans.draft.read", on=queries.adoption_at)
def adoption(adoption: Adoption) -> str:
    """What is proposed: the record, the scan, the text with its fingerprint; and the answer."""
    return _adoption_page(adoption, ConfirmForm(formdata=None), DeclineForm(formdata=None))


@rooms.post(f"{HOME}/<key:adoption>/confirm")
@requires("adoption.plan.confirm", on=queries.adoption_at)
def confirm(adoption: Adoption) -> Answer:
    """Does the other half: the plan is adopted."""
    form = ConfirmForm()
    if not form.validate():
        return _adoption_page(adoption, form, DeclineForm(formdata=None)), 422
    with transaction():
        version = proposals.confirm(actor(), adoption)
        ask_for_all(version)
        return _back(version.plan, _("The plan is adopted as version %(number)s.", number=version.number))


@rooms.post(f"{HOME}/<key:adoption>/decline")
@requires("adoption.plan.confirm", on=queries.adoption_at)
def decline(adoption: Adoption) -> Answer:
    """Says that another member does not confirm, and why."""
    form = DeclineForm()
    if not form.validate():
        return _adoption_page(adoption, ConfirmForm(formdata=None), form), 422
    with transaction():
        proposals.decline(actor(), adoption, form.reason.data or "")
        return _back(adoption.plan, _("You declined the adoption. The chair reads why."))


@rooms.post(f"{HOME}/<key:adoption>/withdraw")
@requires("adoption.plan.propose", on=queries.adoption_at)
def withdraw(adoption: Adoption) -> Response:
    """Takes a proposal back."""
    with transaction():
        proposals.withdraw(actor(), adoption)
        return _back(adoption.plan, _("The proposal is withdrawn."))


@rooms.get(f"{HOME}/<key:adoption>/scan")
@requires("plans.draft.read", on=queries.adoption_at)
def scan(adoption: Adoption) -> Response:
    """The scan of the act, as it was sent."""
    answer: Response = served(adoption.scan_stored_as, f"{adoption.plan.slug}-act-{adoption.scan_sha256[:12]}")
    return answer


def _moves(plan: Plan) -> list[Move]:
    """The moves that a plan may make now; there is no amendment to give up where none is being written."""
    return [move for move in lawful(plan.state) if move.name != ABANDON or plan.being_amended]


def _way(plan: Plan, name: str, before: Sequence[str]) -> str:
    """Where a person is asked about a move: at the gate, where one lies before it."""
    if before:
        return url_for("readiness.gate", slug=plan.slug, gate=before[-1])
    apart = {AMEND: "adoption.amend", ABANDON: "adoption.ask_abandon"}
    return (
        url_for(apart[name], slug=plan.slug) if name in apart else url_for("adoption.move", slug=plan.slug, name=name)
    )


def _unlawful(plan: Plan, name: str) -> Response | None:
    """Leads away from the form of a move that the plan cannot make, to where it stands."""
    if MOVES[name] in _moves(plan):
        return None
    return redirect(url_for("adoption.life", slug=plan.slug))  # type: ignore[return-value]


def _move_page(plan: Plan, name: str, action: str) -> str:
    grave = name in (ABANDON, "close")
    return page(
        "adoption/move.html",
        plan=plan,
        move=MOVES[name],
        means=MEANS[name],
        states=STATES,
        action=action,
        grave=grave,
        form=Form(),
    )


def _adoption_form(plan: Plan) -> AdoptionForm:
    """The form of an adoption; a plan that came with a record in a file shows it, an amendment its reason."""
    amendment = queries.open_amendment(plan)
    begins = {**(plan.adoption or {}), **({"summary": amendment.reason} if amendment else {})}
    asks = {"about": plan.key, "amends": amendment is not None, "open": queries.left_open(plan)}
    return AdoptionForm(languages=plan.languages, **asks, **_as_shown(plan, begins))


def _as_shown(plan: Plan, said: dict[str, Any]) -> dict[str, Any]:
    """A record as the fields of the form take it."""
    shown = {name: value for name, value in said.items() if name in ("level", "number", "gazette", "summary")}
    if "instrument" in said:
        shown["instrument"] = by_language(said["instrument"], plan.first_language)
    if "date" in said:
        shown["date"] = date.fromisoformat(said["date"])
    return shown


def _propose_page(plan: Plan, form: AdoptionForm) -> str:
    newest = last_frozen(plan)
    return page(
        "adoption/propose.html",
        plan=plan,
        form=form,
        newest=newest if newest and holds(newest, plan) else None,
        way=form.given["open"],
        ready=READY,
        gravity_kinds=GRAVITY_KINDS,
    )


def _adoption_page(adoption: Adoption, form: ConfirmForm, declining: DeclineForm) -> str:
    plan = adoption.plan
    members = queries.other_members(plan, adoption.proposing)
    return page(
        "adoption/adoption.html",
        plan=plan,
        adoption=adoption,
        adopters=ADOPTERS,
        standings=STANDINGS,
        members=members,
        objection=queries.objection(actor(), adoption, members),
        unchanged=adoption.standing != OPEN or holds(adoption.version, plan),
        compared_with=queries.version_before(adoption),
        form=form,
        declining=declining,
    )


def _back(plan: Plan, said: str) -> Response:
    return see_other("adoption.life", slug=plan.slug, said=said)
