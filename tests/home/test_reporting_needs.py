"""What reporting needs of each person: before the day, on it and after it, on the page and in letters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from nap_builder.accounts.queries import actor_of
from nap_builder.home.jobs import send_reminders
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.needs import needs_in
from nap_builder.kernel import mail
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import SUBMITTED, VERIFIED, ProgressUpdate
from nap_builder.monitoring.services.corrections import correct
from tests.builders.accounts import PASSWORD_HASH
from tests.builders.monitoring import a_period, an_update, in_execution
from tests.builders.world import a_person

DUE = date(2028, 1, 31)
TELLS = "Report on 1 activity by 31 January 2028"


@pytest.fixture
def here(world):
    """The small State with a period to 31 December 2027, whose reports are due on 31 January 2028; all can sign in."""
    with transaction():
        for person in world.people.values():
            db.session.merge(person).password = PASSWORD_HASH
        world.period = a_period(in_execution(world.plan))
    return world


@pytest.fixture
def letters(app, here):
    """A function: who would get which letter on a day so many days after reports are due; it is then sent."""
    before = app.config["NAP"]
    app.config["NAP"] = replace(before, base_url="https://nap.example")
    mail.prepare(app, "smtp+plain://127.0.0.1:9?from=nap@example.org")

    def on(days):
        with time_machine.travel(moment(days), tick=False):
            send_reminders.does(lambda _percent, _sentence: None)
            found = {letter.recipient: letter.text for letter in mail.waiting()}
            with transaction():
                for letter in mail.waiting():
                    letter.sent_at = now()
        return found

    yield on
    mail.prepare(app, None)
    app.config["MAIL_SERVER"], app.config["NAP"] = None, before


def moment(days):
    """Noon, so many days after reports are due."""
    return datetime(DUE.year, DUE.month, DUE.day, 12, tzinfo=UTC) + timedelta(days=days)


def needs(here, who, days):
    """The needs of a person on a day, by label."""
    with time_machine.travel(moment(days), tick=False):
        found = needs_in(one := actor_of(here.people[who]), Facts(here.plan, one))
        return {need.label: need for need in found}


def only_urgent(here):
    """Nobody wants other letters than urgent ones."""
    with transaction():
        for person in here.people.values():
            db.session.merge(person).letters = "urgent"


def email(here, who):
    return db.session.merge(here.people[who]).email


def test_an_official_is_told_what_to_report_by_when(here):
    need = needs(here, "official", -20)[TELLS]
    assert (need.status, need.urgent) == ("20 days left", False)
    assert need.endpoint == "home.my"


@pytest.mark.parametrize("days", [-14, -2, 0, 7, 21])
def test_each_stage_is_urgent_and_news(here, days):
    need = needs(here, "official", days)[TELLS]
    assert need.urgent
    assert need.stage == f"2027-12-31 {days}"


@pytest.mark.parametrize("days", [-15, -7, 14, 28])
def test_between_the_stages_nothing_is_urgent(here, days):
    assert not needs(here, "official", days)[TELLS].urgent


def test_who_reported_is_told_no_more(here):
    with transaction():
        an_update(here.period, here.activities[0], status="on_track")
    assert TELLS not in needs(here, "official", 3)


def test_what_came_back_is_said(here):
    with transaction():
        an_update(here.period, here.activities[0], status="on_track", state="returned")
    assert needs(here, "official", -10)[TELLS].hint == "1 was sent back."


def test_of_a_planned_and_of_a_closed_period_nothing_is_asked(here):
    for state in ("planned", "closed"):
        with transaction():
            db.session.merge(here.period).state = state
        assert TELLS not in needs(here, "official", 3)


def test_the_focal_point_is_written_to_a_week_after_the_day(here):
    assert not needs(here, "focal_point", 0)[TELLS].urgent
    assert needs(here, "focal_point", 7)[TELLS].urgent


def test_a_focal_point_without_officials_is_written_to_as_one(here):
    label = TELLS
    assert needs(here, "interior", 0)[label].urgent


def test_letters_come_at_each_stage_and_once(letters, here):
    only_urgent(here)
    official, focal_point, chair = (email(here, who) for who in ("official", "focal_point", "chair"))
    days = range(-30, 40)
    told = {day: letters(day) for day in days}
    assert [day for day in days if official in told[day]] == [-14, -2, 0, 7, 21]
    assert [day for day in days if focal_point in told[day]] == [7, 21]
    assert [day for day in days if chair in told[day] and "not reported" in told[day][chair]] == [21]


def test_the_work_may_run_twice(letters, here):
    assert email(here, "official") in letters(-14)
    assert letters(-14) == {}


def test_a_letter_holds_counts_and_names_no_row(letters, here):
    text = letters(-14)[email(here, "official")]
    assert TELLS in text
    assert "https://nap.example/en/my" in text
    assert "Recruit" not in text


def test_restricted_activities_are_not_counted_for_others(here):
    with transaction():
        db.session.merge(here.activities[0]).restricted = True
        an_update(here.period, db.session.merge(here.activities[0]), status="on_track")
    assert "Verify what was reported" not in needs(here, "auditor", 3)
    assert needs(here, "secretariat", 3)["Verify what was reported"].status == "1 report"


def test_the_secretariat_learns_at_once_who_is_late_and_the_chair_after_three_weeks(here):
    label = "Remind those who have not reported"
    assert label not in needs(here, "secretariat", 0)
    assert needs(here, "secretariat", 1)[label].status == "2 institutions are late"
    assert label not in needs(here, "chair", 20)
    assert needs(here, "chair", 21)[label].urgent


def test_verifying_waits_also_after_the_period_is_closed(here):
    with transaction():
        an_update(here.period, here.activities[0], status="on_track")
        db.session.merge(here.period).state = "closed"
    assert "Verify what was reported" in needs(here, "secretariat", 3)
    assert "Verify what was reported" not in needs(here, "official", 3)


def test_who_wrote_a_report_is_not_asked_to_verify_it(here):
    with transaction():
        an_update(here.period, here.activities[0], status="on_track", author_id=here.people["secretariat"].id)
    assert "Verify what was reported" not in needs(here, "secretariat", 3)


def test_what_the_institution_approves_waits_for_its_focal_point(here):
    with transaction():
        db.session.merge(here.institutions["DEF"]).approves_reports = True
        an_update(here.period, here.activities[0], status="on_track")
    assert needs(here, "focal_point", 3)["Approve what your institution reports"].status == "1 report"
    assert "Verify what was reported" not in needs(here, "secretariat", 3)


def test_without_periods_the_secretariat_is_asked_to_lay_them_out(world):
    label = "Lay out the reporting periods"
    assert label not in needs(world, "secretariat", 0)
    with transaction():
        in_execution(world.plan)
    assert label in needs(world, "secretariat", 0)


def test_the_chair_is_asked_to_open_a_period_that_has_begun(here):
    with transaction():
        db.session.merge(here.period).state = "planned"
    label = "Open the reporting period"
    assert not needs(here, "chair", -100)[label].urgent
    assert needs(here, "chair", -20)[label].urgent
    assert label not in needs(here, "chair", -500)
    assert label not in needs(here, "secretariat", -20)


def test_the_chair_is_asked_to_close_what_is_whole_or_three_weeks_late(here):
    label = "Close the reporting period"
    assert label not in needs(here, "chair", 1)
    assert label in needs(here, "chair", 21)
    with transaction():
        for activity in here.activities:
            an_update(here.period, activity, status="on_track", state="verified")
    assert label in needs(here, "chair", 1)


def test_the_chair_is_asked_to_publish_the_newest_closed_period(here):
    label = "Publish the progress"
    assert label not in needs(here, "chair", 1)
    with transaction():
        db.session.merge(here.period).state = "closed"
    assert label in needs(here, "chair", 1)
    with transaction():
        db.session.merge(here.period).published_at = now()
    assert label not in needs(here, "chair", 1)


def test_the_own_pages_of_everybody_hold(as_role, here):
    with transaction():
        an_update(here.period, here.activities[0], status="on_track")
        a_person(role="official", institution=here.institutions["INT"])
    with time_machine.travel(moment(22)):
        for who in ("chair", "secretariat", "official", "focal_point", "auditor"):
            browser = as_role(who)
            browser.get("/en/home")
            browser.get("/en/w/nap-2")
    assert db.session.query(ProgressUpdate).count() == 1


# The tasks of the phase.


def tasks(as_role, days):
    with time_machine.travel(moment(days)):
        page = as_role("auditor").get("/en/w/nap-2/tasks")
    return {link.text_content(): next(link.iterancestors("tr")).text_content() for link in page.all("//main//td//a")}


def test_the_tasks_of_following_the_plan_follow_the_data(as_role, here):
    with transaction():
        facts = {"owner": "DEF", "members": ["INT"], "meets_every_months": 3, "built_on": {"en": "Reports."}}
        db.session.merge(here.plan).monitoring = facts
    found = tasks(as_role, 3)
    assert "Done" in found["Say who follows the plan"]
    assert "Done" in found["Open the reporting period"]
    assert "2 institutions are late" in found["Have every institution report"]
    with transaction():
        for activity in here.activities:
            an_update(here.period, activity, status="on_track", state="verified")
        db.session.merge(here.period).published_at = now()
    found = tasks(as_role, 3)
    for label in ("Have every institution report", "Verify what was reported", "Publish the progress"):
        assert "Done" in found[label]


def test_a_correction_that_is_not_sent_waits_for_its_author_alone(here):
    with transaction():
        update = an_update(here.period, here.activities[0], state=VERIFIED, status="on_track")
        correct(actor_of(here.people["official"]), update, "The list was of another year")

    label = "Finish your correction of a report"
    own = needs(here, "official", 0)
    assert (label in own, label in needs(here, "focal_point", 0)) == (True, False)
    assert here.activities[0].code in own[label].hint


def test_a_correction_that_was_sent_needs_nothing(here):
    with transaction():
        update = an_update(here.period, here.activities[0], state=VERIFIED, status="on_track")
        correct(actor_of(here.people["official"]), update, "The list was of another year").state = SUBMITTED

    assert "Finish your correction of a report" not in needs(here, "official", 0)
