"""The champion, posts and budget written down. Called inside a transaction."""

from collections.abc import Mapping
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.taskforce import events
from nap_builder.taskforce.machinery.models import KINDS
from nap_builder.taskforce.machinery.queries import machinery_of
from nap_builder.taskforce.models import Institution

ADDED = {"champion": events.CHAMPION_NAMED, "post": events.POST_ADDED, "budget": events.BUDGET_ADDED}
CHANGED = {"champion": events.CHAMPION_CHANGED, "post": events.POST_CHANGED, "budget": events.BUDGET_CHANGED}
REMOVED = {"champion": events.CHAMPION_REMOVED, "post": events.POST_REMOVED, "budget": events.BUDGET_REMOVED}


def add(by: Actor, plan_id: int, slug: str, kind: str, values: Mapping[str, Any]) -> Any:
    """Adds a champion, posts or a year's budget to a plan. Raises BadInput for a second champion."""
    if kind == "champion" and machinery_of(plan_id).champion is not None:
        raise BadInput("post", _("This plan has a champion already. Change what is said of that one."))
    row = KINDS[kind](plan_id=plan_id, **values)
    db.session.add(row)
    db.session.flush()
    record(ADDED[kind], by, row, changes=_pairs(dict.fromkeys(values), _said(row, values)), plan=slug)
    return row


def change(by: Actor, row: Any, kind: str, slug: str, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Writes a row that was read at version `seen`. Raises StaleEdit."""
    unchanged_since(row, seen)
    before = _said(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    record(CHANGED[kind], by, row, changes=_pairs(before, _said(row, values)), plan=slug)


def remove(by: Actor, row: Any, kind: str, slug: str, *, seen: int | None) -> None:
    """Removes a row; the audit trail keeps what it said. Raises StaleEdit."""
    unchanged_since(row, seen)
    columns = [column.key for column in row.__table__.columns if column.key not in ("id", "key", "plan_id")]
    said = _said(row, [name for name in columns if name != "row_version"])
    record(REMOVED[kind], by, row, changes=_pairs(said, dict.fromkeys(said)), plan=slug)
    db.session.delete(row)


def _said(row: Any, names: Any) -> dict[str, Any]:
    """What a row says, an institution by its code."""
    said = {name: getattr(row, name) for name in names if name != "institution_id"}
    if "institution_id" in names:
        body = db.session.get(Institution, row.institution_id) if row.institution_id else None
        said["institution"] = body.code if body else None
    return said


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys((*before, *after))
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
