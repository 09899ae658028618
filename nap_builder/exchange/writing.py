"""A merged plan written into the rows of the database, kind by kind, many rows at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from nap_builder.exchange.events import IMPORTED
from nap_builder.exchange.merging import Flat, Merge
from nap_builder.exchange.plan_json import KEYED
from nap_builder.exchange.values import stored_values
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import folded
from nap_builder.plans.events.narrative import BEFORE, PARAGRAPH_ARCHIVED
from nap_builder.plans.models.narrative import Paragraph, ParagraphText
from nap_builder.plans.models.plan import FormerCode, Plan
from nap_builder.plans.rows import Ident
from nap_builder.plans.tables import Kind

_HANDOVER = "~ {}"  # a code that no row can bear, since it holds a space
Values = dict[str, Any]


@dataclass
class Difference:
    """What must be written: rows that are new, come back, say or stand otherwise, only change place, or go."""

    added: list[Flat] = field(default_factory=list)
    restored: list[Flat] = field(default_factory=list)
    changed: list[Flat] = field(default_factory=list)
    shifted: list[Flat] = field(default_factory=list)
    removed: list[Flat] = field(default_factory=list)

    @property
    def written(self) -> list[Flat]:
        """The rows that are written anew, in the order of the plan."""
        return [*self.added, *self.restored, *self.changed]


@dataclass(frozen=True)
class Standing:
    """A row of the database, also an archived one."""

    id: int
    position: int
    archived: bool


def standing_rows(plan: Plan) -> dict[Ident, Standing]:
    """Every row that a plan has or had, by kind and key."""
    found: dict[Ident, Standing] = {}
    for kind in KEYED:
        model = kind.model
        query = select(model.id, model.key, model.position, model.archived_at).where(model.plan_id == plan.id)
        for row_id, key, position, archived_at in db.session.execute(query):
            found[kind.name, key] = Standing(row_id, position, archived_at is not None)
    return found


def difference(merge: Merge, standing: Mapping[Ident, Standing]) -> Difference:
    """How the rows of the database differ from what they will be."""
    found = Difference(removed=merge.removed)
    for ident, flat in merge.target.items():
        old = merge.old.get(ident)
        if old is None:
            (found.restored if ident in standing else found.added).append(flat)
        elif old.says != flat.says or old.parent != flat.parent:
            found.changed.append(flat)
        elif standing[ident].position != flat.position:
            found.shifted.append(flat)
    return found


class Writer:
    """Writes the rows that differ. `ids` are institutions by code, `rows` the ids of all rows by kind and key."""

    def __init__(self, plan: Plan, merge: Merge, ids: Mapping[str, int], standing: Mapping[Ident, Standing]) -> None:
        self.plan, self.merge, self.ids = plan, merge, ids
        self.rows: dict[Ident, int] = {ident: row.id for ident, row in standing.items()}
        self._moment = now()

    def write(self, found: Difference, by: str) -> None:
        """Writes every kind, those above first; rows that swap codes first get one that no row can bear."""
        for kind in KEYED:
            self._archive(kind, [flat for flat in found.removed if flat.kind == kind.name])
            self._free_codes(kind, [flat for flat in found.changed if flat.kind == kind.name])
            self._update(kind, [flat for flat in (*found.restored, *found.changed) if flat.kind == kind.name])
            self._shift(kind, [flat for flat in found.shifted if flat.kind == kind.name])
            self._insert(kind, [flat for flat in found.added if flat.kind == kind.name])
        self._keep_former_codes(found.changed)
        self._keep_history(found, by)

    def _values(self, kind: Kind, flat: Flat) -> Values:
        values = stored_values(kind.members, flat.says, self.ids)
        values |= {"key": flat.key, "position": flat.position, **self._points(kind, flat)}
        if kind.name == "activity":
            values["sought"] = folded("\n".join([flat.says["code"], *flat.says["title"].values()]))
        return values

    def _points(self, kind: Kind, flat: Flat) -> Values:
        """The columns that point at the row above, and with a chain at all rows above."""
        points: Values = {kind.parent_column(parent).key: None for parent in kind.parents}
        above = flat.parent
        while above:
            points[kind.parent_column(above[0]).key] = self.rows[above]
            above = self.merge.target[above].parent if kind.chain else ()
        return points

    def _insert(self, kind: Kind, flats: list[Flat]) -> None:
        if not flats:
            return
        table = kind.model.__table__
        db.session.execute(insert(table), [{"plan_id": self.plan.id, **self._values(kind, flat)} for flat in flats])
        query = select(table.c.key, table.c.id).where(table.c.plan_id == self.plan.id)
        self.rows.update({(kind.name, key): row_id for key, row_id in db.session.execute(query)})

    def _update(self, kind: Kind, flats: list[Flat]) -> None:
        _update(kind, ((self.rows[flat.ident], self._values(kind, flat) | {"archived_at": None}) for flat in flats))

    def _shift(self, kind: Kind, flats: list[Flat]) -> None:
        _update(kind, ((self.rows[flat.ident], {"position": flat.position}) for flat in flats))

    def _archive(self, kind: Kind, flats: list[Flat]) -> None:
        _update(kind, ((self.rows[flat.ident], {"archived_at": self._moment}) for flat in flats))

    def _free_codes(self, kind: Kind, flats: list[Flat]) -> None:
        ids = [self.rows[flat.ident] for flat in flats if self._former_code(flat) is not None]
        _update(kind, ((row_id, {"code": _HANDOVER.format(row_id)}) for row_id in ids))

    def _former_code(self, flat: Flat) -> str | None:
        """The code that a row bears until now, where it gets another."""
        code: str | None = self.merge.old[flat.ident].says.get("code")
        return code if code != flat.says.get("code") else None

    def _keep_former_codes(self, changed: Iterable[Flat]) -> None:
        former = [
            {"plan_id": self.plan.id, "kind": flat.kind, "code": code, "row_key": flat.key}
            for flat in changed
            if (code := self._former_code(flat)) is not None
        ]
        if former:
            db.session.execute(insert(FormerCode.__table__), former)  # type: ignore[arg-type]

    def _keep_history(self, found: Difference, by: str) -> None:
        """Adds to the history of the paragraphs whose words come, change or go; at first also what they said before."""
        before = {flat.ident: old for flat in found.changed if (old := self.merge.old[flat.ident]).kind == "paragraph"}
        new = [flat for flat in found.written if flat.kind == "paragraph"]
        new = [flat for flat in new if flat.ident not in before or before[flat.ident].says["text"] != flat.says["text"]]
        known = set(db.session.scalars(_with_history(self.plan))) if before else set()
        texts = [
            self._past(before[flat.ident], "", BEFORE)
            for flat in new
            if flat.ident in before and self.rows[flat.ident] not in known
        ]
        texts += [self._past(flat, by, IMPORTED.word) for flat in new]
        texts += [self._past(flat, by, PARAGRAPH_ARCHIVED.word) for flat in found.removed if flat.kind == "paragraph"]
        if texts:
            db.session.execute(insert(ParagraphText.__table__), texts)  # type: ignore[arg-type]

    def _past(self, flat: Flat, by: str, act: str) -> Values:
        return {
            "paragraph_id": self.rows[flat.ident],
            "by": by,
            "act": act,
            "at": self._moment,
            "text": flat.says["text"],
        }


def _with_history(plan: Plan) -> Select[int]:
    query = select(ParagraphText.paragraph_id).distinct().join(Paragraph, Paragraph.id == ParagraphText.paragraph_id)
    return query.where(Paragraph.plan_id == plan.id)


def _update(kind: Kind, rows: Iterable[tuple[int, Values]]) -> None:
    """Writes the same columns of many rows; each then has a new version, so that no open form overwrites it."""
    given = [{"row": row_id, **{f"to_{name}": value for name, value in values.items()}} for row_id, values in rows]
    if not given:
        return
    table = kind.model.__table__
    columns = {name: bindparam(f"to_{name}", type_=table.c[name].type) for name in _names(given[0])}
    counted = {"row_version": table.c.row_version + 1}
    db.session.execute(update(table).where(table.c.id == bindparam("row")).values(**columns, **counted), given)


def _names(given: Mapping[str, Any]) -> list[str]:
    return [name.removeprefix("to_") for name in given if name.startswith("to_")]
