"""Letters that remind: who gets one, when, and what stands in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nap_builder.home.jobs import send_reminders
from nap_builder.home.models import Reminder
from nap_builder.home.queries.need import Need
from nap_builder.home.services.reminders import worth_a_letter
from nap_builder.kernel import mail
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from tests.access.ground import SECRET


@pytest.fixture
def office(app, world):
    """The installation with a mail server and an address of its own."""
    before = app.config["NAP"]
    app.config["NAP"] = replace(before, base_url="https://nap.example")
    mail.prepare(app, "smtp+plain://127.0.0.1:9?from=nap@example.org")
    yield world
    mail.prepare(app, None)
    app.config["MAIL_SERVER"], app.config["NAP"] = None, before


def remind():
    """Runs the work as the worker does."""
    send_reminders.does(lambda _percent, _sentence: None)
    return {letter.recipient: letter for letter in mail.waiting()}


def person(world, who, **given):
    with transaction():
        found = db.session.merge(world.people[who])
        for name, value in given.items():
            setattr(found, name, value)
        return found.email


def test_the_secretariat_is_told_what_the_plan_needs_with_the_address_of_the_form(office):
    with transaction():
        office.activities[0].title = {"en": f"{SECRET} title"}
        office.objective.lead_id = office.activities[0].lead_id = None
    letter = remind()[person(office, "secretariat")]
    assert "https://nap.example/en/w/nap-2/unled" in letter.text
    assert SECRET not in letter.text


def test_a_letter_is_written_in_the_person_s_language(office):
    email = person(office, "secretariat", language="fr")
    assert "https://nap.example/fr/w/nap-2" in remind()[email].text


def test_a_letter_leads_to_where_letters_are_turned_off(office):
    email = person(office, "secretariat", language="fr")
    assert "https://nap.example/fr/profile" in remind()[email].text


def test_one_letter_a_week(office):
    remind()
    with transaction():
        for letter in mail.waiting():
            letter.sent_at = now()
    assert remind() == {}


def test_after_a_week_there_is_another(office):
    remind()
    with transaction():
        for letter in mail.waiting():
            letter.sent_at = now()
        db.session.query(Reminder).update({"at": now() - timedelta(days=8)})
    assert person(office, "secretariat") in remind()


def test_who_wants_none_gets_none(office):
    email = person(office, "secretariat", letters="never")
    assert email not in remind()


def test_who_is_closed_gets_none(office):
    email = person(office, "secretariat", active=False)
    assert email not in remind()


def test_what_is_urgent_comes_within_the_week_but_once(office):
    secretariat = db.session.merge(office.people["secretariat"])
    urgent = Need("Confirm the adoption", "late", "Waiting for you", endpoint="home.home", urgent=True)
    lately = [Reminder(urgent=False, needs=[], at=now())]
    assert worth_a_letter(secretariat, [urgent], lately) == [urgent]
    assert worth_a_letter(secretariat, [urgent], [*lately, Reminder(urgent=True, needs=[urgent.key])]) == []


def test_who_asked_for_what_is_urgent_gets_nothing_else(office):
    secretariat = db.session.merge(office.people["secretariat"])
    secretariat.letters = "urgent"
    assert worth_a_letter(secretariat, [Need("Write", "warn", "To do", endpoint="home.home")], []) == []
    db.session.rollback()


def test_without_a_mail_server_nothing_is_written(world):
    send_reminders.does(lambda _percent, _sentence: None)
    assert mail.waiting() == []


def test_a_person_chooses_in_the_profile(as_role, world):
    page = as_role("secretariat").get("/en/profile")
    page.submit("profile", letters="never")
    assert db.session.merge(world.people["secretariat"]).letters == "never"
