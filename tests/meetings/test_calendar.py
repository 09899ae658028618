"""The process calendar: days from a start, moved, marked and read."""

from datetime import date

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.meetings import queries
from nap_builder.meetings.lead_times import LEADS, usual_days
from nap_builder.meetings.models import Step
from nap_builder.meetings.names import LONG, PACES, PHASES, SHORT, STEPS, USUAL
from nap_builder.meetings.services import calendar as services
from nap_builder.plans.calendar import months_later
from tests.builders.meetings import a_meeting
from tests.builders.plans import a_plan

HOME = "/en/w/nap-2/calendar"


@pytest.fixture
def steps(world):
    """The calendar from the last day of January 2027 at the usual pace, by the steps' kinds."""
    with transaction():
        services.make_calendar(INSTALLATION, world.plan, date(2027, 1, 31), USUAL)
    return {step.kind: step for step in queries.steps_of(world.plan)}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 6, 30), 0, date(2027, 6, 30)),
        (date(2027, 12, 31), 24, date(2029, 12, 31)),
        (date(2031, 12, 31), -12, date(2030, 12, 31)),
        (date(2029, 3, 31), -13, date(2028, 2, 29)),
    ],
)
def test_months_are_counted_from_day_to_day(day, months, later):
    assert months_later(day, months) == later


def test_every_step_has_a_name_a_phase_and_lead_times():
    assert list(LEADS) == list(STEPS)
    assert {lead.phase for lead in LEADS.values()} == set(PHASES)


@pytest.mark.parametrize(("pace", "months"), [(SHORT, 12), (USUAL, 18), (LONG, 24)])
def test_a_pace_takes_the_months_that_it_says(pace, months):
    days = usual_days(date(2027, 3, 1), pace, 6)
    assert days["launch"] == months_later(date(2027, 3, 1), months)
    assert days["first_report"] == months_later(date(2027, 3, 1), months + 6)
    assert str(months) in PACES[pace].message


@pytest.mark.parametrize("pace", PACES)
def test_the_steps_of_every_pace_are_in_order(pace):
    days = list(usual_days(date(2027, 3, 1), pace, 12).values())
    assert days == sorted(days)


def test_the_days_are_shown_before_they_are_saved(world, as_role):
    page = as_role("secretariat").get(f"{HOME}/make?start=2027-01-31&pace=usual")
    assert "Task force named 28 February 2027" in page.words
    assert queries.steps_of(world.plan) == []
    shown = page.submit("save-form").follow().words
    assert "Task force named 28 February 2027" in shown
    assert len(queries.steps_of(world.plan)) == len(STEPS)


@pytest.mark.parametrize(
    "asked",
    ["start=&pace=usual", "start=2027-02-30&pace=usual", "start=2027-01-01&pace=never", "start=9999-01-01", "x=1"],
)
def test_an_odd_start_is_refused(world, as_role, asked):
    as_role("chair").get(f"{HOME}/make?{asked}", expect=422)


@pytest.mark.parametrize("start", ["", "9999-12-31", "2027-02-30", "<b>"])
def test_an_odd_start_saves_nothing(world, as_role, start):
    page = as_role("chair").get(f"{HOME}/make?start=2027-01-31&pace=usual")
    page.submit("save-form", expect=422, start=start)
    assert queries.steps_of(world.plan) == []


def test_another_start_moves_what_is_still_to_do_alone(world, steps, as_role):
    with transaction():
        services.mark(INSTALLATION, steps["decision"], "done", seen=1)
        services.add_step(INSTALLATION, world.plan, {"en": "Visit the regions"}, "consult", date(2027, 5, 5))
    page = as_role("chair").get(f"{HOME}/make?start=2027-03-31&pace=usual")
    assert "Task force named 28 February 2027 30 April 2027" in page.words
    page.submit("save-form")
    days = {step.kind: step.due for step in queries.steps_of(world.plan)}
    assert (days["decision"], days["task_force"]) == (date(2027, 1, 31), date(2027, 4, 30))
    assert days[None] == date(2027, 5, 5)


def test_a_step_moves_alone(world, steps, as_role):
    page = as_role("chair").get(f"{HOME}/step/{steps['inception'].key}?due=2027-04-10")
    assert "Inception meeting 31 March 2027 10 April 2027" in page.words
    page.submit("save-form")
    days = {step.kind: step.due for step in queries.steps_of(world.plan)}
    assert (days["inception"], days["consultation_opens"]) == (date(2027, 4, 10), date(2027, 5, 31))


def test_a_step_takes_the_later_ones_along(world, steps, as_role):
    with transaction():
        services.mark(INSTALLATION, steps["analysis"], "dropped", seen=1)
    page = as_role("chair").get(f"{HOME}/step/{steps['inception'].key}?due=2027-04-10&shift=y")
    assert "Consultation opens 31 May 2027 10 June 2027" in page.words
    assert "Situation analysis" not in page.words
    assert "13 steps are moved." in page.submit("save-form").follow().words
    days = {step.kind: step.due for step in queries.steps_of(world.plan)}
    assert days["consultation_opens"] == date(2027, 6, 10)
    assert (days["task_force"], days["analysis"]) == (date(2027, 2, 28), date(2027, 6, 30))


@pytest.mark.parametrize("asked", ["due=", "due=2027-13-01", "due=0001-01-01", "shift=y", "due=2100-12-01&shift=y"])
def test_an_odd_day_is_refused(steps, as_role, asked):
    as_role("chair").get(f"{HOME}/step/{steps['inception'].key}?{asked}", expect=422)


def test_a_step_that_somebody_moved_is_not_moved_unseen(steps, as_role):
    address = f"{HOME}/step/{steps['inception'].key}?due=2027-04-10"
    first, second = (as_role("chair").get(address) for _ in range(2))
    first.submit("save-form")
    second.submit("save-form", expect=409)


def test_a_step_that_is_done_is_not_moved(steps, as_role):
    page = as_role("chair").get(f"{HOME}/step/{steps['inception'].key}?due=2027-04-10")
    with transaction():
        services.mark(INSTALLATION, steps["inception"], "done", seen=1)
    page.submit("save-form", expect=409, seen="2")


def test_a_step_that_falls_there_already_is_refused(steps, as_role):
    page = as_role("chair").get(f"{HOME}/step/{steps['inception'].key}?due=2027-03-31")
    page.submit("save-form", expect=422)


def test_a_step_is_done_and_taken_back(steps, as_role):
    with time_machine.travel("2027-03-01T12:00Z"):
        page = as_role("chair").get(HOME).submit(f"{steps['decision'].key}/done").follow()
        row = page.all(f"//tr[@id='s-{steps['decision'].key}']")[0]
        assert "1 March 2027" in row.text_content()
        page.submit(f"{steps['decision'].key}/open")
    assert queries.step_at("nap-2", steps["decision"].key).state == "open"


def test_a_step_is_late_in_words_once_its_day_is_past(steps, as_role):
    with time_machine.travel("2027-03-01T12:00Z"):
        page = as_role("official").get(HOME)
    late = [row.get("id") for row in page.all("//tr[.//*[contains(@class, 'is-late')]]")]
    assert late == [f"s-{steps[kind].key}" for kind in ("decision", "task_force")]
    assert "2 steps are late" in page.words


def test_the_day_turns_where_the_plan_is(world, steps):
    with transaction():
        world.plan.timezone = "Pacific/Auckland"
    with time_machine.travel("2027-01-31T12:30Z"):
        assert queries.step_at("nap-2", steps["decision"].key).is_late(queries.today_of(world.plan))


def test_a_step_of_our_own_is_added_named_and_moved(world, as_role):
    page = as_role("chair").get(f"{HOME}/add")
    page = page.submit("step-form", **{"title-en": "Visit the regions"}, phase="consult", due="2027-05-05").follow()
    key = queries.steps_of(world.plan)[0].key
    page = as_role("chair").get(f"{HOME}/step/{key}/name").submit("step-form", **{"title-en": "See the regions"})
    assert "See the regions 5 May 2027" in page.follow().words


@pytest.mark.parametrize("changed", [{"title-en": ""}, {"phase": "never"}, {"due": ""}, {"due": "1999-12-31"}])
def test_a_step_without_name_phase_or_day_is_refused(world, as_role, changed):
    typed = {"title-en": "Visit the regions", "phase": "consult", "due": "2027-05-05", **changed}
    as_role("chair").get(f"{HOME}/add").submit("step-form", expect=422, **typed)
    assert queries.steps_of(world.plan) == []


def test_a_usual_step_is_not_renamed(steps, as_role):
    as_role("chair").get(f"{HOME}/step/{steps['costing'].key}/name", expect=404)


def test_staff_read_the_calendar_and_only_the_secretariat_and_the_chair_write_it(steps, as_role):
    page = as_role("focal_point").get(HOME)
    assert not page.all("//main//form")
    page.client.get(f"{HOME}/make", expect=403)
    page.client.get(f"{HOME}/step/{steps['costing'].key}", expect=403)


def test_a_step_of_another_plan_is_not_there(steps, as_role):
    with transaction():
        a_plan(slug="other")
    as_role("chair").get(f"/en/w/other/calendar/step/{steps['costing'].key}", expect=404)


def test_what_comes_next_holds_meetings_and_open_steps_from_today_on(world, steps):
    with transaction():
        services.mark(INSTALLATION, steps["inception"], "dropped", seen=1)
        a_meeting(world.plan, number=1, day=date(2027, 2, 27), title={"en": "Before"})
        a_meeting(world.plan, number=2, day=date(2027, 2, 28), title={"en": "On the day"})
        a_meeting(world.plan, number=3, day=date(2027, 4, 1), title={"en": "After"})
    with time_machine.travel("2027-02-28T12:00Z"):
        found = queries.next_dates(world.plan, 4)
    titles = [one.title for one in found]
    assert titles == ["Task force named", "Meeting 2: On the day", "Meeting 3: After", "Consultation opens"]


def test_the_database_refuses_a_step_that_is_neither_usual_nor_named(world, db):
    step = Step(plan=world.plan, phase="draft", position=0, due=date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="ck_process_step_title"), transaction():
        db.session.add(step)
