"""What every row of a plan needs when it is written: its changes, its code, the institutions involved in it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select, update

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.calendar import first_day, last_day
from nap_builder.plans.events.framework import ADDED, CHANGED
from nap_builder.plans.levels import kind_of
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.policy import above
from nap_builder.plans.queries import framework as queries
from nap_builder.plans.services.touch import changed
from nap_builder.taskforce.models import Institution

Changes = dict[str, tuple[Any, Any]]


def add(by: Actor, row: Any, values: Mapping[str, Any], involved: Mapping[str, Collection[int]] | None = None) -> None:
    """Adds a row whose plan and place are set, with these values.

    Raises BadInput for a code in use or wrong dates, WrongState where the row above was archived meanwhile.
    """
    _fits(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    if (parent := above(row)) is not None and parent.archived_at is not None:
        raise WrongState(_("Restore what it stands under first."))
    involve(row, involved)
    changes = {_bare(name): (None, _said(name, value)) for name, value in values.items() if value not in (None, [], "")}
    record(ADDED[kind_of(row)], by, row, changes=changes, plan=row.plan.slug, code=row.code)
    changed(row.plan)


def change(
    by: Actor,
    row: Any,
    values: Mapping[str, Any],
    *,
    seen: int | None,
    involved: Mapping[str, Collection[int]] | None = None,
) -> None:
    """Writes values into a row that was read at version `seen`. A changed code is kept as a former one.

    `involved` gives the institutions of each part (row ids); without it they stay. Raises StaleEdit, BadInput,
    WrongState.
    """
    unchanged_since(row, seen)
    _fits(row, values)
    keep_code(row, values.get("code", row.code))
    with db.session.no_autoflush:
        changes = {**assign(row, values), **involve(row, involved)}
        touch(row)
    record(CHANGED[kind_of(row)], by, row, changes=changes, plan=row.plan.slug, code=row.code)
    changed(row.plan)


def assign(row: Any, values: Mapping[str, Any]) -> Changes:
    """Sets attributes of a row; gives what changed, institutions by their codes."""
    changes: Changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changes[_bare(name)] = (_said(name, before), _said(name, value))
    return changes


def keep_code(row: Any, code: str) -> None:
    """Remembers the code that a row bears, when it is about to bear another."""
    if code == row.code:
        return
    kind = kind_of(row)
    same = (FormerCode.plan_id == row.plan_id, FormerCode.kind == kind, FormerCode.row_key == row.key)
    db.session.execute(delete(FormerCode).where(*same, FormerCode.code.in_([code, row.code])))
    db.session.add(FormerCode(plan_id=row.plan_id, kind=kind, code=row.code, row_key=row.key))


def involve(row: Any, involved: Mapping[str, Collection[int]] | None) -> Changes:
    """Says which institutions have which part in a row; gives what changed, by their codes."""
    changes: Changes = {}
    place = {f"{kind_of(row)}_id": row.id}
    named = {"co_lead": "co_leads", "supporting": "supporting"}
    for part, wanted in (involved or {}).items():
        query = select(Involvement).filter_by(part=part, **place)
        there = {one.institution_id: one for one in db.session.scalars(query)}
        if set(there) == set(wanted):
            continue
        for institution, one in there.items():
            if institution not in wanted:
                db.session.delete(one)
        for institution in wanted:
            if institution not in there:
                db.session.add(Involvement(part=part, institution_id=institution, **place))
        changes[named[part]] = (_codes(there), _codes(wanted))
    return changes


def renumber(rows: Collection[Any]) -> None:
    """Gives rows their positions in this order. A neighbour's move is no edit of the row: its version stays."""
    for position, row in enumerate(rows):
        if row.position != position:
            model = type(row)
            db.session.execute(update(model).where(model.id == row.id).values(position=position))


def _fits(row: Any, values: Mapping[str, Any]) -> None:
    code = values.get("code", row.code)
    if queries.code_is_taken(row.plan, kind_of(row), code, but=row if row.id else None):
        raise BadInput("code", _("The number %(code)s is used already. Choose another.", code=code))
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and last_day(ends) < first_day(starts):
        raise BadInput("ends", _("This is before the start. Choose a later date, or change the start."))


def _bare(name: str) -> str:
    return name.removesuffix("_id")


def _said(name: str, value: Any) -> Any:
    if not name.endswith("_id") or value is None:
        return value
    if name == "rate_id":
        rate = db.session.get(UnitCost, value)
        return rate.title if rate else None
    body = db.session.get(Institution, value)
    return body.code if body else None


def _codes(institutions: Collection[int]) -> list[str]:
    query = select(Institution.code).where(Institution.id.in_(institutions)).order_by(Institution.code)
    return list(db.session.scalars(query))
