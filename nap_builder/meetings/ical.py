"""Meetings, steps and other days as iCalendar (RFC 5545), in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText

from nap_builder.kernel.clock import now
from nap_builder.kernel.languages import words_in
from nap_builder.meetings.models import Meeting, Step
from nap_builder.meetings.names import DROPPED, PHASES
from nap_builder.meetings.queries import step_words, titled
from nap_builder.plans.models.plan import Plan

MAKER = "-//NAP Builder//NAP Builder//EN"  # fits every release: a calendar keeps it beside what it took in


def calendar_of(name: str, events: Iterable[Event]) -> bytes:
    """Events as one calendar file under a name, with the rules of their time zones."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(name))
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event_on(key: str, version: int, summary: str, starts: date | datetime, *, off: bool = False) -> Event:
    """An event under a lasting identity: a calendar that took in an earlier version replaces it.

    One that starts on a day, without an hour, is the whole of it and keeps nobody busy.
    """
    event = Event()
    event.add("uid", key)
    event.add("sequence", version)
    event.add("dtstamp", now())
    event.add("summary", summary)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("dtstart", starts)
    if not isinstance(starts, datetime):
        event.add("dtend", starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


def invitation(meeting: Meeting) -> bytes:
    """A meeting as one event, with the rules of its time zone."""
    return calendar_of(titled(meeting), [_of_meeting(meeting)])


def whole_calendar(plan: Plan, meetings: Iterable[Meeting], steps: Iterable[Step]) -> bytes:
    """The meetings and the steps of a plan's process as one calendar; steps are whole days."""
    events = [_of_meeting(meeting) for meeting in meetings] + [_of_step(step) for step in steps]
    return calendar_of(words_in(plan.title), events)


def _of_meeting(meeting: Meeting) -> Event:
    off = meeting.cancelled_at is not None
    event = event_on(meeting.key, meeting.row_version, titled(meeting), meeting.starts_at, off=off)
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
    event = event_on(step.key, step.row_version, step_words(step), step.due, off=step.state == DROPPED)
    event.add("categories", [str(PHASES[step.phase])])
    return event
