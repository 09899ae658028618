"""The page of a reporting period: who has not reported, what waits, and the reminders."""

from datetime import date

import pytest
import time_machine

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import DRAFT, RETURNED, VERIFIED, ReportReminder
from nap_builder.monitoring.names import TO_APPROVE, TO_VERIFY
from nap_builder.monitoring.queries.cycle import cycle_of, standing_of
from nap_builder.plans.models.framework import Activity
from tests.builders.monitoring import a_period, an_update, in_execution

CYCLE = "/en/w/nap-2/cycle/2027-12-31"
REMIND = f"{CYCLE}/remind"
SECRET = "Zyxwvut"


@pytest.fixture
def here(world):
    """The small State eleven days after the reports of an open period were due."""
    with time_machine.travel("2028-02-11T12:00:00+00:00"):
        with transaction():
            world.period = a_period(in_execution(world.plan))
        yield world


def reported(here, number=0, **given):
    with transaction():
        return an_update(here.period, here.activities[number], status="on_track", **given)


def row_of(page, code):
    """The cells of an institution's row by their labels."""
    row = page.all(f"//tr[td/div/div[text()='{code}']]")[0]
    return {cell.get("data-label"): cell.text_content().strip() for cell in row.xpath("./td")}


def test_the_first_line_says_who_has_not_reported(as_role, here):
    reported(here)
    page = as_role("auditor").get(CYCLE)
    assert "Ministry of the Interior has not reported everything." in page.words
    reported(here, 1)
    assert "Every institution has reported." in as_role("auditor").get(CYCLE).words


def test_each_institution_is_counted(as_role, here):
    reported(here, state=DRAFT)
    cells = row_of(as_role("official").get(CYCLE), "DEF")
    assert (cells["Asked"], cells["Reported"], cells["Drafts"], cells["Returned"]) == ("1", "0", "1", "0")
    assert cells["Late"] == "11 days"
    assert cells["Last reminded"] == "Never"


def test_what_nothing_changed_in_counts_as_reported(as_role, here):
    reported(here, unchanged=True)
    assert row_of(as_role("official").get(CYCLE), "DEF")["Reported"] == "11 unchanged"


def test_an_institution_that_reported_is_not_late(as_role, here):
    reported(here)
    assert row_of(as_role("official").get(CYCLE), "DEF")["Late"] == "No"


def test_before_the_day_nobody_is_late(as_role, here, db):
    with transaction():
        db.session.merge(here.period).due = date(2028, 2, 11)
    assert row_of(as_role("official").get(CYCLE), "DEF")["Late"] == "No"


def test_what_was_returned_is_late_again(as_role, here):
    reported(here, state=RETURNED)
    cells = row_of(as_role("official").get(CYCLE), "DEF")
    assert (cells["Returned"], cells["Late"]) == ("1", "11 days")


@pytest.mark.parametrize(
    ("state", "approves", "stands"),
    [("submitted", False, TO_VERIFY), ("submitted", True, TO_APPROVE), ("approved", True, TO_VERIFY)],
)
def test_what_the_institution_itself_approves_waits_for_that_first(here, state, approves, stands):
    with transaction():
        here.institutions["DEF"].approves_reports = approves
    reported(here, state=state)
    found = cycle_of(here.period, actor_of(here.people["secretariat"])).reporter("DEF")
    assert standing_of(found.dues[0]) == stands


def test_the_queue_is_for_those_who_verify(as_role, here):
    reported(here)
    assert "1 update to verify" in as_role("secretariat").get(CYCLE).words
    assert "1 update to verify" in as_role("auditor").get(CYCLE).words
    assert "1 update to verify" not in as_role("official").get(CYCLE).words


def test_who_wrote_an_update_does_not_find_it_in_the_queue(as_role, here):
    with transaction():
        author = here.people["secretariat"].id
    reported(here, author_id=author, source="call")
    assert "1 update to verify" not in as_role("secretariat").get(CYCLE).words


def test_the_page_is_cut_by_institution_and_state(as_role, here):
    reported(here)
    browser = as_role("secretariat")
    assert "Open police desks" not in browser.get(f"{CYCLE}?institution=DEF").words
    assert not browser.get(f"{CYCLE}?state=nothing").all("//tr[td/div/div[text()='DEF']]")
    assert "No institution passes the filter." in browser.get(f"{CYCLE}?state=verified").words


@pytest.mark.parametrize(
    "asked", ["institution=NONE", "state=odd", "institution=&state=", "institution=DEF&institution=INT"]
)
def test_a_filter_that_names_nothing_shows_all(as_role, here, asked):
    as_role("secretariat").get(f"{CYCLE}?{asked}")


def test_periods_lead_to_each_other(as_role, here):
    with transaction():
        a_period(here.plan, "2028-12-31", state="planned")
    browser = as_role("official")
    later = browser.get(browser.get(CYCLE).all("//nav//a[contains(., 'Next')]/@href")[0])
    assert "This period is not open yet." in later.words
    assert later.all("//nav//a[contains(., 'Back')]/@href") == [CYCLE]


def test_a_period_in_which_nothing_is_due_says_so(as_role, here, db):
    with transaction():
        db.session.query(Activity).update({"starts": "2030"})
    assert "Nothing is due in this period." in as_role("official").get(CYCLE).words


def test_what_is_restricted_is_neither_named_nor_counted_for_others(as_role, here, db):
    with transaction():
        db.session.merge(here.activities[0]).restricted = True
        db.session.merge(here.activities[0]).title = {"en": SECRET}
    for who in ("interior", "auditor"):
        page = as_role(who).get(CYCLE)
        assert SECRET not in page.text
        assert not [row for row in page.all("//tr") if "DEF" in row.text_content()]
    assert SECRET in as_role("official").get(CYCLE).text


def test_only_staff_read_it(as_role, here, client):
    as_role("contributor").get(CYCLE, expect=404)
    as_role("parliamentarian").get(CYCLE, expect=404)
    client.get(CYCLE, expect=302)


def test_the_page_takes_no_more_statements_for_a_larger_plan(as_role, here, db, queries):
    browser = as_role("secretariat")
    few = len(browser.get(CYCLE, budget=60).watch.statements)
    with transaction():
        place = {"plan_id": here.plan.id, "pillar_id": here.pillar.id, "objective_id": here.objective.id}
        more = [
            Activity(**place, code=f"1.1.{n}", position=n, title={"en": "More"}, lead_id=here.institutions["DEF"].id)
            for n in range(5, 25)
        ]
        db.session.add_all(more)
        db.session.flush()
        for row in more[::2]:
            an_update(here.period, row, status="on_track")
    assert len(browser.get(CYCLE, budget=60).watch.statements) <= few + 2


# The text that reminds.


def test_a_text_to_copy_names_what_is_missing(as_role, here):
    page = as_role("secretariat").get(f"{REMIND}/DEF")
    text = page.form("remind").fields["text"]
    assert "1.1.1 Recruit women officers" in text
    assert "31 January 2028" in text
    assert "/en/my" in text


def test_it_is_in_the_language_of_choice(as_role, here):
    page = as_role("secretariat").get(f"{REMIND}/DEF?language=fr")
    assert "/fr/my" in page.form("remind").fields["text"]
    as_role("secretariat").get(f"{REMIND}/DEF?language=xx")


def test_that_they_were_reminded_is_noted(as_role, here, db):
    browser = as_role("secretariat")
    browser.get(f"{REMIND}/DEF").submit("remind")
    assert db.session.query(ReportReminder.by).all() == [("secretariat",)]
    assert row_of(browser.get(CYCLE), "DEF")["Last reminded"].startswith("11 February 2028")
    assert "reminded DEF to report for the period to 31 December 2027" in as_role("auditor").get("/en/audit").words


def test_restricted_activities_are_not_in_the_text(as_role, here, db):
    with transaction():
        db.session.merge(here.activities[0]).restricted = True
    page = as_role("secretariat").get(f"{REMIND}/DEF")
    assert "Recruit" not in page.form("remind").fields["text"]
    assert "What is restricted is left out" in page.words


def test_who_reported_everything_is_not_reminded(as_role, here):
    page = as_role("secretariat").get(f"{REMIND}/DEF")
    reported(here)
    page.submit("remind", expect=409)
    as_role("secretariat").get(f"{REMIND}/DEF", expect=404)


@pytest.mark.parametrize("code", ["NONE", "WOMEN"])
def test_who_is_asked_for_nothing_is_not_reminded(as_role, here, code):
    as_role("secretariat").get(f"{REMIND}/{code}", expect=404)


def test_in_a_closed_period_nobody_is_reminded(as_role, here, db):
    with transaction():
        db.session.merge(here.period).state = "closed"
    as_role("secretariat").get(f"{REMIND}/DEF", expect=404)


@pytest.mark.parametrize("who", ["official", "focal_point", "auditor"])
def test_ministries_remind_nobody(as_role, here, who):
    as_role(who).get(f"{REMIND}/INT", expect=403)


def test_what_is_verified_counts_as_reported(as_role, here):
    reported(here, state=VERIFIED)
    cells = row_of(as_role("official").get(CYCLE), "DEF")
    assert (cells["Reported"], cells["To verify"], cells["Verified"]) == ("1", "0", "1")
