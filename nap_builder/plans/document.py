"""A plan's rows put together as a nap-plan/1 document."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select

from nap_builder.kernel.database import db
from nap_builder.kernel.fields import plain_decimal
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.plan import Plan
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
_CITED_BY_KEY = frozenset({"section", "paragraph"})


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
        """Reads all rows of these kinds that are not archived; the kinds above them come first."""
        for kind in kinds:
            self._kinds.append(kind)
            for place, parent, said in self._read(kind):
                _hang(kind, parent, said)
                self.nodes[place] = said
            self._involve(kind)

    def document(self) -> dict[str, Any]:
        """The document of all that was read, with references as codes where rows have one."""
        self._name_references()
        document = self.nodes[_DOCUMENT]
        document["plan"] = self._said(PLAN_MEMBERS, [getattr(self.plan, member.column.key) for member in PLAN_MEMBERS])
        self._used.update(_monitors(self.plan))
        self._seat(document)
        return document

    def _read(self, kind: Kind) -> Iterator[tuple[Place, dict[str, Any], dict[str, Any]]]:
        above = [kind.parent_column(parent) for parent in kind.parents]
        identity = kind.model.__mapper__.primary_key[0]
        for row_id, *rest in _rows(_query(kind, self.plan, [identity, *above])):
            points, values = rest[: len(above)], rest[len(above) :]
            parent = self.nodes.get(_nearest(kind, points))
            if parent is not None:
                yield (kind.name, row_id), parent, self._said(kind.members, values)

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

    def _involve(self, kind: Kind) -> None:
        """Says which institutions co-lead and support rows of this kind."""
        if f"{kind.name}_id" not in Involvement.__mapper__.columns:
            return
        members = {part: name for name, part in INVOLVED.items() if name in kind.shape.members}
        points = column_of(Involvement, f"{kind.name}_id")
        query = select(points, Involvement.part, Involvement.institution_id).join(kind.model, points == kind.model.id)
        for row_id, part, body in _rows(query.where(kind.model.plan_id == self.plan.id)):
            node = self.nodes.get((kind.name, row_id))
            if node is not None and part in members:
                node.setdefault(members[part], []).append(self._codes[body])
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
        seats = _rows(
            select(Membership.institution_id, Membership.chair, Membership.member, Membership.observer)
            .where(Membership.plan_id == self.plan.id)
            .order_by(Membership.position, Membership.id)
        )
        bodies = {body["code"]: body for body in self._bodies.values()}
        own = [self._codes[row[0]] for row in seats]
        document["institutions"] = [bodies[code] for code in _with_parents(own, self._used, bodies)]
        chairs, members, observers = ([code for code, row in zip(own, seats, strict=True) if row[n]] for n in (1, 2, 3))
        if chairs and members:
            document["task_force"] = {"chair": chairs[0], "members": members, "observers": observers, **self._mandate()}

    def _mandate(self) -> dict[str, Any]:
        columns = [member.column for member in TASK_FORCE_MEMBERS]
        found = _rows(select(*columns).where(TaskForce.plan_id == self.plan.id))
        return self._said(TASK_FORCE_MEMBERS, found[0]) if found else {}


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


def _query(kind: Kind, plan: Plan, leading: list[Any]) -> Select[Any]:
    """All living rows of a kind in their order; a table that does not name the plan is found through its parent."""
    model = kind.model
    query = select(*leading, *(member.column for member in kind.members))
    if hasattr(model, "plan_id"):
        query = query.where(model.plan_id == plan.id)
    if hasattr(model, "archived_at"):
        query = query.where(model.archived_at.is_(None))
    for name, value in kind.fixed.items():
        query = query.where(getattr(model, name) == value)
    if not hasattr(model, "plan_id"):
        query = _through_parent(query, kind, plan)
    if hasattr(model, "position"):
        return query.order_by(model.position, model.id)
    return query


def _through_parent(query: Select[Any], kind: Kind, plan: Plan) -> Select[Any]:
    points = kind.parent_column(kind.parents[0])
    [target] = points.foreign_keys
    parent = target.column.table
    query = query.join(parent, points == target.column)
    if "plan_id" in parent.c:
        return query.where(parent.c.plan_id == plan.id)
    [above] = parent.c.activity_id.foreign_keys
    return query.join(above.column.table, parent.c.activity_id == above.column).where(above.column.table.c.plan_id == plan.id)


def _nearest(kind: Kind, points: list[int | None]) -> Place:
    pairs = zip(kind.parents, points, strict=True)
    return next(((parent, row) for parent, row in pairs if row is not None), _DOCUMENT)


def _hang(kind: Kind, parent: dict[str, Any], said: dict[str, Any]) -> None:
    if kind.style == LIST:
        parent.setdefault(kind.member, []).append(said)
    elif kind.style == MERGED:
        parent.update(said)
    else:
        parent[kind.member] = said


def _name(kind: str, said: dict[str, Any]) -> str:
    cited: str = said["key"] if kind in _CITED_BY_KEY else said.get("code") or said["key"]
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
