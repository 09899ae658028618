"""A file's facts of the plan, its institutions and its task force, written into their tables."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from nap_builder.exchange.values import stored_values
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.tables import INSTITUTION, INSTITUTION_MEMBERS, PLAN_MEMBERS, TASK_FORCE_MEMBERS, Member
from nap_builder.taskforce.models import Institution, Membership, TaskForce

Bodies = dict[str, Institution]


def write_institutions(listed: Iterable[dict[str, Any]]) -> Bodies:
    """Adds the institutions of a file and changes those that it says otherwise; all of the installation by code."""
    bodies = {body.code: body for body in db.session.scalars(select(Institution))}
    own = [member for member in INSTITUTION_MEMBERS if member.form != INSTITUTION]
    for said in listed:
        body = bodies.get(said["code"])
        if body is None:
            bodies[said["code"]] = body = Institution()
            db.session.add(body)
        _say(body, own, said, {})
    db.session.flush()
    ids = {code: body.id for code, body in bodies.items()}
    for said in listed:
        part_of = ids[said["part_of"]] if "part_of" in said else None
        if bodies[said["code"]].part_of_id != part_of:
            bodies[said["code"]].part_of_id = part_of
    db.session.flush()
    return bodies


def write_plan(
    plan: Plan | None, said: Mapping[str, Any], ids: Mapping[str, int], *, untouched: Collection[str] = ()
) -> Plan:
    """Writes the facts of a plan; None starts one, in drafting, with an empty task force.

    Members that are to stay `untouched` may say more than who sent the file may read.
    """
    if plan is None:
        plan = Plan()
        _say(plan, PLAN_MEMBERS, said, ids)
        db.session.add(plan)
        db.session.flush()
        db.session.add(TaskForce(plan_id=plan.id))
    else:
        _say(plan, [member for member in PLAN_MEMBERS if member.name not in untouched], said, ids)
    db.session.flush()
    return plan


def write_task_force(plan: Plan, document: Mapping[str, Any], bodies: Bodies, *, remove: bool) -> None:
    """Lists the plan's institutions in the order of the file, and seats its task force.

    Institutions that the file lacks, and a task force where it has none, stay unless they are to be removed.
    """
    said = document.get("task_force")
    members = {
        seat.institution_id: seat
        for seat in db.session.scalars(select(Membership).where(Membership.plan_id == plan.id))
    }
    listed = [bodies[body["code"]].id for body in document["institutions"]]
    kept = (
        []
        if remove
        else sorted((seat for seat in members if seat not in listed), key=lambda seat: members[seat].position)
    )
    for position, body in enumerate([*listed, *kept]):
        seat = members.pop(body, None)
        if seat is None:
            seat = Membership(plan_id=plan.id, institution_id=body)
            db.session.add(seat)
        seat.position = position
        if said is not None or remove:
            _seat(seat, said or {}, bodies)
    for seat in members.values():
        db.session.delete(seat)
    if said is not None or remove:
        _mandate(plan, said or {})
    db.session.flush()


def _seat(seat: Membership, said: Mapping[str, Any], bodies: Bodies) -> None:
    seat.chair = "chair" in said and bodies[said["chair"]].id == seat.institution_id
    seat.member = any(bodies[code].id == seat.institution_id for code in said.get("members", ()))
    seat.observer = any(bodies[code].id == seat.institution_id for code in said.get("observers", ()))


def _mandate(plan: Plan, said: Mapping[str, Any]) -> None:
    force = db.session.scalar(select(TaskForce).where(TaskForce.plan_id == plan.id))
    if force is None:
        force = TaskForce(plan_id=plan.id)
        db.session.add(force)
    _say(force, TASK_FORCE_MEMBERS, said, {})


def _say(row: Any, members: Iterable[Member], said: Mapping[str, Any], ids: Mapping[str, int]) -> None:
    """Sets what differs, so that a row that stays as it is keeps its version."""
    for name, value in stored_values(members, said, ids).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
