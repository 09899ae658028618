"""What hangs on a row without an identity of its own, written: involved institutions, figures, budget, progress."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from nap_builder.exchange.merging import Flat
from nap_builder.exchange.plan_json import PARTS, SPENDING
from nap_builder.exchange.values import stored_values
from nap_builder.kernel.database import db, new_key
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.rows import Ident
from nap_builder.plans.tables import INVOLVED, LIST, ONE, Kind, column_of

_AT_ONCE = 500
Values = dict[str, Any]
Says = Mapping[str, Any]


@dataclass(frozen=True)
class Hanging:
    """The parts of one kind that hang on one row, as they will be; `fresh` where none hang on it yet."""

    row: int
    parts: list[Says]
    fresh: bool


class PartsWriter:
    """Writes the parts of rows that are new or say otherwise; parts that stay as they are stay untouched."""

    def __init__(self, old: Mapping[Ident, Flat], rows: Mapping[Ident, int], ids: Mapping[str, int]) -> None:
        self._old, self._rows, self._ids = old, rows, ids

    def write(self, written: Iterable[Flat], added: Iterable[Flat]) -> None:
        """Writes the parts of the rows `written`; those of them that were `added` have none yet."""
        new = {flat.ident for flat in added}
        by_kind: dict[str, list[Flat]] = {}
        for flat in written:
            by_kind.setdefault(flat.kind, []).append(flat)
        for kind in PARTS:
            for parent in kind.parents:
                self._write(kind, parent, self._differing(kind, by_kind.get(parent, []), new))
        for name, flats in by_kind.items():
            if f"{name}_id" in Involvement.__mapper__.columns:
                self._involve(name, [flat for flat in flats if self._involves_otherwise(flat)])

    def _differing(self, kind: Kind, flats: Iterable[Flat], new: set[Ident]) -> list[Hanging]:
        found = []
        for flat in flats:
            old = self._old.get(flat.ident)
            parts = _parts(kind, flat.says)
            if old is None or parts != _parts(kind, old.says):
                found.append(Hanging(self._rows[flat.ident], parts, flat.ident in new))
        return found

    def _write(self, kind: Kind, parent: str, hanging: list[Hanging]) -> None:
        if kind is SPENDING:
            return
        points = kind.parent_column(parent)
        kept = _lines(hanging) if kind.model is BudgetLine else {}
        self._clear(kind.model, points, [one.row for one in hanging if not one.fresh], kind.fixed)
        values = [
            {
                points.key: one.row,
                **kind.fixed,
                **self._values(kind, part, position),
                **_identity(kind, kept.get((one.row, position))),
            }
            for one in hanging
            for position, part in enumerate(one.parts)
        ]
        _insert(kind.model, values)
        if kind.model is BudgetLine:
            self._spend(values, [part for one in hanging for part in one.parts])

    def _values(self, kind: Kind, part: Says, position: int) -> Values:
        values = stored_values(kind.members, part, self._ids)
        return values | {"position": position} if "position" in kind.model.__mapper__.columns else values

    def _spend(self, lines: list[Values], parts: list[Says]) -> None:
        names = [member.name for member in SPENDING.members]
        spent = {
            line["key"]: part for line, part in zip(lines, parts, strict=True) if any(name in part for name in names)
        }
        rows = _ids_by_key(list(spent))
        points = SPENDING.parent_column("budget_line").key
        _insert(SPENDING.model, [{points: rows[key], **self._values(SPENDING, part, 0)} for key, part in spent.items()])

    def _involves_otherwise(self, flat: Flat) -> bool:
        old = self._old.get(flat.ident)
        return old is None or any(old.says.get(name) != flat.says.get(name) for name in INVOLVED)

    def _involve(self, kind: str, flats: list[Flat]) -> None:
        points = column_of(Involvement, f"{kind}_id")
        self._clear(Involvement, points, [self._rows[flat.ident] for flat in flats], {})
        values = [
            {points.key: self._rows[flat.ident], "institution_id": self._ids[code], "part": part}
            for flat in flats
            for name, part in INVOLVED.items()
            for code in flat.says.get(name, ())
        ]
        _insert(Involvement, values)

    def _clear(self, model: Any, points: Any, rows: list[int], fixed: Mapping[str, str]) -> None:
        for some in _batches(rows):
            query = delete(model.__table__).where(points.in_(some))
            for name, value in fixed.items():
                query = query.where(column_of(model, name) == value)
            db.session.execute(query)


def _parts(kind: Kind, says: Says) -> list[Says]:
    """The parts of a kind that a row has; of those that are merged into the row, their own members alone."""
    if kind.style == LIST:
        return list(says.get(kind.member, ()))
    if kind.style == ONE:
        return [says[kind.member]] if kind.member in says else []
    own = {member.name: says[member.name] for member in kind.members if member.name in says}
    return [own] if own else []


def _lines(hanging: list[Hanging]) -> dict[tuple[int, int], tuple[str, int]]:
    """The identity and version of the budget lines that stand, by their activity and place."""
    found: dict[tuple[int, int], tuple[str, int]] = {}
    places: dict[int, int] = {}
    for some in _batches([one.row for one in hanging if not one.fresh]):
        query = select(BudgetLine.activity_id, BudgetLine.key, BudgetLine.row_version)
        ordered = query.where(BudgetLine.activity_id.in_(some)).order_by(BudgetLine.position, BudgetLine.id)
        for activity, key, version in db.session.execute(ordered):
            places[activity] = places.get(activity, -1) + 1
            found[activity, places[activity]] = (key, version)
    return found


def _identity(kind: Kind, kept: tuple[str, int] | None) -> Values:
    """The key and version of a budget line: those of the line that stood in its place, so that open forms notice."""
    if kind.model is not BudgetLine:
        return {}
    key, version = kept or (new_key(), 0)
    return {"key": key, "row_version": version + 1}


def _ids_by_key(keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _batches(keys):
        query = select(BudgetLine.key, BudgetLine.id).where(BudgetLine.key.in_(some))
        found.update((row.key, row.id) for row in db.session.execute(query))
    return found


def _insert(model: Any, values: list[Values]) -> None:
    if values:
        db.session.execute(insert(model.__table__), values)


def _batches(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
