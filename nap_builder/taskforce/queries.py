"""The State, its institutions, and who sits in a plan's task force."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.taskforce.models import CORE_SECTORS, POSTS, Installation, Institution, Membership, TaskForce

_KEPT_AS = "state_of_the_installation"


@dataclass(frozen=True)
class Seats:
    """A plan's task force: what is said of it (None when nothing is yet), and the institutions in the plan's order."""

    body: TaskForce | None
    memberships: tuple[Membership, ...]

    @property
    def chairs(self) -> list[Institution]:
        """Who chairs."""
        return [seat.institution for seat in self.memberships if seat.chair]

    @property
    def members(self) -> list[Institution]:
        """The members; who chairs is one of them."""
        return [seat.institution for seat in self.memberships if seat.member or seat.chair]

    @property
    def observers(self) -> list[Institution]:
        """Who attends without a vote."""
        return [seat.institution for seat in self.memberships if seat.observer]

    @property
    def without_posts(self) -> list[Institution]:
        """The members that have not named a head, a manager and staff who answer for their part."""
        return [body for body in self.members if not all((body.accountable or {}).get(post) for post in POSTS)]

    @property
    def missing_sectors(self) -> list[str]:
        """The sectors of the minimum of four that no member has (Pretoria Guidelines 2007, paragraph 8)."""
        seated = {body.sector for body in self.members}
        return [sector for sector in CORE_SECTORS if sector not in seated]


def installation() -> Installation | None:
    """The State that this installation serves; None before it is named. Read once, however often it is asked for."""
    kept = db.session.info
    if _KEPT_AS not in kept:
        found = db.session.scalar(select(Installation).order_by(Installation.id).limit(1))
        if found is None:
            return None
        kept[_KEPT_AS] = found
    state: Installation = kept[_KEPT_AS]
    return state


def institutions() -> Sequence[Institution]:
    """All institutions of the State, by code, each with the one that it is part of."""
    query = select(Institution).options(joinedload(Institution.part_of)).order_by(Institution.code)
    return db.session.scalars(query).all()


def institution_at(code: str) -> Institution:
    """The institution with this code. Raises Missing."""
    return one(select(Institution).where(Institution.code == code).options(joinedload(Institution.part_of)))


def code_is_taken(code: str, *, but: Institution | None = None) -> bool:
    """Whether an institution, other than the one given, bears this code."""
    query = select(Institution.id).where(Institution.code == code)
    if but is not None:
        query = query.where(Institution.id != but.id)
    return db.session.scalar(query.limit(1)) is not None


def chairing(plan_id: int) -> frozenset[int]:
    """The institutions (row ids) that chair a plan's task force."""
    query = select(Membership.institution_id).where(Membership.plan_id == plan_id, Membership.chair)
    return frozenset(db.session.scalars(query))


def within(body: Institution) -> frozenset[int]:
    """The row ids of an institution and of all that are part of it, at any depth."""
    parents = {row.id: row.part_of_id for row in db.session.execute(select(Institution.id, Institution.part_of_id))}
    found = {body.id}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found)


def around(body: Institution) -> frozenset[int]:
    """The row ids of all institutions that one is part of, at any height."""
    parents = {row.id: row.part_of_id for row in db.session.execute(select(Institution.id, Institution.part_of_id))}
    found: set[int] = set()
    above = parents.get(body.id)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return frozenset(found)


def seats(plan_id: int) -> Seats:
    """The task force of a plan, and every institution that the plan names."""
    body = db.session.scalar(select(TaskForce).where(TaskForce.plan_id == plan_id))
    query = select(Membership).where(Membership.plan_id == plan_id).order_by(Membership.position, Membership.id)
    return Seats(body, tuple(db.session.scalars(query)))


def membership(plan_id: int, code: str) -> Membership:
    """The place of an institution in a plan's list. Raises Missing."""
    query = select(Membership).join(Institution, Institution.id == Membership.institution_id)
    return one(query.where(Membership.plan_id == plan_id, Institution.code == code))
