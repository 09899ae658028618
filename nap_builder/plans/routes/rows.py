"""The framework arranged: its rows added, written, moved, archived and restored."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.kernel.access import can, demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm, Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import page
from nap_builder.plans.forms.activity import ActivityForm
from nap_builder.plans.forms.framework import FORMS, MoveForm
from nap_builder.plans.forms.narrative import StepForm
from nap_builder.plans.levels import LEVELS, MAY_STAND_UNDER, ROWS, kind_of, ref
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework as queries
from nap_builder.plans.queries.family import former_self
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done_on, offers_in, row_form, tried, words
from nap_builder.plans.services import framework as services
from nap_builder.plans.services import rows as row_services

HELD = f"any({', '.join(FORMS)})"
LEVEL = f"any({', '.join(LEVELS)})"
ANY = f"any({', '.join(ROWS)})"


@rooms.get("/w/<slug:slug>/framework")
@requires("plans.draft.read", on=plan_at)
def framework(plan: Plan) -> str:
    """The pillars, objectives and outputs in order, with what can be done to each; and what is archived."""
    given = {"tree": _tree(plan), "archived": _archived(plan), "form": Form()}
    return page("plans/framework.html", **given, plan=plan, **words(plan))


def _archived(plan: Plan) -> list[Any]:
    return queries.archived_rows(plan) if can("plans.framework.arrange", plan) else []


def _tree(plan: Plan) -> list[tuple[Any, int]]:
    """Pillars, objectives and outputs in order, each with its depth."""
    depths = {"pillar": 0, "objective": 1, "output": 2}
    return [(row, depths[kind_of(row)]) for row in queries.possible_parents(plan, "activity")]


@rooms.get(f"/w/<slug:slug>/add/<{LEVEL}:kind>")
@requires("plans.draft.read", on=plan_at)
def add_row(plan: Plan, kind: str) -> str:
    """The form of a new row under the row that the address names."""
    if kind != "pillar" and not request.args.get("under"):
        return _choose_parent(plan, kind)
    parent = _parent(plan, kind)
    form = _new_form(plan, kind)
    form.code.data = queries.next_code(plan, kind, parent)
    return _add_page(plan, kind, parent, form)


@rooms.post(f"/w/<slug:slug>/add/<{LEVEL}:kind>")
@requires("plans.draft.read", on=plan_at)
def save_new_row(plan: Plan, kind: str) -> Any:
    """Adds the row."""
    parent = _parent(plan, kind)
    form = _new_form(plan, kind)

    def save() -> Response:
        row = services.add_row(actor(), kind, _parent(plan, kind), form.values(), form.involved())
        return _back_to(row, _("%(code)s is added.", code=row.code))

    return tried(form, save) or (_add_page(plan, kind, parent, form), 422)


def _choose_parent(plan: Plan, kind: str) -> str:
    """The rows under which this person may add one of this level. Raises what refuses the act where there is none."""
    open_to = [row for row in queries.possible_parents(plan, kind) if can(_adds(kind), row)]
    if not open_to:
        demand("plans.framework.arrange", plan)
    return page(
        "plans/row_under.html", kind=kind, parents=[(row, ref(row)) for row in open_to], plan=plan, **words(plan)
    )


def _adds(kind: str) -> str:
    """The action that adding a row of a level is."""
    return "plans.row.write" if kind == "activity" else "plans.framework.arrange"


def _parent(plan: Plan, kind: str) -> Any:
    """The row of the address under which a new one comes. Raises Missing, or what refuses this person the act."""
    if kind == "pillar":
        demand("plans.framework.arrange", plan)
        return plan
    named, _colon, key = request.args.get("under", "").partition(":")
    if named not in MAY_STAND_UNDER[kind]:
        demand("plans.framework.arrange", plan)
        raise Missing
    parent = queries.row_at(plan.slug, named, key)
    demand(_adds(kind), parent)
    return parent


def _new_form(plan: Plan, kind: str) -> Any:
    made = {**FORMS, "activity": ActivityForm}[kind]
    return made(languages=plan.languages, offers=offers_in(plan))


def _add_page(plan: Plan, kind: str, parent: Any, form: Any) -> str:
    action = url_for("plans.save_new_row", slug=plan.slug, kind=kind, under=request.args.get("under"))
    return page(
        "plans/row_form.html", form=form, row=None, parent=parent, kind=kind, action=action, plan=plan, **words(plan)
    )


@rooms.get(f"/w/<slug:slug>/row/<{HELD}:kind>/<key:key>")
@requires("plans.row.write", on=queries.row_at)
def edit_row(row: Any) -> str:
    """A pillar, objective or output as a form."""
    return _edit_page(row, row_form(FORMS[kind_of(row)], row))


@rooms.post(f"/w/<slug:slug>/row/<{HELD}:kind>/<key:key>")
@requires("plans.row.write", on=queries.row_at)
def save_held_row(row: Any) -> Any:
    """Saves a pillar, objective or output."""
    form = row_form(FORMS[kind_of(row)], row)

    def save() -> Response:
        row_services.change(actor(), row, form.values(), seen=form.seen.data, involved=form.involved())
        return _back_to(row, _("%(code)s is saved.", code=row.code))

    return tried(form, save) or (_edit_page(row, form), 422)


def _edit_page(row: Any, form: Any) -> str:
    given = {"form": form, "row": row, "parent": None, "kind": kind_of(row), "action": "", "former": former_self(row)}
    return page("plans/row_form.html", **given, plan=row.plan, **words(row.plan))


def _back_to(row: Any, told: str) -> Response:
    return done_on(place_of(row), row.plan.slug, told)


def place_of(row: Any) -> str:
    """The address of the page on which a row of the framework stands."""
    slug, kind = row.plan.slug, kind_of(row)
    if kind == "activity":
        return url_for("plans.matrix", slug=slug, pillar=row.pillar.code, _anchor=f"a-{row.key}")
    if kind in ("indicator", "milestone"):
        return url_for(f"plans.{kind}s", slug=slug)
    return url_for("plans.framework", slug=slug, _anchor=f"r-{row.key}")


@rooms.get(f"/w/<slug:slug>/move/<{LEVEL}:kind>/<key:key>")
@requires("plans.framework.arrange", on=queries.row_at)
def move(row: Any) -> str:
    """Where a row may go: a list of rows to stand under, then the places there."""
    parent = _new_parent(row)
    form = _move_form(row, parent)
    return _move_page(row, parent, form)


@rooms.post(f"/w/<slug:slug>/move/<{LEVEL}:kind>/<key:key>")
@requires("plans.framework.arrange", on=queries.row_at)
def save_move(row: Any) -> Any:
    """Moves the row."""
    form = _move_form(row, _new_parent(row))

    def save() -> Response:
        parent = _new_parent(row)
        services.move_row(
            actor(), row, parent, _place(row, parent, form.place.data), seen=form.seen.data, code=form.code.data
        )
        return _back_to(row, _("%(code)s is moved.", code=row.code))

    return tried(form, save) or (_move_page(row, _new_parent(row), form), 422)


def _new_parent(row: Any) -> Any:
    named, _colon, key = request.args.get("under", "").partition(":")
    if named in MAY_STAND_UNDER.get(kind_of(row), ()):
        return queries.row_at(row.plan.slug, named, key)
    return queries.parent_of(row)


def _others(row: Any, parent: Any) -> list[Any]:
    return [one for one in queries.children(kind_of(row), parent) if one is not row]


def _place(row: Any, parent: Any, after: str | None) -> int:
    keys = [one.key for one in _others(row, parent)]
    return keys.index(after) + 1 if after in keys else 0


def _move_form(row: Any, parent: Any) -> MoveForm:
    others = _others(row, parent)
    places = [("", _("First"))]
    places += [(one.key, _("After %(code)s %(title)s", code=one.code, title=words_in(one.title))) for one in others]
    form = MoveForm(row=row, languages=row.plan.languages, offers=offers_in(row.plan, place=places))
    if not form.is_submitted():
        here = parent is queries.parent_of(row)
        form.place.data = _one_before(row, others) if here else (others[-1].key if others else None)
        form.code.data = row.code if here else queries.next_code(row.plan, kind_of(row), parent)
    return form


def _one_before(row: Any, others: list[Any]) -> str | None:
    return next((one.key for one in reversed(others) if one.position < row.position), None)


def _move_page(row: Any, parent: Any, form: Any) -> str:
    plan, kind = row.plan, kind_of(row)
    parents = queries.possible_parents(plan, kind) if kind != "pillar" else []
    named = [(ref(one), _("%(code)s %(title)s", code=one.code, title=words_in(one.title))) for one in parents]
    action = url_for("plans.save_move", slug=plan.slug, kind=kind, key=row.key, under=request.args.get("under"))
    given = {"form": form, "row": row, "kind": kind, "parents": named, "under": ref(parent), "action": action}
    return page("plans/row_move.html", **given, plan=plan, **words(plan))


@rooms.post(f"/w/<slug:slug>/step/<{LEVEL}:kind>/<key:key>")
@requires("plans.framework.arrange", on=queries.row_at)
def step(row: Any) -> Response:
    """Moves a row one place up or down."""
    form = StepForm()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.step_row(actor(), row, int(form.step.data), seen=form.seen.data)
        return _back_to(row, _("%(code)s is moved.", code=row.code))


@rooms.get(f"/w/<slug:slug>/archive/<{ANY}:kind>/<key:key>")
@requires("plans.draft.read", on=queries.row_at)
def archive(row: Any) -> str:
    """Asks whether a row is to be archived, and says what goes with it."""
    demand(_archives(row), row)
    gone = [one for one in queries.beneath(row) if one.archived_at is None]
    return page("plans/row_archive.html", form=Form(row=row), row=row, gone=gone, plan=row.plan, **words(row.plan))


@rooms.post(f"/w/<slug:slug>/archive/<{ANY}:kind>/<key:key>")
@requires("plans.draft.read", on=queries.row_at)
def save_archive(row: Any) -> Response:
    """Archives the row with what is under it."""
    demand(_archives(row), row)
    form = Form()
    with transaction():
        services.archive_row(actor(), row, seen=form.seen.data)
        return _back_to(row, _("%(code)s is archived. It can be restored.", code=row.code))


@rooms.post(f"/w/<slug:slug>/restore/<{ANY}:kind>/<key:key>")
@requires("plans.framework.arrange", on=queries.archived_row_at)
def restore(row: Any) -> Response:
    """Restores an archived row with what was under it."""
    form = Form()
    with transaction():
        services.restore_row(actor(), row, seen=form.seen.data)
        return _back_to(row, _("%(code)s is restored.", code=row.code))


def _archives(row: Any) -> str:
    """The action that archiving a row of its level is: arranging the framework, or writing what hangs on a row."""
    return "plans.framework.arrange" if kind_of(row) in LEVELS else "plans.row.write"
