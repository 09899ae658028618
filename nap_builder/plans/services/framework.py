"""The framework arranged: rows added, moved, archived and restored, each with what stands under it."""

from collections.abc import Collection, Mapping
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.events.framework import ARCHIVED, MOVED, RESTORED
from nap_builder.plans.levels import LEVELS, MAY_STAND_UNDER, kind_of
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework as queries
from nap_builder.plans.services import rows
from nap_builder.plans.services.undoing import undoable


def add_row(
    by: Actor,
    kind: str,
    parent: Any,
    values: Mapping[str, Any],
    involved: Mapping[str, Collection[int]] | None = None,
) -> Any:
    """Adds a pillar, objective, output or activity as the last under its parent (the plan, for a pillar).

    Raises BadInput for a code in use, WrongState for an adopted plan.
    """
    plan = parent if isinstance(parent, Plan) else parent.plan
    row = LEVELS[kind](plan_id=plan.id, plan=plan, position=len(queries.children(kind, parent)), **_place(kind, parent))
    rows.add(by, row, values, involved)
    return row


def move_row(by: Actor, row: Any, parent: Any, place: int, *, seen: int | None, code: str | None = None) -> None:
    """Puts a row under a parent, at a place among its new siblings (0 is first), with what stands under it.

    Raises StaleEdit, BadInput when a row of its level cannot stand there or the code is in use, WrongState.
    """
    unchanged_since(row, seen)
    kind, before = kind_of(row), queries.parent_of(row)
    if kind != "pillar" and (kind_of(parent) not in MAY_STAND_UNDER[kind] or parent.plan_id != row.plan_id):
        raise BadInput("parent", _("It cannot stand there. Choose another place."))
    left = [one for one in queries.siblings(row) if one is not row]
    among = left if parent is before else list(queries.children(kind, parent))
    among.insert(min(max(0, place), len(among)), row)
    changes: rows.Changes = {"place": (_where(before, row), "")}
    with undoable(by, row.plan, *left, *among, *queries.beneath(row)):
        if code and code != row.code:
            changes |= _recode(row, code)
        for name, value in _place(kind, parent).items():
            setattr(row, name, value)
        row.position = among.index(row)
        touch(row)
        db.session.flush()
        _take_along(row)
        rows.renumber(among)
        rows.renumber(left if parent is not before else ())
        changes["place"] = (changes["place"][0], _where(parent, row))
        record(MOVED[kind], by, row, changes=changes, plan=row.plan.slug, code=row.code)


def step_row(by: Actor, row: Any, step: int, *, seen: int | None) -> None:
    """Moves a row one place up (-1) or down (1) among its siblings."""
    among = queries.siblings(row)
    move_row(by, row, queries.parent_of(row), list(among).index(row) + step, seen=seen)


def archive_row(by: Actor, row: Any, *, seen: int | None) -> None:
    """Takes a row, and every row under it, out of the plan. They are kept and can be restored together."""
    unchanged_since(row, seen)
    left = [one for one in queries.siblings(row) if one is not row] if kind_of(row) in LEVELS else []
    gone, moment = [row, *queries.beneath(row)], now()
    with undoable(by, row.plan, *gone, *left):
        for each in gone:
            if each.archived_at is None:
                each.archived_at = moment
        db.session.flush()
        rows.renumber(left)
        record(ARCHIVED[kind_of(row)], by, row, plan=row.plan.slug, code=row.code)


def restore_row(by: Actor, row: Any, *, seen: int | None) -> None:
    """Brings a row back as the last under its parent, with the rows that were archived together with it.

    A code that another row has taken since is replaced by the next free one. Raises WrongState when the parent
    is archived.
    """
    unchanged_since(row, seen)
    parent = queries.parent_of(row)
    if not isinstance(parent, Plan) and parent.archived_at is not None:
        raise WrongState(_("Restore what it stands under first."))
    moment, back = row.archived_at, [row, *queries.beneath(row)]
    with undoable(by, row.plan, *back):
        if kind_of(row) in LEVELS:
            row.position = len(queries.children(kind_of(row), parent))
        for each in back:
            if each.archived_at == moment:
                _bring_back(each)
        record(RESTORED[kind_of(row)], by, row, plan=row.plan.slug, code=row.code)


def _bring_back(row: Any) -> None:
    kind = kind_of(row)
    if queries.code_is_taken(row.plan, kind, row.code, but=row):
        code = queries.next_code(row.plan, kind, queries.parent_of(row))
        rows.keep_code(row, code)
        row.code = code
    row.archived_at = None
    db.session.flush()


def _recode(row: Any, code: str) -> rows.Changes:
    if queries.code_is_taken(row.plan, kind_of(row), code, but=row):
        raise BadInput("code", _("The number %(code)s is used already. Choose another.", code=code))
    rows.keep_code(row, code)
    return rows.assign(row, {"code": code})


def _place(kind: str, parent: Any) -> dict[str, int | None]:
    """The columns that put a row under a parent."""
    if kind == "pillar":
        return {}
    if kind == "objective":
        return {"pillar_id": parent.id}
    if kind == "output":
        return {"objective_id": parent.id}
    if isinstance(parent, Pillar):
        return {"pillar_id": parent.id, "objective_id": None, "output_id": None}
    objective = parent.objective if isinstance(parent, Output) else parent
    output = parent.id if isinstance(parent, Output) else None
    return {"pillar_id": objective.pillar_id, "objective_id": objective.id, "output_id": output}


def _take_along(row: Any) -> None:
    """The activities under a moved objective or output stand under its new pillar and objective."""
    db.session.expire(row, [name for name in ("pillar", "objective", "output") if hasattr(row, name)])
    if not isinstance(row, Objective | Output):
        return
    objective = row if isinstance(row, Objective) else row.objective
    for activity in queries.beneath(row):
        if isinstance(activity, Activity):
            activity.pillar_id, activity.objective_id = objective.pillar_id, objective.id
    db.session.flush()


def _where(parent: Any, row: Any) -> str:
    above = "" if isinstance(parent, Plan) else f"{parent.code}, "
    return f"{above}{row.position + 1}"
