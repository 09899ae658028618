"""The link of a person's calendar, and the days that it tells: labels alone, since calendars are read by others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from nap_builder.accounts.models import Person
from nap_builder.home.models import CalendarLink
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _, day
from nap_builder.meetings.queries import meetings_of, meetings_with, open_decisions
from nap_builder.monitoring.models import CLOSED as PERIOD_CLOSED
from nap_builder.monitoring.queries.periods import periods
from nap_builder.parliament.queries.record import open_undertakings
from nap_builder.plans.models.plan import CLOSED, Plan
from nap_builder.plans.policy import DRAFTERS
from nap_builder.plans.queries.plan import readable_plans


@dataclass(frozen=True)
class Dated:
    """Something on a day, or at an hour: what it is in the reader's language, and the page about it."""

    key: str
    version: int
    at: date | datetime
    label: str
    endpoint: str
    parts: Mapping[str, Any]
    off: bool = False


def link_of(person_id: int | None) -> CalendarLink | None:
    """The link of a person that works, if there is one."""
    query = select(CalendarLink).where(CalendarLink.person_id == person_id, CalendarLink.revoked_at.is_(None))
    return db.session.scalar(query.order_by(CalendarLink.id.desc()).limit(1))


def link_at(token_digest: str) -> CalendarLink | None:
    """The link with this digest, while it works and the account is open."""
    query = select(CalendarLink).join(Person, Person.id == CalendarLink.person_id)
    working = (CalendarLink.token_digest == token_digest, CalendarLink.revoked_at.is_(None), Person.active)
    return db.session.scalar(query.where(*working))


def days_of(who: Actor) -> list[Dated]:
    """The days of who acts now in the plans that they may read and that are not closed.

    When reports are due, the meetings of their institutions (of whoever runs the plan, all), and the decisions and
    undertakings that are theirs to carry out. No title, no place and no text of a plan is in it.
    """
    plans = [plan for plan in readable_plans() if plan.state != CLOSED]
    return [
        one
        for plan in plans
        for found in (_reports(plan), _meetings(plan, who), _decisions(plan, who), _undertakings(plan, who))
        for one in found
    ]


def _reports(plan: Plan) -> Iterator[Dated]:
    for period in periods(plan):
        if period.state != PERIOD_CLOSED:
            label = _("Reports on the period to %(ends)s are due", ends=day(period.ends))
            parts = {"slug": plan.slug, "ends": period.ends.isoformat()}
            yield Dated(period.key, period.row_version, period.due, label, "monitoring.cycle", parts)


def _meetings(plan: Plan, who: Actor) -> Iterator[Dated]:
    all_of_them = bool(who.roles_for(plan.id) & DRAFTERS)
    for meeting in meetings_of(plan) if all_of_them else meetings_with(plan, who.institutions):
        label = _("Meeting %(number)s of the task force", number=meeting.number)
        parts = {"slug": plan.slug, "key": meeting.key}
        off = meeting.cancelled_at is not None
        yield Dated(meeting.key, meeting.row_version, meeting.starts_at, label, "meetings.meeting", parts, off)


def _decisions(plan: Plan, who: Actor) -> Iterator[Dated]:
    for owed in open_decisions(plan, who.institutions):
        decision = owed.decision
        label = _("A decision of meeting %(number)s is due", number=decision.meeting.number)
        parts = {"slug": plan.slug, "key": decision.meeting.key}
        yield Dated(decision.key, decision.row_version, owed.due, label, "meetings.meeting", parts)


def _undertakings(plan: Plan, who: Actor) -> Iterator[Dated]:
    for owed in open_undertakings([plan], who.institutions):
        label = _("Undertaking no. %(number)s to parliament is due", number=owed.entry.number)
        parts = {"slug": plan.slug, "key": owed.entry.key}
        yield Dated(owed.entry.key, owed.entry.row_version, owed.due, label, "parliament.entry", parts)
