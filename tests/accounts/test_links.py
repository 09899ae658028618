"""One-time links: for the invited, and for those who forgot."""

import re
from datetime import timedelta

import pytest
import time_machine

from nap_builder.accounts import second_factor
from nap_builder.accounts.addresses import link_address
from nap_builder.accounts.models import OneTimeLink, Person
from nap_builder.accounts.services import factors, links
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.mail import Letter
from tests.accounts.conftest import in_parallel, sign_in
from tests.builders.accounts import PASSWORD, a_person
from tests.client import Client

OTHER = "velvet anchor mountain spoon"


@pytest.fixture
def invited(world):
    """Somebody invited, and the token of the link."""
    with transaction():
        person = a_person(
            role="official",
            email="new@defence.example",
            name="",
            password=None,
            institution_id=world.institutions["DEF"].id,
        )
        return person, links.make(person)


@pytest.fixture
def forgetful(someone):
    """Somebody who forgot the password, and the token of the link."""
    with transaction():
        return someone, links.make(someone)


def test_the_invited_choose_a_name_and_a_password(client, invited):
    client.get(f"/en/link/{invited[1]}").submit(name="Nadia Orr", password=OTHER)
    sign_in(client, "new@defence.example", OTHER)
    assert "Nadia Orr" in client.get("/en/profile").text


def test_looking_at_a_link_does_not_use_it_up(client, invited):
    client.get(f"/en/link/{invited[1]}")
    client.get(f"/en/link/{invited[1]}")


def test_a_link_works_once(client, invited):
    client.get(f"/en/link/{invited[1]}").submit(name="Nadia Orr", password=OTHER)
    client.get(f"/en/link/{invited[1]}", expect=410)


def test_of_one_invitation_taken_ten_times_at_once_one_counts(client, invited, db):
    _person, token = invited
    pages = [Client(client.app).get(f"/en/link/{token}") for _ in range(10)]
    forms = [(page.client.browser, *page.filled(name=f"Taker {n}", password=OTHER)) for n, page in enumerate(pages)]
    db.session.rollback()
    answers = in_parallel(10, lambda n: forms[n][0].post(forms[n][1], data=forms[n][2]).status_code)
    assert sorted(answers) == [303] + [410] * 9
    assert db.session.query(AuditEntry).filter_by(word="accounts.invitation_accepted").count() == 1


def test_a_newer_link_ends_the_older(client, invited):
    with transaction():
        links.make(invited[0])
    client.get(f"/en/link/{invited[1]}", expect=410)


@pytest.mark.parametrize("days", [6, 8])
def test_an_invitation_works_for_seven_days(client, invited, days):
    with time_machine.travel(now() + timedelta(days=days)):
        client.get(f"/en/link/{invited[1]}", expect=200 if days < 7 else 410)


@pytest.mark.parametrize(
    ("mailed", "minutes", "works"), [(True, 29, True), (True, 31, False), (False, 1439, True), (False, 1441, False)]
)
def test_a_new_password_must_be_chosen_in_time(client, someone, mailed, minutes, works):
    with transaction():
        token = links.make(someone, mailed=mailed)
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        client.get(f"/en/link/{token}", expect=200 if works else 410)


def test_only_a_digest_of_a_link_is_kept(invited, db):
    kept = db.session.query(OneTimeLink).one()
    assert invited[1] not in str(vars(kept))


def test_a_link_of_a_closed_account_is_dead(client, forgetful):
    with transaction():
        forgetful[0].active = False
    client.get(f"/en/link/{forgetful[1]}", expect=410)


def test_an_unknown_link_is_gone_in_plain_words(client, world):
    assert "does not work any more" in client.get("/en/link/nothing-like-it", expect=410).words


def test_a_new_password_ends_every_session(client, forgetful):
    sign_in(client, "amina@defence.example")
    Client(client.app).get(f"/en/link/{forgetful[1]}").submit(password=OTHER)
    client.get("/en/profile", expect=302)


def test_the_second_factor_is_still_asked_after(client, forgetful):
    person, token = forgetful
    with transaction():
        secret = second_factor.new_secret()
        factors.set_up(person, secret, second_factor.codes().generate_totp_password(secret))
    client.get(f"/en/link/{token}").submit(password=OTHER)
    assert sign_in(client, "amina@defence.example", OTHER).location == "/en/sign-in/code"


def test_another_person_in_the_body_changes_nothing(client, invited, someone):
    page = client.get(f"/en/link/{invited[1]}")
    address, values = page.filled(name="Nadia Orr", password=OTHER)
    client.post(address, data={**values, "person_id": [str(someone.id)], "email": [someone.email]})
    sign_in(client, "amina@defence.example", PASSWORD)


def test_a_weak_password_is_refused_beside_the_field(client, invited):
    page = client.get(f"/en/link/{invited[1]}").submit(name="Nadia Orr", password="password12", expect=422)
    assert "easy to guess" in page.words


def test_without_mail_the_page_says_whom_to_ask(client, world):
    page = client.get("/en/reset")
    assert "Ask whoever invited you" in page.words
    assert not page.all("//main//form")


def test_with_mail_a_link_is_sent(client, someone, mail_set, db, jobs):
    client.get("/en/reset").submit(email="Amina@defence.example")
    jobs.run_all()
    letter = db.session.query(Letter).one()
    address = re.search(r"https://plan\.example(/en/link/\S+)", letter.text)[1]
    client.get(address).submit(password=OTHER)
    sign_in(client, "amina@defence.example", OTHER)


def kind(statement):
    return " ".join(statement.split()[:3])


def test_an_unknown_address_is_answered_the_same_and_gets_nothing(client, someone, mail_set, db, jobs):
    known = client.get("/en/reset").submit(email="amina@defence.example")
    unknown = client.get("/en/reset").submit(email="nobody@defence.example")
    assert known.location == unknown.location
    assert [kind(said) for said in known.watch.statements] == [kind(said) for said in unknown.watch.statements]
    jobs.run_all()
    assert [letter.recipient for letter in db.session.query(Letter)] == ["amina@defence.example"]


def test_asking_twice_sends_one_letter(client, someone, mail_set, db, jobs):
    for _ in range(2):
        client.get("/en/reset").submit(email="amina@defence.example")
        jobs.run_all()
    assert db.session.query(Letter).count() == 1


def test_an_expired_invitation_is_not_revived_by_forgetting(client, invited, mail_set, db, jobs):
    client.get("/en/reset").submit(email="new@defence.example")
    jobs.run_all()
    assert db.session.query(Letter).count() == 0
    assert db.session.get(Person, invited[0].id).password is None


def test_a_forged_host_never_gets_into_a_letter(app, mail_set):
    with app.test_request_context("/en/reset", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        assert link_address("token") == "https://plan.example/en/link/token"


def test_the_database_is_asked_again_after_the_hashing(invited):
    person, token = invited
    with transaction():
        links.accept(token, "x", "First")
    with transaction(), pytest.raises(Exception, match="used"):
        links.accept(token, "y", "Second")
    assert db.session.get(Person, person.id).name == "First"
