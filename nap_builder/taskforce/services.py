"""Naming the State, keeping its institutions, and seating a plan's task force. Called inside a transaction."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, StaleEdit
from nap_builder.kernel.languages import _
from nap_builder.taskforce import events, queries
from nap_builder.taskforce.models import CORE_SECTORS, Installation, Institution, Membership, TaskForce

Words = dict[str, str]
Changes = dict[str, tuple[Any, Any]]
CHAIR_SECTOR = CORE_SECTORS[0]


@dataclass(frozen=True)
class InstitutionFacts:
    """What is said of an institution. `accountable` maps head, manager and staff to the name of a post;
    `approves_reports` says that its focal point approves its reports before anybody verifies them.
    """

    code: str
    name: Words
    kind: str
    sector: str | None = None
    short: Words | None = None
    part_of_id: int | None = None
    focal_post: Words | None = None
    accountable: dict[str, Words] | None = None
    approves_reports: bool = False


@dataclass(frozen=True)
class TaskForceFacts:
    """Who sits in a task force (row ids of institutions) and what is said of it as a body."""

    chair: int | None
    members: Collection[int] = ()
    observers: Collection[int] = ()
    mandate: Words | None = None
    chair_reason: Words | None = None
    meets_every_months: int | None = None
    row_version: int | None = None


def facts_of(present: queries.Seats) -> TaskForceFacts:
    """What is said of a task force now, at the row version it stands at; None while nothing is said."""
    body = present.body
    return TaskForceFacts(
        chair=next((seat.institution_id for seat in present.memberships if seat.chair), None),
        members=[seat.institution_id for seat in present.memberships if seat.member or seat.chair],
        observers=[seat.institution_id for seat in present.memberships if seat.observer],
        mandate=body.mandate if body else None,
        chair_reason=body.chair_reason if body else None,
        meets_every_months=body.meets_every_months if body else None,
        row_version=body.row_version if body else None,
    )


def name_state(actor: Actor, state_name: Words, service_name: Words | None, *, seen: int | None) -> Installation:
    """Gives the State and this service their names; the first time, `seen` is None. Raises StaleEdit."""
    state = db.session.scalar(select(Installation).limit(1))
    before = (state.state_name, state.service_name) if state else (None, None)
    if state is None:
        state = Installation(state_name=state_name, service_name=service_name)
        db.session.add(state)
    elif seen is None:
        raise StaleEdit(state)
    else:
        unchanged_since(state, seen)
        state.state_name, state.service_name = state_name, service_name
    db.session.flush()
    pairs = {"state_name": (before[0], state_name), "service_name": (before[1], service_name)}
    record(events.STATE_NAMED, actor, state, changes=_told(pairs))
    return state


def add_institution(actor: Actor, facts: InstitutionFacts) -> Institution:
    """Adds an institution to the State. Raises BadInput for a code in use."""
    _refuse_taken(facts.code)
    body = Institution(**_values(facts))
    db.session.add(body)
    db.session.flush()
    pairs = {name: (None, value) for name, value in _said(body).items()}
    record(events.INSTITUTION_ADDED, actor, body, changes=_told(pairs), code=body.code)
    return body


def change_institution(actor: Actor, body: Institution, facts: InstitutionFacts, *, seen: int | None) -> None:
    """Writes what is said of an institution. Raises StaleEdit, and BadInput for a code in use or a circle."""
    unchanged_since(body, seen)
    _refuse_taken(facts.code, but=body)
    if facts.part_of_id is not None and facts.part_of_id in queries.within(body):
        raise BadInput("part_of_id", _("An institution cannot be part of itself. Choose another."))
    before = _said(body)
    for name, value in _values(facts).items():
        setattr(body, name, value)
    db.session.flush()
    db.session.expire(body, ["part_of"])
    after = _said(body)
    pairs = {name: (before[name], after[name]) for name in after}
    record(events.INSTITUTION_CHANGED, actor, body, changes=_told(pairs), code=body.code)


def list_in_plan(actor: Actor, plan_id: int, slug: str, body: Institution) -> Membership:
    """Adds an institution at the end of a plan's list, without a seat. Raises BadInput when it is there already."""
    last = select(func.max(Membership.position)).where(Membership.plan_id == plan_id)
    there = select(Membership.id).where(Membership.plan_id == plan_id, Membership.institution_id == body.id)
    if db.session.scalar(there) is not None:
        raise BadInput("institution_id", _("This institution is in the list already."))
    position = db.session.scalar(last)
    seat = Membership(plan_id=plan_id, institution_id=body.id, position=0 if position is None else position + 1)
    db.session.add(seat)
    db.session.flush()
    record(events.NAMED_IN_PLAN, actor, body, plan=slug, code=body.code)
    return seat


def seat_task_force(actor: Actor, plan_id: int, slug: str, facts: TaskForceFacts, *, seen: int | None) -> TaskForce:
    """Says who chairs, who is a member and who observes, and the terms of the body.

    `seen` is None while nothing was said of the task force yet. Institutions that the plan does not name yet are
    added to its list. Raises StaleEdit, and BadInput where a chair outside women's affairs has no reason or an
    institution has two parts.
    """
    present = queries.seats(plan_id)
    _refuse_odd(facts)
    before = _seated(present)
    body = _opened(plan_id, present, seen)
    for institution in _unlisted(present, facts):
        list_in_plan(actor, plan_id, slug, institution)
    now = queries.seats(plan_id)
    for seat in now.memberships:
        seat.chair = seat.institution_id == facts.chair
        seat.member = seat.chair or seat.institution_id in facts.members
        seat.observer = seat.institution_id in facts.observers
    body.mandate, body.chair_reason = facts.mandate, facts.chair_reason
    body.meets_every_months = facts.meets_every_months
    touch(body)
    after = _seated(queries.Seats(body, now.memberships))
    pairs = {name: (before[name], after[name]) for name in after}
    record(events.SEATED, actor, body, changes=_told(pairs), plan=slug)
    return body


def _opened(plan_id: int, present: queries.Seats, seen: int | None) -> TaskForce:
    """The body to write in, made where there is none. Raises StaleEdit when it was saved since it was read."""
    if present.body is None:
        body = TaskForce(plan_id=plan_id)
        db.session.add(body)
        db.session.flush()
        return body
    if present.body.row_version != seen:
        raise StaleEdit(facts_of(present))
    return present.body


def _refuse_odd(facts: TaskForceFacts) -> None:
    voting = {*facts.members, facts.chair}
    if voting & set(facts.observers):
        raise BadInput("observers", _("An institution is either a member or an observer. Take it out of one list."))
    if facts.chair is None or facts.chair_reason:
        return
    chair = db.session.get(Institution, facts.chair)
    if chair is not None and chair.sector != CHAIR_SECTOR:
        raise BadInput("chair_reason", _("Say why the chair is not the ministry for women's affairs."))


def _unlisted(present: queries.Seats, facts: TaskForceFacts) -> list[Institution]:
    """The institutions to be seated that the plan does not name yet, by code."""
    wanted = {facts.chair, *facts.members, *facts.observers} - {None}
    missing = wanted - {seat.institution_id for seat in present.memberships}
    return list(db.session.scalars(select(Institution).where(Institution.id.in_(missing)).order_by(Institution.code)))


def _seated(present: queries.Seats) -> dict[str, Any]:
    body = present.body
    return {
        "chair": [one.code for one in present.chairs],
        "members": [one.code for one in present.members],
        "observers": [one.code for one in present.observers],
        "mandate": body.mandate if body else None,
        "chair_reason": body.chair_reason if body else None,
        "meets_every_months": body.meets_every_months if body else None,
    }


def _refuse_taken(code: str, *, but: Institution | None = None) -> None:
    if queries.code_is_taken(code, but=but):
        raise BadInput("code", _("Another institution has the code %(code)s. Choose another.", code=code))


def _values(facts: InstitutionFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _said(body: Institution) -> dict[str, Any]:
    """What is said of an institution, the one that it is part of by its code."""
    names = (field.name for field in fields(InstitutionFacts) if field.name != "part_of_id")
    above = db.session.get(Institution, body.part_of_id) if body.part_of_id else None
    return {**{name: getattr(body, name) for name in names}, "part_of": above.code if above else None}


def _told(pairs: Changes) -> Changes:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair != (None, [])}
