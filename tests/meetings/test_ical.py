"""Meetings and steps as iCalendar: what a calendar program reads in them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.meetings.names import USUAL
from nap_builder.meetings.services import calendar, meetings
from tests.builders.meetings import a_meeting

pytestmark = pytest.mark.sqlite_only(
    "the file is made of meetings and steps, whose rows the pages read from both databases"
)


@pytest.fixture
def meeting(world):
    """A meeting on the day after the clocks of Berlin went forward."""
    with transaction():
        world.plan.timezone = "Europe/Berlin"
        return a_meeting(
            world.plan,
            day=date(2026, 3, 30),
            until="11:00",
            title={"en": "Costs; and, sums", "fr": "Coûts"},
            place={"en": "Room 2, Main Street", "fr": "Salle 2"},
            link="https://meet.example/a",
        )


def events_in(page):
    """The events of a file, by their identity."""
    assert page.answer.mimetype == "text/calendar"
    found = Calendar.from_ical(page.answer.data)
    return found, {str(event["uid"]): event for event in found.walk("VEVENT")}


def invited(as_role, meeting, language="en"):
    page = as_role("official").get(f"/{language}/w/nap-2/meeting/{meeting.key}.ics")
    return events_in(page)[1][meeting.key]


def test_an_invitation_is_a_file_with_a_name(meeting, as_role):
    page = as_role("official").get(f"/en/w/nap-2/meeting/{meeting.key}.ics")
    assert page.answer.headers["Content-Disposition"] == "attachment; filename=nap-2-meeting-1.ics"
    assert page.answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_an_invitation_says_what_where_and_the_agenda(meeting, as_role):
    event = invited(as_role, meeting)
    assert event["summary"] == "Meeting 1: Costs; and, sums"
    assert event["location"] == "Room 2, Main Street"
    assert event["url"] == "https://meet.example/a"
    assert event["description"] == "1. Who drafts what\nThe chair opens."
    assert event["status"] == "CONFIRMED"


def test_an_invitation_is_in_the_language_of_the_reader(meeting, as_role):
    event = invited(as_role, meeting, "fr")
    assert "Coûts" in event["summary"]
    assert event["location"] == "Salle 2"


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Europe/Berlin", date(2026, 3, 28), 8),  # before the clocks go forward
        ("Europe/Berlin", date(2026, 3, 30), 7),
        ("Europe/Berlin", date(2026, 10, 26), 8),  # after they went back
        ("Africa/Casablanca", date(2026, 3, 1), 9),  # in Ramadan its clocks go back
        ("Africa/Casablanca", date(2026, 6, 1), 8),
        ("America/Santiago", date(2026, 7, 1), 13),
        ("America/Santiago", date(2026, 12, 1), 12),
        (None, date(2026, 7, 1), 9),
    ],
)
def test_the_hour_is_right_on_both_sides_of_a_change_of_the_clocks(world, as_role, zone, day, hour):
    with transaction():
        world.plan.timezone = zone
        meeting = a_meeting(world.plan, day=day, begins="09:00")
    event = invited(as_role, meeting)
    assert event["dtstart"].dt.astimezone(UTC) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_the_file_brings_the_rules_of_its_zone(meeting, as_role):
    found, events = events_in(as_role("official").get(f"/en/w/nap-2/meeting/{meeting.key}.ics"))
    assert events[meeting.key]["dtstart"].params["TZID"] == "Europe/Berlin"
    zone = next(iter(found.walk("VTIMEZONE")))
    assert zone["tzid"] == "Europe/Berlin"
    there = datetime(2026, 3, 30, 9, 30, tzinfo=zone.to_tz(lookup_tzid=False))
    assert there.utcoffset() == datetime(2026, 3, 30, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()
    assert events[meeting.key]["dtend"].dt.hour == 11


def test_a_change_counts_on_and_a_cancelled_meeting_says_so(meeting, as_role):
    before = invited(as_role, meeting)["sequence"]
    with transaction():
        meetings.cancel(INSTALLATION, meeting, seen=meeting.row_version)
    event = invited(as_role, meeting)
    assert event["sequence"] > before
    assert event["status"] == "CANCELLED"


def test_a_new_item_of_the_agenda_counts_as_a_change(meeting, as_role):
    before = invited(as_role, meeting)["sequence"]
    with transaction():
        meetings.add_item(INSTALLATION, meeting, {"en": "Next meeting"}, None)
    event = invited(as_role, meeting)
    assert event["sequence"] > before
    assert event["description"].endswith("2. Next meeting")


def test_the_calendar_holds_meetings_and_whole_days_of_steps(meeting, world, as_role):
    with transaction():
        calendar.make_calendar(INSTALLATION, world.plan, date(2027, 1, 31), USUAL)
    page = as_role("auditor").get("/en/w/nap-2/calendar.ics")
    assert page.answer.headers["Content-Disposition"] == "attachment; filename=nap-2-calendar.ics"
    _found, events = events_in(page)
    named = {str(event["summary"]): event for event in events.values()}
    step = named["Task force named"]
    assert (step["dtstart"].dt, step["dtend"].dt) == (date(2027, 2, 28), date(2027, 3, 1))
    assert meeting.key in events
    assert len(events) == 17


def test_a_dropped_step_is_cancelled_in_calendars(world, as_role):
    with transaction():
        step = calendar.add_step(INSTALLATION, world.plan, {"en": "Visit"}, "consult", date(2027, 5, 5))
        calendar.mark(INSTALLATION, step, "dropped", seen=1)
    _found, events = events_in(as_role("chair").get("/en/w/nap-2/calendar.ics"))
    assert events[step.key]["status"] == "CANCELLED"


def test_an_empty_calendar_is_a_calendar(world, as_role):
    found, events = events_in(as_role("chair").get("/en/w/nap-2/calendar.ics"))
    assert events == {}
    assert found["version"] == "2.0"


def test_words_cannot_break_out_of_their_line(world, as_role):
    with transaction():
        meeting = a_meeting(world.plan, title={"en": "A\nBEGIN:VALARM\nX:1\u2028BEGIN:VALARM"})
    found, events = events_in(as_role("chair").get(f"/en/w/nap-2/meeting/{meeting.key}.ics"))
    assert not list(found.walk("VALARM"))
    assert "BEGIN:VALARM" in events[meeting.key]["summary"]
