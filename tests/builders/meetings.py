"""Meetings and steps for tests, made through the services."""

from datetime import date
from typing import Any

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.meetings.models import Decision, Meeting
from nap_builder.meetings.services import meetings as services
from nap_builder.meetings.services import minutes
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


def a_meeting(plan: Plan, *, number: int = 1, day: date = date(2026, 3, 10), **said: Any) -> Meeting:
    """A meeting of the task force with one item on its agenda."""
    given = {"title": {"en": "Drafting begins"}, "begins": "09:30", **said}
    meeting = services.call_meeting(INSTALLATION, plan, services.MeetingFacts(number=number, day=day, **given))
    services.add_item(INSTALLATION, meeting, {"en": "Who drafts what"}, {"en": "The chair opens."})
    return meeting


def a_decision(meeting: Meeting, owner: Institution, *, due: date = date(2026, 4, 30), text: str = "") -> Decision:
    """A decision that an institution carries out."""
    facts = minutes.DecisionFacts(text={"en": text or "Send the list of desks."}, owner_id=owner.id, due=due)
    return minutes.add_decision(INSTALLATION, meeting, facts)


def approved(meeting: Meeting, *, on: date | None = None) -> Meeting:
    """The meeting with minutes that are written and approved."""
    seen = meeting.minutes_version
    minutes.write_minutes(INSTALLATION, meeting, {"en": "The chair opened.\n\n- All agreed."}, seen=seen)
    minutes.approve(INSTALLATION, meeting, on or meeting.day, seen=meeting.row_version)
    return meeting
