"""Meetings, what they decided, and the dated steps of the process."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, one
from nap_builder.kernel.languages import _, words_in
from nap_builder.meetings.models import AgendaItem, Attendance, Decision, Meeting, Step
from nap_builder.meetings.names import OPEN, STEPS
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution, Membership
from nap_builder.taskforce.queries import seats


@dataclass(frozen=True)
class NextDate:
    """Something that happens on a day to come: a meeting with its hour, or a step of the process.

    `title` is in the reader's language; the page about it is an endpoint with the parts of its address.
    """

    day: date
    begins: str
    title: str
    endpoint: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    anchor: str | None = None


@dataclass(frozen=True)
class OpenDecision:
    """A decision that is not done yet, and whether it should be."""

    decision: Decision
    late: bool

    @property
    def due(self) -> date:
        """By when it is to be done."""
        return self.decision.due


def today_of(plan: Plan) -> date:
    """The calendar day where the plan is."""
    return today(plan.timezone)


def meetings_of(plan: Plan) -> Sequence[Meeting]:
    """All meetings of a plan, the newest first, each with its decisions; cancelled ones as well."""
    query = select(Meeting).where(Meeting.plan_id == plan.id).options(selectinload(Meeting.decisions))
    return db.session.scalars(query.order_by(Meeting.day.desc(), Meeting.begins.desc(), Meeting.number.desc())).all()


def meetings_with(plan: Plan, institution_ids: Collection[int]) -> Sequence[Meeting]:
    """The meetings of a plan to which these institutions (row ids) are asked, or were recorded, in their order."""
    seat = Membership.chair | Membership.member | Membership.observer
    asked = exists().where(Membership.plan_id == plan.id, Membership.institution_id.in_(institution_ids), seat)
    recorded = Meeting.attendance.any(Attendance.institution_id.in_(institution_ids))
    query = select(Meeting).where(Meeting.plan_id == plan.id, or_(asked, recorded))
    return db.session.scalars(query.order_by(Meeting.day, Meeting.begins, Meeting.number)).all()


def meeting_at(slug: str, key: str) -> Meeting:
    """A meeting of a plan with all that its minutes hold. Raises Missing."""
    parts = (selectinload(Meeting.agenda), selectinload(Meeting.attendance), selectinload(Meeting.decisions))
    return one(_within(slug, select(Meeting).join(Meeting.plan)).where(Meeting.key == key).options(*parts))


def item_at(slug: str, key: str) -> AgendaItem:
    """An item of the agenda of a plan's meeting. Raises Missing."""
    query = select(AgendaItem).join(AgendaItem.meeting).join(Meeting.plan)
    return one(_within(slug, query).where(AgendaItem.key == key))


def decision_at(slug: str, key: str) -> Decision:
    """A decision of a plan's meeting. Raises Missing."""
    query = select(Decision).join(Decision.meeting).join(Meeting.plan)
    return one(_within(slug, query).where(Decision.key == key))


def step_at(slug: str, key: str) -> Step:
    """A step of a plan's process. Raises Missing."""
    return one(_within(slug, select(Step).join(Step.plan)).where(Step.key == key))


def own_step_at(slug: str, key: str) -> Step:
    """A step that the State itself added. Raises Missing."""
    return one(_within(slug, select(Step).join(Step.plan)).where(Step.key == key, Step.kind.is_(None)))


def _within(slug: str, query: Select[Any]) -> Select[Any]:
    return query.where(Plan.slug == slug)


def next_number(plan: Plan) -> int:
    """The number that the next meeting gets."""
    return (db.session.scalar(select(func.max(Meeting.number)).where(Meeting.plan_id == plan.id)) or 0) + 1


def number_is_taken(plan: Plan, number: int, *, but: Meeting | None = None) -> bool:
    """Whether a meeting of the plan, other than the one given, bears this number."""
    query = select(Meeting.id).where(Meeting.plan_id == plan.id, Meeting.number == number)
    if but is not None:
        query = query.where(Meeting.id != but.id)
    return db.session.scalar(query.limit(1)) is not None


def asked_to_meet(meeting: Meeting) -> list[Institution]:
    """The institutions of the task force in the plan's order, and those that were recorded and sit in it no more."""
    seated = [seat for seat in seats(meeting.plan_id).memberships if seat.chair or seat.member or seat.observer]
    found = {seat.institution_id: seat.institution for seat in seated}
    return list({**found, **{row.institution_id: row.institution for row in meeting.attendance}}.values())


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Who was at a meeting, in the plan's order."""
    order = {body.id: place for place, body in enumerate(asked_to_meet(meeting))}
    return sorted(meeting.attendance, key=lambda row: order[row.institution_id])


def possible_owners(plan: Plan) -> list[Institution]:
    """The institutions that may be given a decision: all that the plan names, in its order."""
    return [seat.institution for seat in seats(plan.id).memberships]


def open_decisions(plan: Plan, institution_ids: Collection[int] | None = None) -> list[OpenDecision]:
    """The decisions of a plan's meetings that are not done yet, the earliest due first.

    With `institution_ids` (row ids) only those for these institutions; with None all of them.
    """
    query = (
        select(Decision)
        .join(Decision.meeting)
        .where(Meeting.plan_id == plan.id, Meeting.cancelled_at.is_(None), Decision.done_on.is_(None))
        .options(joinedload(Decision.meeting))
        .order_by(Decision.due, Meeting.number, Decision.position)
    )
    if institution_ids is not None:
        query = query.where(Decision.owner_id.in_(institution_ids))
    now = today_of(plan)
    return [OpenDecision(decision, decision.is_late(now)) for decision in db.session.scalars(query)]


def minutes_to_approve(plan: Plan) -> Sequence[Meeting]:
    """The meetings whose minutes are written and wait to be approved, the oldest first."""
    query = _living(plan).where(Meeting.minutes.is_not(None), ~Meeting.approval.has())
    return db.session.scalars(query.order_by(Meeting.day, Meeting.begins)).all()


def minutes_to_write(plan: Plan) -> Sequence[Meeting]:
    """The meetings that were held and have no minutes yet, the oldest first."""
    query = _living(plan).where(Meeting.minutes.is_(None), Meeting.day < today_of(plan))
    return db.session.scalars(query.order_by(Meeting.day, Meeting.begins)).all()


def last_held(plan: Plan) -> Meeting | None:
    """The last meeting up to today that was not cancelled, if there was one."""
    query = _living(plan).where(Meeting.day <= today_of(plan))
    return db.session.scalar(query.order_by(Meeting.day.desc(), Meeting.begins.desc()).limit(1))


def _living(plan: Plan) -> Select[Any]:
    return select(Meeting).where(Meeting.plan_id == plan.id, Meeting.cancelled_at.is_(None))


def steps_of(plan: Plan) -> Sequence[Step]:
    """All steps of a plan's process in the order of their days, dropped ones as well."""
    query = select(Step).where(Step.plan_id == plan.id)
    return db.session.scalars(query.order_by(Step.due, Step.position, Step.id)).all()


def step_words(step: Step) -> str:
    """What a step is called, in the reader's language."""
    return str(STEPS[step.kind]) if step.kind else words_in(step.title)


def after(step: Step) -> list[Step]:
    """The open steps that come later than this one."""
    steps = list(steps_of(step.plan))
    return [later for later in steps[steps.index(step) + 1 :] if later.state == OPEN]


def next_dates(plan: Plan, limit: int) -> list[NextDate]:
    """What comes next, meetings and open steps together in the order of their days, from today on."""
    now = today_of(plan)
    meetings = _living(plan).where(Meeting.day >= now).order_by(Meeting.day, Meeting.begins).limit(limit)
    steps = select(Step).where(Step.plan_id == plan.id, Step.state == OPEN, Step.due >= now)
    steps = steps.order_by(Step.due, Step.position, Step.id).limit(limit)
    found = [
        *(_of_meeting(plan, meeting) for meeting in db.session.scalars(meetings)),
        *(_of_step(plan, step) for step in db.session.scalars(steps)),
    ]
    return sorted(found, key=lambda date: (date.day, date.begins))[:limit]


def _of_meeting(plan: Plan, meeting: Meeting) -> NextDate:
    where = {"slug": plan.slug, "key": meeting.key}
    return NextDate(meeting.day, meeting.begins, titled(meeting), "meetings.meeting", where)


def _of_step(plan: Plan, step: Step) -> NextDate:
    return NextDate(step.due, "", step_words(step), "meetings.calendar", {"slug": plan.slug}, f"s-{step.key}")


def titled(meeting: Meeting) -> str:
    """The number and title of a meeting, in the reader's language."""
    return _("Meeting %(number)s: %(title)s", number=meeting.number, title=words_in(meeting.title))


def dated(plan: Plan) -> tuple[list[Meeting], list[Step]]:
    """All that a calendar file of the plan holds: every meeting with its agenda, and every step."""
    query = select(Meeting).where(Meeting.plan_id == plan.id).options(selectinload(Meeting.agenda))
    meetings = db.session.scalars(query.order_by(Meeting.day, Meeting.begins, Meeting.number))
    return list(meetings), list(steps_of(plan))
