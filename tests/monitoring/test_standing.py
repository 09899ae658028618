"""What the calendar makes of activities and milestones."""

from datetime import date

import pytest

from nap_builder.monitoring.progress.standing import milestone_standing, standing_of

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2028, 6, 30)


@pytest.mark.parametrize(
    ("said", "starts", "ends", "status", "days"),
    [
        ("on_track", "2027", "2028-06-30", "on_track", 0),
        ("on_track", "2027", "2028-06-29", "late", 1),
        ("on_track", "2027", "2027", "late", 182),
        ("blocked", "2027", "2028-Q1", "late", 91),
        (None, "2027", "2027", "late", 182),
        ("completed", "2026", "2027", "completed", 0),
        ("dropped", "2026", "2027", "dropped", 0),
        ("carried_over", "2026", "2027", "carried_over", 0),
        ("not_started", "2028-H2", "2029", "not_started", 0),
        ("late", "2027", "2029", "late", 0),
        ("at_risk", None, None, "at_risk", 0),
        (None, None, None, "not_started", 0),
    ],
)
def test_an_activity_is_late_when_its_end_has_passed_whatever_was_said(said, starts, ends, status, days):
    found = standing_of(said, starts, ends, TODAY)
    assert (found.status, found.days_late, found.said) == (status, days, said)
    assert bool(found.sentence) == bool(found.days_late or found.days_unstarted)


def test_what_should_have_started_says_since_when():
    found = standing_of("not_started", "2028-06", "2029", TODAY)
    assert (found.status, found.days_unstarted) == ("not_started", 29)
    assert "29 days" in found.sentence


def test_the_last_word_is_not_believed_against_the_calendar():
    sentence = standing_of("on_track", "2026", "2027", TODAY).sentence
    assert sentence == "Due 31 December 2027, 182 days late. Late by its dates; the ministry said: on track."


def test_what_was_said_to_be_late_is_not_said_twice():
    assert standing_of("late", "2026", "2027", TODAY).sentence == "Due 31 December 2027, 182 days late."


@pytest.mark.parametrize(
    ("state", "due", "met_on", "light", "late", "overdue"),
    [
        ("planned", "2028-07", None, "on_track", 0, False),
        ("planned", "2028-06-30", None, "on_track", 0, False),
        ("in_progress", "2028-06-01", None, "at_risk", 29, True),
        ("in_progress", "2028-04-01", None, "at_risk", 90, True),
        ("in_progress", "2028-03-31", None, "behind", 91, True),
        ("at_risk", "2029", None, "at_risk", 0, False),
        ("blocked", "2029", None, "behind", 0, False),
        ("completed", "2027", date(2028, 1, 10), "reached", 10, False),
        ("verified", "2027", date(2027, 5, 1), "reached", 0, False),
        ("planned", "2027", date(2027, 5, 1), "reached", 0, False),
        ("completed", "2027", None, "reached", 0, False),
        ("dropped", "2027", None, "none", 0, False),
        ("carried_over", "2027", None, "none", 0, False),
        (None, "2029", None, "none", 0, False),
        (None, "2027", None, "behind", 182, True),
        (None, None, None, "none", 0, False),
    ],
)
def test_a_milestone_is_due_or_overdue_by_its_date(state, due, met_on, light, late, overdue):
    found = milestone_standing(state, due, met_on, TODAY)
    assert (found.light, found.days_late, found.overdue) == (light, late, overdue)


@pytest.mark.parametrize(
    ("state", "due", "met_on", "words"),
    [
        ("planned", "2028-06-30", None, "Due today"),
        ("planned", "2028-07-01", None, "Due in 1 day"),
        ("planned", "2028-06-29", None, "Due 29 June 2028, 1 day late"),
        ("completed", "2027", date(2028, 1, 10), "Met 10 days late"),
        ("dropped", "2027", None, ""),
    ],
)
def test_a_milestone_says_when(state, due, met_on, words):
    assert milestone_standing(state, due, met_on, TODAY).sentence == words
