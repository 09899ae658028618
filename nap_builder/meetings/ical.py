"""Meetings and steps as iCalendar (RFC 5545), in the reader's language."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event, vText

from nap_builder.kernel.clock import now
from nap_builder.kernel.languages import words_in
from nap_builder.meetings.models import Meeting, Step
from nap_builder.meetings.names import DROPPED, PHASES
from nap_builder.meetings.queries import step_words, titled
from nap_builder.plans.models.plan import Plan

MAKER = "-//NAP Builder//NAP Builder//EN"  # fits every release: a calendar keeps it beside what it took in


def invitation(meeting: Meeting) -> bytes:
    """A meeting as one event, with the rules of its time zone."""
    return _file(titled(meeting), [_of_meeting(meeting)])


def whole_calendar(plan: Plan, meetings: Iterable[Meeting], steps: Iterable[Step]) -> bytes:
    """The meetings and the steps of a plan's process as one calendar; steps are whole days."""
    events = [_of_meeting(meeting) for meeting in meetings] + [_of_step(step) for step in steps]
    return _file(words_in(plan.title), events)


def _file(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(name))
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _of_meeting(meeting: Meeting) -> Event:
    event = _event(meeting.key, meeting.row_version, titled(meeting), off=meeting.cancelled_at is not None)
    event.add("dtstart", meeting.starts_at)
    if meeting.ends_at:
        event.add("dtend", meeting.ends_at)
    if place := words_in(meeting.place) or meeting.link:
        event.add("location", place)
    if meeting.link:
        event.add("url", meeting.link)
    if said := _agenda(meeting):
        event.add("description", said)
    return event


def _agenda(meeting: Meeting) -> str:
    """The agenda as numbered lines, each note under its item."""
    lines = []
    for number, item in enumerate(meeting.agenda, 1):
        lines += [f"{number}. {words_in(item.title)}", *([words_in(item.note)] if item.note else [])]
    return "\n".join(lines)


def _of_step(step: Step) -> Event:
    event = _event(step.key, step.row_version, step_words(step), off=step.state == DROPPED)
    event.add("dtstart", step.due)
    event.add("dtend", step.due + timedelta(days=1))
    event.add("categories", [str(PHASES[step.phase])])
    event.add("transp", "TRANSPARENT")
    return event


def _event(key: str, version: int, summary: str, *, off: bool) -> Event:
    """An event under a lasting identity: a calendar that took in an earlier version replaces it."""
    event = Event()
    event.add("uid", key)
    event.add("sequence", version)
    event.add("dtstamp", now())
    event.add("summary", summary)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    return event
