"""Calling a meeting, changing it, cancelling it, and its agenda. Called inside a transaction."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.meetings import events, queries
from nap_builder.meetings.models import AgendaItem, Meeting
from nap_builder.plans.models.plan import Plan

Words = dict[str, str]
Changes = dict[str, tuple[Any, Any]]
UTC_NAME = "UTC"


@dataclass(frozen=True)
class MeetingFacts:
    """When and where a meeting is. `begins` and `until` are HH:MM on the clocks of the plan."""

    number: int
    title: Words
    day: date
    begins: str
    until: str | None = None
    place: Words | None = None
    link: str | None = None


def refuse_closed(meeting: Meeting) -> None:
    """Stops every change of a meeting whose minutes are approved. Raises WrongState."""
    if meeting.approved:
        raise WrongState(_("The minutes of this meeting are approved and can no longer be changed."))


def open_meeting_at(slug: str, key: str) -> Meeting:
    """A meeting of a plan, to be changed. Raises Missing, and WrongState once its minutes are approved."""
    meeting = queries.meeting_at(slug, key)
    refuse_closed(meeting)
    return meeting


def open_item_at(slug: str, key: str) -> AgendaItem:
    """An item of an agenda, to be changed. Raises Missing, and WrongState once the minutes are approved."""
    item = queries.item_at(slug, key)
    refuse_closed(item.meeting)
    return item


def call_meeting(by: Actor, plan: Plan, facts: MeetingFacts) -> Meeting:
    """Adds a meeting in the plan's time zone. Raises BadInput for a number in use or an hour that does not exist."""
    zone = plan.timezone or UTC_NAME
    _refuse_odd(plan, facts, zone)
    meeting = Meeting(plan=plan, timezone=zone, **asdict(facts))
    db.session.add(meeting)
    db.session.flush()
    record(events.CALLED, by, meeting, changes=_told({}, asdict(facts)), number=meeting.number)
    return meeting


def change_meeting(by: Actor, meeting: Meeting, facts: MeetingFacts, *, seen: int | None) -> None:
    """Writes when and where a meeting is. Raises StaleEdit, WrongState once its minutes are approved, BadInput."""
    refuse_closed(meeting)
    unchanged_since(meeting, seen)
    zone = meeting.plan.timezone or UTC_NAME
    _refuse_odd(meeting.plan, facts, zone, but=meeting)
    after = asdict(facts)
    before = {name: getattr(meeting, name) for name in after}
    for name, value in {**after, "timezone": zone}.items():
        setattr(meeting, name, value)
    record(events.CHANGED, by, meeting, changes=_told(before, after), number=meeting.number)


def cancel(by: Actor, meeting: Meeting, *, seen: int | None) -> None:
    """Cancels a meeting; it stays in the list. Raises StaleEdit, WrongState."""
    refuse_closed(meeting)
    unchanged_since(meeting, seen)
    if meeting.cancelled_at is not None:
        raise WrongState(_("This meeting is cancelled already."))
    meeting.cancelled_at = now()
    record(events.CANCELLED, by, meeting, number=meeting.number)


def reinstate(by: Actor, meeting: Meeting, *, seen: int | None) -> None:
    """Takes back that a meeting is cancelled. Raises StaleEdit, WrongState."""
    unchanged_since(meeting, seen)
    if meeting.cancelled_at is None:
        raise WrongState(_("This meeting is not cancelled."))
    meeting.cancelled_at = None
    record(events.REINSTATED, by, meeting, number=meeting.number)


def _refuse_odd(plan: Plan, facts: MeetingFacts, zone: str, *, but: Meeting | None = None) -> None:
    if queries.number_is_taken(plan, facts.number, but=but):
        raise BadInput(
            "number", _("There is a meeting %(number)s already. Choose another number.", number=facts.number)
        )
    if facts.until is not None and facts.until <= facts.begins:
        raise BadInput("until", _("It ends before it begins. Write a later hour."))
    for field, hour in (("begins", facts.begins), ("until", facts.until)):
        if hour is not None and not _exists(facts.day, hour, zone):
            raise BadInput(field, _("The clocks go forward on that day, so there is no such hour. Choose another."))


def _exists(day: date, hour: str, zone: str) -> bool:
    """Whether the clocks of a zone show this hour on this day: they skip some when summer time begins."""
    there = datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) == there.replace(tzinfo=None)


def add_item(by: Actor, meeting: Meeting, title: Words, note: Words | None) -> AgendaItem:
    """Adds an item at the end of the agenda. Raises WrongState."""
    refuse_closed(meeting)
    last = max((item.position for item in meeting.agenda), default=-1)
    item = AgendaItem(meeting=meeting, position=last + 1, title=title, note=note)
    db.session.add(item)
    _agenda_changed(by, meeting, {"title": (None, title), "note": (None, note)})
    return item


def change_item(by: Actor, item: AgendaItem, title: Words, note: Words | None, *, seen: int | None) -> None:
    """Writes an item of the agenda. Raises StaleEdit, WrongState."""
    refuse_closed(item.meeting)
    unchanged_since(item, seen)
    changes = {"title": (item.title, title), "note": (item.note, note)}
    item.title, item.note = title, note
    _agenda_changed(by, item.meeting, changes)


def step_item(by: Actor, item: AgendaItem, step: int, *, seen: int | None) -> None:
    """Moves an item one place up (-1) or down (1); at the end of the list it stays. Raises StaleEdit, WrongState."""
    refuse_closed(item.meeting)
    unchanged_since(item, seen)
    items = [one for one in item.meeting.agenda if one is not item]
    place = item.meeting.agenda.index(item) + step
    items.insert(max(place, 0), item)
    for position, one in enumerate(items):
        one.position = position
    _agenda_changed(by, item.meeting, {})


def remove_item(by: Actor, item: AgendaItem, *, seen: int | None) -> None:
    """Takes an item off the agenda. Raises StaleEdit, WrongState."""
    meeting = item.meeting
    refuse_closed(meeting)
    unchanged_since(item, seen)
    changes = {"title": (item.title, None), "note": (item.note, None)}
    db.session.delete(item)
    _agenda_changed(by, meeting, changes)


def _agenda_changed(by: Actor, meeting: Meeting, changes: Changes) -> None:
    touch(meeting)
    shown = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record(events.AGENDA_CHANGED, by, meeting, changes=shown, number=meeting.number)


def _told(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    pairs = {name: (before.get(name), after[name]) for name in after}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
