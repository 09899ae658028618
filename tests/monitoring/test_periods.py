"""The monitoring mechanism, and the reporting periods: laid out, changed, opened and closed."""

from contextlib import ExitStack
from datetime import date
from itertools import pairwise

import pytest
import time_machine

from nap_builder.kernel.access import FRESH_FOR
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.progress.rhythm import Span, gaps, spans
from nap_builder.plans.models.plan import Plan
from tests.builders.monitoring import a_period, an_update, in_execution

PERIODS = "/en/w/nap-2/periods"
CYCLE = "/en/w/nap-2/cycle/2027-12-31"
MECHANISM = "/en/w/nap-2/settings/mechanism"


def days(*parts):
    return [Span(*(date.fromisoformat(day) for day in part.split("/"))) for part in parts]


def a_span(text):
    return days(text)[0]


@pytest.fixture
def on():
    """Sets the day, at noon in UTC: `on("2028-01-05")`."""
    with ExitStack() as until_the_end:
        yield lambda day: until_the_end.enter_context(time_machine.travel(f"{day}T12:00:00+00:00"))


@pytest.fixture
def carried_out(world):
    """The small State with a plan that is carried out."""
    with transaction():
        in_execution(world.plan)
    return world


def period(world, **given):
    with transaction():
        return a_period(world.plan, **given)


def saved(db):
    db.session.rollback()
    return db.session.query(ReportingPeriod).order_by(ReportingPeriod.ends).all()


# How days are cut.


def test_periods_are_in_step_with_the_fiscal_year_and_cut_at_both_ends_of_the_plan():
    found = spans(a_span("2027-01-01/2028-12-31"), 12, "07-01")
    assert found == days("2027-01-01/2027-06-30", "2027-07-01/2028-06-30", "2028-07-01/2028-12-31")


def test_a_rhythm_of_months_that_do_not_fill_a_year_goes_on():
    found = spans(a_span("2027-01-01/2028-06-30"), 5, "01-01")
    assert [one.starts.month for one in found] == [1, 6, 11, 4]


def test_a_fiscal_year_of_the_29th_of_february_begins_on_the_28th_where_there_is_none():
    assert spans(a_span("2027-02-28/2027-12-31"), 12, "02-29")[0].starts == date(2027, 2, 28)


def test_a_plan_of_one_day_has_one_period():
    assert spans(a_span("2027-05-05/2027-05-05"), 6, "01-01") == days("2027-05-05/2027-05-05")


@pytest.mark.parametrize("months", [1, 3, 6, 7, 12, 18, 60])
def test_periods_cover_every_day_of_the_plan_once(months):
    whole = a_span("2027-03-15/2031-10-02")
    found = spans(whole, months, "04-01")
    assert gaps(whole, found) == []
    assert all(not one.overlaps(other) for one, other in pairwise(found))


def test_gaps_are_found_before_between_and_after():
    whole = a_span("2027-01-01/2027-12-31")
    some = days("2027-02-01/2027-02-28", "2027-04-01/2027-11-30")
    assert gaps(whole, some) == days("2027-01-01/2027-01-31", "2027-03-01/2027-03-31", "2027-12-01/2027-12-31")


# Laying out.


def test_the_secretariat_sees_the_periods_before_they_are_saved(as_role, world, db):
    browser = as_role("secretariat")
    page = browser.get(f"{PERIODS}/make?days=45")
    assert "5 periods to be saved" in page.words
    assert "14 February 2028" in page.words
    assert saved(db) == []
    page.submit("save-form")
    first, *others = saved(db)
    assert (first.ends.year, first.due.isoformat(), len(others)) == (2027, "2028-02-14", 4)


def test_thirty_days_to_hand_in_where_nothing_is_said(as_role, world, db):
    as_role("secretariat").get(f"{PERIODS}/make").submit("save-form")
    assert saved(db)[0].due == date(2028, 1, 30)


@pytest.mark.parametrize("typed", ["", "-1", "367", "many", "1e9", "٣٠x"])
def test_days_that_cannot_be_are_refused(as_role, world, db, typed):
    browser = as_role("secretariat")
    browser.get(f"{PERIODS}/make?days={typed}", expect=422)
    browser.get(f"{PERIODS}/make").submit("save-form", days=typed, expect=422)
    assert saved(db) == []


def test_what_was_opened_stays_and_what_is_only_planned_gives_way(as_role, world, db):
    with transaction():
        world.plan.reporting_months = 6
        a_period(world.plan, "2027-12-31")
        a_period(world.plan, "2030-12-31", state="planned")
    as_role("secretariat").get(f"{PERIODS}/make").submit("save-form")
    found = saved(db)
    assert [one.state for one in found] == ["open", *["planned"] * 8]
    assert found[1].starts == date(2028, 1, 1)


def test_saving_the_same_periods_again_leaves_them_as_they_are(as_role, world, db):
    browser = as_role("secretariat")
    browser.get(f"{PERIODS}/make").submit("save-form")
    before = [(one.key, one.ends) for one in saved(db)]
    browser.get(f"{PERIODS}/make?days=10").submit("save-form")
    assert [(one.key, one.ends) for one in saved(db)] == before


def test_where_every_day_has_its_period_there_is_nothing_to_save(as_role, world, db):
    period(world, ends="2031-12-31", starts=date(2027, 1, 1))
    page = as_role("secretariat").get(f"{PERIODS}/make")
    assert "Every day of the plan has its period already." in page.words


@pytest.mark.parametrize("who", ["official", "focal_point", "auditor", "administrator"])
def test_others_prepare_nothing(as_role, world, who):
    as_role(who).get(f"{PERIODS}/make", expect=403)


# By hand.


def test_a_period_by_hand_is_due_thirty_days_after_its_end(as_role, world, db):
    as_role("secretariat").get(f"{PERIODS}/add").submit("period", ends="2027-06-30")
    assert [(one.starts.isoformat(), one.due.isoformat()) for one in saved(db)] == [("2027-01-01", "2027-07-30")]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("2027-06-30", "2027-01-01", ""), "ends before it starts"),
        (("2026-12-31", "2027-06-30", ""), "The plan begins on 1 January 2027"),
        (("2031-01-01", "2032-01-01", ""), "The plan ends on 31 December 2031"),
        (("2029-01-01", "2029-06-30", "2029-06-29"), "after the period ends"),
        (("2029-01-01", "2029-06-30", "2039-06-29"), "within a year"),
        (("2027-12-31", "2028-06-30", ""), "Another period has some of these days"),
        (("2026-02-30", "2028-06-30", ""), "Not a valid date"),
        (("", "", ""), "Choose the first day"),
        (("0001-01-01", "9999-12-31", ""), "between the years 2000 and 2100"),
    ],
)
def test_days_that_do_not_fit_are_refused_beside_the_field(as_role, world, db, typed, says):
    period(world)
    starts, ends, due = typed
    page = as_role("secretariat").get(f"{PERIODS}/add").submit("period", starts=starts, ends=ends, due=due, expect=422)
    assert says in page.words
    assert len(saved(db)) == 1


def test_a_gap_is_said_on_the_page(as_role, world):
    period(world)
    assert "1 January 2028 to 31 December 2031" in as_role("official").get(PERIODS).words


def test_a_planned_period_is_changed(as_role, world, db):
    period(world, state="planned")
    as_role("secretariat").get(f"{CYCLE}/edit").submit("period", due="2028-02-29")
    assert saved(db)[0].due == date(2028, 2, 29)


def test_of_an_open_period_only_the_day_to_hand_in_is_changed(as_role, world, db):
    period(world)
    page = as_role("secretariat").get(f"{CYCLE}/edit")
    page.submit("period", due="2028-03-01", ends="2029-01-01")
    assert (saved(db)[0].due, saved(db)[0].ends) == (date(2028, 3, 1), date(2027, 12, 31))


def test_a_closed_period_keeps_its_days(as_role, world, db):
    period(world)
    page = as_role("secretariat").get(f"{CYCLE}/edit")
    with transaction():
        db.session.query(ReportingPeriod).update({"state": "closed"})
    assert "closed" in page.submit("period", due="2028-03-01", expect=409).words
    as_role("secretariat").get(f"{CYCLE}/edit", expect=409)


def test_a_stale_edit_shows_both(as_role, world, db):
    period(world, state="planned")
    browser = as_role("secretariat")
    first, second = browser.get(f"{CYCLE}/edit"), browser.get(f"{CYCLE}/edit")
    first.submit("period", due="2028-02-01")
    second.submit("period", due="2028-03-01", expect=409)
    assert saved(db)[0].due == date(2028, 2, 1)


def test_a_planned_period_is_removed(as_role, world, db):
    period(world, state="planned")
    as_role("secretariat").get(PERIODS).submit("remove")
    assert saved(db) == []


def test_what_was_opened_meanwhile_is_not_removed(as_role, world, db):
    period(world, state="planned")
    page = as_role("secretariat").get(PERIODS)
    with transaction():
        db.session.query(ReportingPeriod).update({"state": "open"})
    page.submit("remove", expect=409)
    assert len(saved(db)) == 1


def test_what_holds_a_report_is_not_removed(as_role, world, db):
    with transaction():
        an_update(a_period(world.plan, state="planned"), world.activities[0], status="on_track")
    as_role("secretariat").get(PERIODS).submit("remove", expect=409)
    assert len(saved(db)) == 1


@pytest.mark.parametrize("ends", ["2027-12-30", "2027-13-01", "nonsense", "20271231", "2027-12-31x", "2027-W01-1"])
def test_an_address_that_is_no_period_is_not_there(as_role, world, ends):
    period(world)
    as_role("chair").get(f"/en/w/nap-2/cycle/{ends}", expect=404)


def test_the_period_of_another_plan_is_not_there(as_role, world, db):
    period(world)
    with transaction():
        facts = {"country": "XSR", "languages": ["en"], "starts": date(2027, 1, 1), "ends": date(2031, 12, 31)}
        db.session.add(Plan(slug="other", title={"en": "Other"}, **facts))
    as_role("chair").get("/en/w/other/cycle/2027-12-31", expect=404)


# Opening and closing.


def test_the_chair_opens_a_period_that_has_begun(as_role, carried_out, on, db):
    period(carried_out, state="planned")
    on("2027-01-01")
    as_role("chair").get(f"{CYCLE}/open").submit("open")
    assert (saved(db)[0].state, saved(db)[0].opened_at is not None) == ("open", True)


def test_a_period_that_has_not_begun_is_not_opened(as_role, carried_out, on, db):
    period(carried_out, state="planned")
    on("2026-12-31")
    assert (
        "The period begins on 1 January 2027" in as_role("chair").get(f"{CYCLE}/open").submit("open", expect=409).words
    )


def test_where_the_plan_is_the_period_begins_at_midnight(as_role, carried_out, on, db):
    with transaction():
        carried_out.plan.timezone = "Asia/Tokyo"
    period(carried_out, state="planned")
    on("2026-12-31")  # noon in UTC, past nine in the evening there
    as_role("chair").get(f"{CYCLE}/open").submit("open", expect=409)


@pytest.mark.parametrize(
    ("state", "word"), [("drafting", "In drafting"), ("validation", "In validation"), ("closed", "Closed")]
)
def test_a_plan_that_is_not_carried_out_opens_no_period(as_role, world, on, db, state, word):
    with transaction():
        world.plan.state = state
    period(world, state="planned")
    on("2028-01-01")
    assert word in as_role("chair").get(f"{CYCLE}/open").submit("open", expect=409).words


@pytest.mark.parametrize("state", ["adopted", "under_review"])
def test_a_plan_that_is_adopted_or_under_review_opens_periods(as_role, world, on, db, state):
    with transaction():
        world.plan.state = state
    period(world, state="planned")
    on("2028-01-01")
    as_role("chair").get(f"{CYCLE}/open").submit("open")


@pytest.mark.parametrize("step", ["open", "close", "publish", "withdraw"])
@pytest.mark.parametrize("who", ["secretariat", "official", "focal_point", "auditor"])
def test_only_the_chair_opens_closes_and_publishes(as_role, carried_out, who, step, db):
    period(carried_out)
    browser = as_role(who)
    browser.get(f"{CYCLE}/{step}", expect=403)
    browser.get("/en/profile").form("profile")
    values = browser.get("/en/profile").filled("profile")[1]
    browser.post(f"{CYCLE}/{step}", data=values, expect=403)
    assert saved(db)[0].state == "open"


def test_the_password_is_asked_for_again(carried_out, as_role):
    period(carried_out)
    browser = as_role("chair")
    with time_machine.travel(now() + FRESH_FOR):
        assert "confirm" in browser.get(f"{CYCLE}/close", expect=303).location


def test_closing_says_first_who_has_not_reported_and_what_waits(as_role, carried_out, db):
    with transaction():
        an_update(a_period(carried_out.plan), carried_out.activities[0], status="on_track")
    page = as_role("chair").get(f"{CYCLE}/close")
    assert "1 institution has not reported everything" in page.words
    assert "Ministry of the Interior: 1 update is missing" in page.words
    assert "1 update waits to be verified" in page.words
    page.submit("close")
    assert saved(db)[0].state == "closed"


def test_a_closed_period_is_neither_closed_nor_opened_again(as_role, carried_out, db):
    period(carried_out)
    browser = as_role("chair")
    page = browser.get(f"{CYCLE}/close")
    browser.get(f"{CYCLE}/close").submit("close")
    page.submit("close", expect=409)
    browser.get(f"{CYCLE}/close").submit("close", expect=409)
    browser.get(f"{CYCLE}/open").submit("open", expect=409)
    assert saved(db)[0].state == "closed"


def test_the_progress_is_published_and_withdrawn_with_a_reason(as_role, carried_out, db):
    period(carried_out, state="closed")
    browser = as_role("chair")
    browser.get(f"{CYCLE}/publish").submit("publish")
    assert saved(db)[0].published_at is not None
    page = browser.get(f"{CYCLE}/withdraw")
    assert "Write why" in page.submit("withdraw", reason=" ", expect=422).words
    page.submit("withdraw", reason="x" * 501, expect=422)
    browser.get(f"{CYCLE}/withdraw").submit("withdraw", reason="A figure was wrong.")
    assert saved(db)[0].published_at is None
    trail = as_role("auditor").get("/en/audit").words
    assert "withdrew the progress to 31 December 2027: A figure was wrong." in trail


def test_publishing_says_that_nothing_is_verified(as_role, carried_out):
    period(carried_out)
    assert "Nothing in this period is verified yet" in as_role("chair").get(f"{CYCLE}/publish").words


@pytest.mark.parametrize("step", ["publish", "withdraw"])
def test_a_planned_period_has_no_progress_to_publish(as_role, carried_out, db, step):
    period(carried_out, state="planned")
    as_role("chair").get(f"{CYCLE}/{step}").submit(
        step, expect=409, **({"reason": "So."} if step == "withdraw" else {})
    )
    assert saved(db)[0].published_at is None


# The mechanism.


def test_what_the_plan_does_not_say_of_who_follows_it_comes_first(as_role, world):
    page = as_role("official").get(PERIODS)
    assert page.words.index("who answers for it") < page.words.index("Reporting periods")
    assert "No periods yet" in page.words


def test_the_mechanism_is_written_and_shown(as_role, world, db):
    page = as_role("secretariat").get(MECHANISM)
    given = {
        "owner": "WOMEN",
        "members": ["DEF", "INT"],
        "meets_every_months": "6",
        "built_on-en": "The yearly reports.",
    }
    shown = page.submit("mechanism", **given).follow()
    assert "every 6 months" in shown.words
    assert "The yearly reports." in shown.words
    db.session.rollback()
    said = db.session.query(Plan.monitoring).filter_by(slug="nap-2").scalar()
    assert said == {
        "owner": "WOMEN",
        "members": ["DEF", "INT"],
        "meets_every_months": 6,
        "built_on": {"en": "The yearly reports."},
    }


def test_a_mechanism_needs_who_answers_for_it(as_role, world):
    page = as_role("secretariat").get(MECHANISM)
    assert "Choose who answers for it." in page.submit("mechanism", members=["DEF"], expect=422).words


def test_an_empty_mechanism_is_none(as_role, world, db):
    with transaction():
        world.plan.monitoring = {"owner": "DEF"}
    as_role("secretariat").get(MECHANISM).submit("mechanism", owner="")
    db.session.rollback()
    assert db.session.query(Plan.monitoring).filter_by(slug="nap-2").scalar() is None


@pytest.mark.parametrize(
    "given", [{"owner": "NOBODY"}, {"owner": "DEF", "members": ["X"]}, {"owner": "DEF", "meets_every_months": "0"}]
)
def test_a_mechanism_that_cannot_be_is_refused(as_role, world, given):
    as_role("secretariat").get(MECHANISM).submit("mechanism", expect=422, **given)


def test_a_stale_mechanism_is_not_saved(as_role, world, db):
    browser = as_role("secretariat")
    first, second = browser.get(MECHANISM), browser.get(MECHANISM)
    first.submit("mechanism", owner="DEF")
    second.submit("mechanism", owner="INT", expect=409)
    db.session.rollback()
    assert db.session.query(Plan.monitoring).filter_by(slug="nap-2").scalar() == {"owner": "DEF"}


def test_the_mechanism_of_an_adopted_plan_is_not_written(as_role, carried_out):
    as_role("secretariat").get(MECHANISM, expect=403)


def test_an_institution_that_is_gone_does_not_break_the_page(as_role, world):
    with transaction():
        world.plan.monitoring = {"owner": "GONE", "members": ["GONE", "DEF"], "built_on": "As it was."}
    assert "As it was." in as_role("secretariat").get(PERIODS).words
    assert "GONE" in as_role("secretariat").get(MECHANISM).words
