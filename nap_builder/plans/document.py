"""A plan's rows put together as a nap-plan/1 document."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, or_, select

from nap_builder.kernel.database import db
from nap_builder.kernel.fields import plain_decimal
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.rows import CITED_BY_KEY
from nap_builder.plans.schema import Shape
from nap_builder.plans.tables import (
    DAY,
    EXACT,
    INSTITUTION,
    INSTITUTION_MEMBERS,
    INVOLVED,
    KINDS,
    LIST,
    MERGED,
    PLAN_MEMBERS,
    TASK_FORCE_MEMBERS,
    Kind,
    Member,
    column_of,
    each,
)
from nap_builder.taskforce.models import Institution, Membership, TaskForce

Place = tuple[str, int]
_DOCUMENT: Place = ("", 0)


def plan_document(plan: Plan) -> dict[str, Any]:
    """What a plan says, as nap-plan/1 without progress, every row with its key; texts are `{language tag: text}`.

    Takes the same number of statements for every plan. Members that equal their default are there; `canonical_bytes`
    leaves them out. References to consultations are by key, since consultations are progress.
    """
    reading = Reading(plan)
    reading.take(*KINDS)
    return reading.document()


class Reading:
    """The rows of a plan while they are put together: what is read hangs itself where it belongs."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._bodies = institutions_said()
        self._codes = {row_id: body["code"] for row_id, body in self._bodies.items()}
        self._used: set[str] = set()
        self._kinds: list[Kind] = []
        self.nodes: dict[Place, dict[str, Any]] = {_DOCUMENT: {"format": "nap-plan/1"}}

    def take(self, *kinds: Kind) -> None:
        """Reads all rows of these kinds that are not archived; the kinds above them come first.

        Kinds of one table are read together, and what is merged into a row is read with it.
        """
        self._kinds += kinds
        merged = [kind for kind in kinds if kind.style == MERGED]
        for _model, group in groupby((kind for kind in kinds if kind.style != MERGED), key=lambda kind: kind.model):
            alike = list(group)
            self._read(alike, [kind for kind in merged if kind.parents[0] == alike[0].name])

    def document(self) -> dict[str, Any]:
        """The document of all that was read, with references as codes where rows have one."""
        self._involve()
        self._name_references()
        document = self.nodes[_DOCUMENT]
        document["plan"] = self._said(PLAN_MEMBERS, [getattr(self.plan, member.column.key) for member in PLAN_MEMBERS])
        document.setdefault("pillars", [])  # the format wants the list, also while it is empty
        self._used.update(_monitors(self.plan))
        self._seat(document)
        return document

    def _read(self, alike: list[Kind], merged: list[Kind]) -> None:
        """Hangs the rows of one table where they belong; `merged` are the tables that add to its rows."""
        first = alike[0]
        members = [*first.members, *(member for kind in merged for member in kind.members)]
        leading = [
            first.model.__mapper__.primary_key[0],
            *(column_of(first.model, name) for name in first.fixed),
            *(first.parent_column(parent) for parent in first.parents),
        ]
        told_apart = {tuple(kind.fixed.values()): kind for kind in alike}
        for row_id, *rest in _rows(
            _query(first, merged, [*leading, *(member.column for member in members)], self.plan)
        ):
            split = len(first.fixed), len(leading) - 1
            kind = told_apart[tuple(rest[: split[0]])]
            parent = self.nodes.get(_nearest(kind, rest[split[0] : split[1]]))
            if parent is not None:
                said = self.nodes[kind.name, row_id] = self._said(members, rest[split[1] :])
                _hang(kind, parent, said)

    def _said(self, members: Iterable[Member], values: Iterable[Any]) -> dict[str, Any]:
        pairs = zip(members, values, strict=True)
        return {member.name: self._shown(member, value) for member, value in pairs if value is not None}

    def _shown(self, member: Member, value: Any) -> Any:
        if member.form == EXACT:
            return plain_decimal(value)
        if member.form == DAY:
            return value.isoformat()
        if member.form == INSTITUTION:
            self._used.add(self._codes[value])
            return self._codes[value]
        return value

    def _involve(self) -> None:
        """Says which institutions co-lead and support the rows."""
        kinds = [kind for kind in self._kinds if f"{kind.name}_id" in Involvement.__mapper__.columns]
        points = [column_of(Involvement, f"{kind.name}_id") for kind in kinds]
        members = {part: name for name, part in INVOLVED.items()}
        query = select(Involvement.part, Involvement.institution_id, *points).order_by(Involvement.id)
        for part, body, *rows in _rows(query.where(_of_plan(points, self.plan))):
            place = next((kind.name, row) for kind, row in zip(kinds, rows, strict=True) if row is not None)
            if place in self.nodes:
                self.nodes[place].setdefault(members[part], []).append(self._codes[body])
                self._used.add(self._codes[body])

    def _name_references(self) -> None:
        taken = {kind.name for kind in self._kinds}
        names = {
            f"{kind}:{said['key']}": f"{kind}:{_name(kind, said)}"
            for (kind, _row), said in self.nodes.items()
            if "key" in said
        }

        def named(value: Any, shape: Shape) -> Any:
            if shape.name == "ref":
                return names.get(value) if value.partition(":")[0] in taken else value
            if shape.name == "policy_review.objectives":
                return names.get(f"objective:{value}", "").partition(":")[2] or None
            return value

        referring = {kind.name: [member for member in kind.members if member.refers] for kind in self._kinds}
        for (kind, _row), said in self.nodes.items():
            for member in referring.get(kind, ()):
                if member.name in said:
                    said[member.name] = each(said[member.name], member.shape, named)

    def _seat(self, document: dict[str, Any]) -> None:
        """Writes the institutions, those of the plan first and in its order, and the task force.

        The format wants a chair and a member: as long as either is missing, the task force is not written.
        """
        said = [member.column for member in TASK_FORCE_MEMBERS]
        seats = (Membership.institution_id, Membership.chair, Membership.member, Membership.observer)
        query = (
            select(*seats, *said)
            .select_from(Plan)
            .outerjoin(TaskForce, TaskForce.plan_id == Plan.id)
            .outerjoin(Membership, Membership.plan_id == Plan.id)
            .where(Plan.id == self.plan.id)
            .order_by(Membership.position, Membership.id)
        )
        found = _rows(query)
        bodies = {body["code"]: body for body in self._bodies.values()}
        own = [(self._codes[row[0]], row) for row in found if row[0] is not None]
        document["institutions"] = [
            bodies[code] for code in _with_parents([code for code, _row in own], self._used, bodies)
        ]
        chairs, members, observers = ([code for code, row in own if row[number]] for number in (1, 2, 3))
        if chairs and members:
            words = self._said(TASK_FORCE_MEMBERS, found[0][len(seats) :])
            document["task_force"] = {"chair": chairs[0], "members": members, "observers": observers, **words}


def institutions_said() -> dict[int, dict[str, Any]]:
    """Every institution of the installation as the format says it, by its row id."""
    found = {row.id: row for row in db.session.scalars(select(Institution))}
    names = [(member.name, member.column.key) for member in INSTITUTION_MEMBERS if member.form != INSTITUTION]
    said = {
        row_id: {name: value for name, column in names if (value := getattr(row, column)) is not None}
        for row_id, row in found.items()
    }
    for row_id, row in found.items():
        if row.part_of_id is not None:
            said[row_id]["part_of"] = found[row.part_of_id].code
    return said


def _rows(query: Select[Any]) -> list[Any]:
    return list(db.session.execute(query).all())


def _query(kind: Kind, merged: list[Kind], columns: list[Any], plan: Plan) -> Select[Any]:
    """All living rows of a table in their order; a table that does not name the plan is found through its parents."""
    model = kind.model
    query = select(*columns).select_from(model)
    for other in merged:
        query = query.outerjoin(other.model, other.parent_column(kind.name) == model.id)
    if hasattr(model, "plan_id"):
        query = query.where(model.plan_id == plan.id)
    else:
        query = query.where(_of_plan([kind.parent_column(parent) for parent in kind.parents], plan))
    if hasattr(model, "archived_at"):
        query = query.where(model.archived_at.is_(None))
    return query.order_by(model.position, model.id) if hasattr(model, "position") else query


def _of_plan(points: list[Column[Any]], plan: Plan) -> ColumnElement[bool]:
    """Whether any of the rows that these columns point at belongs to a plan."""
    return or_(*(points_at.in_(_rows_of(points_at, plan)) for points_at in points))


def _rows_of(points_at: Column[Any], plan: Plan) -> Select[Any]:
    [target] = points_at.foreign_keys
    return select(target.column).where(target.column.table.c.plan_id == plan.id)


def _nearest(kind: Kind, points: list[int | None]) -> Place:
    pairs = zip(kind.parents, points, strict=True)
    return next(((parent, row) for parent, row in pairs if row is not None), _DOCUMENT)


def _hang(kind: Kind, parent: dict[str, Any], said: dict[str, Any]) -> None:
    if kind.style == LIST:
        parent.setdefault(kind.member, []).append(said)
    else:
        parent[kind.member] = said


def _name(kind: str, said: dict[str, Any]) -> str:
    cited: str = said["key"] if kind in CITED_BY_KEY else said.get("code") or said["key"]
    return cited


def _monitors(plan: Plan) -> list[str]:
    monitoring = plan.monitoring or {}
    return [code for code in (monitoring.get("owner"), *(monitoring.get("members") or ())) if code]


def _with_parents(own: list[str], used: set[str], bodies: dict[str, dict[str, Any]]) -> list[str]:
    """The codes of a plan's own institutions, then of those it only names, then of those these are part of."""
    listed = dict.fromkeys([*own, *sorted(used & bodies.keys())])
    waiting = list(listed)
    while waiting:
        above = bodies[waiting.pop(0)].get("part_of")
        if above is not None and above not in listed:
            listed[above] = None
            waiting.append(above)
    return list(listed)
