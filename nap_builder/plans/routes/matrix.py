"""The results matrix, and the row that opens in it as a form."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, request, url_for
from wtforms import Form as PlainForm
from wtforms import StringField

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.kernel.web import page
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.levels import level_name, own_name
from nap_builder.plans.models.framework import Activity, Pillar
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import COSTINGS
from nap_builder.plans.queries import framework, matrix
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import activity_form, done, tried, words
from nap_builder.plans.services import rows as services
from nap_builder.taskforce.models import Institution

FILTERS = ("pillar", "lead", "q", "cost", "show", "page")
PROBLEMS = "problems"


class MatrixFilter(PlainForm):
    """What the matrix shows; it stands in the address."""

    q = StringField(_l("Find"))
    pillar = OneOf(_l("Pillar"), nothing=_l("All"))
    lead = OneOf(_l("Lead ministry"), nothing=_l("Any"))
    cost = OneOf(_l("Cost"), {**COSTINGS, matrix.GAP: _l("With a gap in the money")}, nothing=_l("Any"))
    show = OneOf(_l("Show"), {PROBLEMS: _l("Only rows with something missing")}, nothing=_l("Everything"))


@rooms.get("/w/<slug:slug>/matrix", endpoint="matrix")
@requires("plans.draft.read", on=plan_at)
def results(plan: Plan) -> str:
    """The matrix, one row open where the address says so."""
    return matrix_page(plan)


@rooms.post("/w/<slug:slug>/activity/<key:key>/row")
@requires("plans.row.write", on=framework.activity_at)
def save_row(activity: Activity) -> Any:
    """Saves the open row, and closes it or opens the next."""
    form = activity_form(activity)

    def save() -> Response:
        following = _following(activity) if request.form.get("then") == "next" else None
        services.change(actor(), activity, form.values(), seen=form.seen.data, involved=form.involved())
        shown = following or activity
        parts = {**kept(), **({"edit": following.key} if following else {})}
        told = _("%(code)s is saved.", code=activity.code)
        return done("plans.matrix", slug=activity.plan.slug, said=told, anchor=f"a-{shown.key}", **parts)

    return tried(form, save) or (matrix_page(activity.plan, form, activity), 422)


def kept() -> dict[str, str]:
    """The filters of the address, as links and forms hand them on."""
    return {name: request.args[name] for name in FILTERS if name in request.args}


def matrix_as_before(plan: Plan, sent: str, row: Activity | None = None) -> str:
    """The address of the matrix with the filters that it had (`sent`: a query string); else at the pillar of a row."""
    filters: dict[str, Any] = {
        name: value for name, value in parse_qsl(sent[:2000], keep_blank_values=True) if name in FILTERS
    }
    if row is not None and not filters:
        filters["pillar"] = row.pillar.code
    return url_for("plans.matrix", slug=plan.slug, **filters)


def _following(activity: Activity) -> Activity | None:
    found = _found(activity.plan, activity.key)[2]
    return matrix.next_to_write(found, activity.key, _writable)


def _writable(activity: Activity) -> bool:
    return can("plans.row.write", activity)


def _found(plan: Plan, key: str) -> tuple[Sequence[Pillar], Sequence[Institution], matrix.Outline, matrix.Filter]:
    pillars, bodies = framework.pillars(plan), framework.named_institutions(plan)
    lines = matrix.lines_of_plan(plan, request.args.get("q", "")[:200], actor())
    wanted = matrix.Filter(
        _pillar(pillars, lines, key),
        _lead(bodies, request.args.get("lead", "")),
        request.args.get("show") == PROBLEMS,
        _cost(request.args.get("cost", "")),
    )
    return pillars, bodies, matrix.narrowed(lines, wanted), wanted


def _pillar(pillars: Sequence[Pillar], lines: Sequence[matrix.Line], key: str) -> Pillar | None:
    """The pillar of the address; without one, that of the open row, or the first. An empty one means all."""
    if "pillar" in request.args:
        return next((pillar for pillar in pillars if pillar.code == request.args["pillar"]), None)
    place = next((line.place[0] for line in lines if key and line.key == key), None)
    return next((pillar for pillar in pillars if place in (None, pillar.id)), None)


def _lead(bodies: Sequence[Institution], code: str) -> int | str | None:
    if code == matrix.NOBODY:
        return code
    return next((body.id for body in bodies if body.code == code), None)


def _cost(name: str) -> str:
    return name if name in (*COSTINGS, matrix.GAP) else ""


def matrix_page(plan: Plan, form: Any = None, edited: Activity | None = None) -> str:
    """The matrix page; `form` is the refused form of the row `edited`, which is shown even if the filter hides it."""
    key = edited.key if edited else request.args.get("edit", "")
    pillars, bodies, found, wanted = _found(plan, key)
    if edited is not None and found.page_with(key) is None:
        return page("plans/activity_form.html", plan=plan, activity=edited, form=form, **words(plan))
    asked = "" if edited is not None else request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else found.page_with(key) or 1
    shown, groups = matrix.page_of_matrix(plan, found, number)
    opened = edited or next((row.activity for group in groups for row in group.rows if row.activity.key == key), None)
    if opened is not None and not _writable(opened):
        opened = None
    if opened is not None and form is None:
        form = activity_form(opened)
    return page(
        "plans/matrix.html",
        plan=plan,
        form=form,
        opened=opened,
        following=matrix.next_to_write(found, opened.key, _writable) if opened else None,
        shown=shown,
        groups=groups,
        found=found,
        pillars=pillars,
        wanted=wanted,
        filters=_filters(pillars, bodies, wanted, plan),
        beside=_beside(pillars, wanted.pillar),
        kept=kept(),
        tickable={row.activity.id for group in groups for row in group.rows if _writable(row.activity)},
        all_ticked=request.args.get("tick") == "all",
        link=_link(plan),
        page_link=lambda number: _link(plan)(page=number, edit=None),
        own_names=bool(own_name(plan, "pillar") or own_name(plan, "activity")),
        **words(plan),
    )


def _filters(
    pillars: Sequence[Pillar], bodies: Sequence[Institution], wanted: matrix.Filter, plan: Plan
) -> MatrixFilter:
    filters = MatrixFilter(request.args)
    filters.pillar.label.text = level_name(plan, "pillar")
    filters.pillar.data = wanted.pillar.code if wanted.pillar else None
    named = [(each.code, _("%(code)s %(title)s", code=each.code, title=words_in(each.title))) for each in pillars]
    filters.pillar.choices = filters.pillar.beginning(named)
    ministries = [(body.code, words_in(body.called)) for body in bodies]
    filters.lead.choices = filters.lead.beginning([(matrix.NOBODY, _("Nobody")), *ministries])
    return filters


def _beside(pillars: Sequence[Pillar], pillar: Pillar | None) -> tuple[Pillar | None, Pillar | None]:
    if pillar is None:
        return None, None
    place = list(pillars).index(pillar)
    return (pillars[place - 1] if place else None), (pillars[place + 1] if place + 1 < len(pillars) else None)


def _link(plan: Plan) -> Any:
    """Writes addresses of this matrix with some of its filters changed."""
    given = kept()

    def link(**changed: Any) -> str:
        parts = {name: part for name, part in {**given, **changed}.items() if part is not None}
        return url_for("plans.matrix", slug=plan.slug, **parts)

    return link
