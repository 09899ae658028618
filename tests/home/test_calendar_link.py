"""The secret link of a person's calendar: made, shown once, replaced, revoked, and what it tells."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from icalendar import Calendar

from nap_builder.accounts.models import RoleGrant
from nap_builder.accounts.tokens import digest_of
from nap_builder.home.models import CalendarLink
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.taskforce.models import Membership
from tests.builders.meetings import a_decision, a_meeting
from tests.builders.monitoring import a_period, in_execution
from tests.builders.parliament import an_undertaking

PAGE = "/en/profile/calendar"
SECRET = "Zyxwvut"


def make(browser):
    """Makes a link and gives its address, without the host."""
    page = browser.get(PAGE).submit(0, expect=200)
    return page.all("//input[@id='link']/@value")[0].removeprefix("http://localhost")


def days(client, address):
    """The events of a calendar by what they are called."""
    return {
        str(event["summary"]): event for event in Calendar.from_ical(client.get(address).answer.data).walk("VEVENT")
    }


def used_on(db):
    db.session.rollback()
    return [link.used_on for link in db.session.query(CalendarLink).order_by(CalendarLink.id)]


def test_a_link_is_shown_once_and_only_its_digest_is_kept(as_role, world, db):
    browser = as_role("official")
    address = make(browser)
    token = re.fullmatch(r"/en/calendar/(.+)\.ics", address)[1]
    assert db.session.query(CalendarLink.token_digest).scalar() == digest_of(token)
    assert token not in browser.get(PAGE).text
    assert "Not used yet" in browser.get(PAGE).words


def test_the_profile_leads_to_it(as_role, world):
    assert as_role("parliamentarian").get("/en/profile").all(f"//main//a[@href='{PAGE}']")


def test_it_tells_when_reports_are_due_meetings_decisions_and_undertakings(as_role, client, world):
    with transaction():
        a_period(in_execution(world.plan))
        meeting = a_meeting(world.plan)
        a_decision(meeting, world.institutions["DEF"])
        a_decision(meeting, world.institutions["INT"])
        an_undertaking(world.plan, world.institutions["DEF"])
        an_undertaking(world.plan, world.institutions["INT"])
    found = days(client, make(as_role("official")))
    assert set(found) == {
        "Undertaking no. 1 to parliament is due",
        "Reports on the period to 31 December 2027 are due",
        "Meeting 1 of the task force",
        "A decision of meeting 1 is due",
    }
    assert found["Reports on the period to 31 December 2027 are due"].decoded("dtstart") == date(2028, 1, 31)
    assert "/en/w/nap-2/cycle/2027-12-31" in str(found["Reports on the period to 31 December 2027 are due"]["url"])


def test_it_holds_no_title_place_or_text(as_role, client, world):
    with transaction():
        meeting = a_meeting(world.plan)
        meeting.title, meeting.place, meeting.link = {"en": SECRET}, {"en": SECRET}, f"https://{SECRET}.example"
        a_decision(meeting, world.institutions["DEF"]).text = {"en": SECRET}
        world.plan.title = {"en": SECRET}
    text = client.get(make(as_role("official"))).text
    assert "Meeting 1" in text
    assert SECRET not in text


def test_it_tells_only_what_the_person_may_read(as_role, client, world):
    with transaction():
        a_period(in_execution(world.plan))
        a_meeting(world.plan)
    assert days(client, make(as_role("parliamentarian"))) == {}


def test_it_follows_the_roles_of_the_person(as_role, client, world, db):
    with transaction():
        a_period(in_execution(world.plan))
    address = make(as_role("official"))
    assert days(client, address)
    with transaction():
        db.session.query(RoleGrant).filter_by(person_id=world.people["official"].id).delete()
    assert days(client, address) == {}


def test_meetings_of_a_body_without_a_seat_are_not_told(as_role, client, world, db):
    with transaction():
        a_meeting(world.plan)
        db.session.query(Membership).filter_by(institution_id=world.institutions["DEF"].id).update({"member": False})
    assert "Meeting 1 of the task force" not in days(client, make(as_role("official")))
    assert "Meeting 1 of the task force" in days(client, make(as_role("secretariat")))


def test_a_cancelled_meeting_is_marked(as_role, client, world):
    with transaction():
        a_meeting(world.plan).cancelled_at = now()
    event = days(client, make(as_role("official")))["Meeting 1 of the task force"]
    assert str(event["status"]) == "CANCELLED"


def test_it_speaks_the_language_of_its_address(as_role, client, world):
    address = make(as_role("official"))
    assert client.get(address.replace("/en/", "/fr/")).status == 200


def test_only_the_day_of_the_last_use_is_noted_and_once(as_role, client, world, db):
    address = make(as_role("official"))
    assert client.get(address).watch.writes
    assert not client.get(address).watch.writes
    today = used_on(db)[0]
    with time_machine.travel(now() + timedelta(days=1)):
        client.get(address)
    assert used_on(db) == [today + timedelta(days=1)]


def test_a_replaced_link_stops_working(as_role, client, world):
    browser = as_role("official")
    old, new = make(browser), make(browser)
    client.get(old, expect=404)
    client.get(new)


def test_a_revoked_link_answers_as_an_unknown_one(as_role, client, world):
    browser = as_role("official")
    address = make(browser)
    browser.get(PAGE).submit("revoke")
    answers = [client.get(one, expect=404) for one in (address, "/en/calendar/unknown.ics")]
    texts = [re.sub(r"[0-9a-f]{16}|/(en|fr|ar)/calendar/[^\"]*", "", one.text) for one in answers]
    assert texts[0] == texts[1]


def test_nothing_is_revoked_twice(as_role, world):
    browser = as_role("official")
    make(browser)
    page = browser.get(PAGE)
    browser.get(PAGE).submit("revoke")
    page.submit("revoke", expect=409)


def test_sending_the_form_again_shows_no_link(as_role, world, db):
    browser = as_role("official")
    page = browser.get(PAGE)
    page.submit(0, expect=200)
    page.submit(0, expect=303)
    assert db.session.query(CalendarLink).count() == 1


def test_the_link_of_a_closed_account_does_not_work(as_role, client, world, db):
    address = make(as_role("official"))
    with transaction():
        db.session.merge(world.people["official"]).active = False
    client.get(address, expect=404)


@pytest.mark.parametrize("token", ["x", "x" * 2000, "%00", "..%2F", "é", "a%0Ab"])
def test_odd_tokens_are_not_there(client, world, token):
    client.get(f"/en/calendar/{token}.ics", expect=400 if token == "%00" else 404)


def test_making_and_revoking_are_in_the_trail(as_role, world):
    browser = as_role("official")
    make(browser)
    browser.get(PAGE).submit("revoke")
    trail = as_role("auditor").get("/en/audit").words
    assert "made a link for their own calendar" in trail
    assert "revoked the link of their own calendar" in trail


def test_the_public_makes_none(client, world):
    client.get(PAGE, expect=302)
