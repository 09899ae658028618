"""Who gets in, and until when."""

import re
from datetime import timedelta

import flask_security
import pytest
import time_machine

from nap_builder.accounts import hashing
from nap_builder.accounts.models import SignIn
from nap_builder.accounts.queries import actor_of
from nap_builder.accounts.services import people
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from tests.accounts.conftest import sign_in
from tests.builders.accounts import PASSWORD
from tests.client import Client

OTHER = "velvet anchor mountain spoon"


def copy_of(client):
    """Another browser with the same cookies."""
    other = Client(client.app)
    other.browser.set_cookie("nap", client.browser.get_cookie("nap").value)
    return other


def test_the_right_password_opens_the_profile(client, someone):
    sign_in(client, "Amina@Defence.example ")
    assert "amina@defence.example" in client.get("/en/profile").words


def test_a_wrong_password_opens_nothing(client, someone):
    answer = sign_in(client, "amina@defence.example", "something else", expect=422)
    assert "do not belong together" in answer.words
    client.get("/en/profile", expect=302)


def without_tokens(page, email):
    return re.sub(r'(name="(csrf_token|once)" value=")[^"]*', r"\1", page.text).replace(email, "EMAIL")


@pytest.mark.parametrize("closed", [False, True])
def test_an_unknown_or_closed_account_is_answered_like_a_known_one(client, someone, closed):
    if closed:
        with transaction():
            people.disable(INSTALLATION, someone)
    known = sign_in(client, "amina@defence.example", "wrong words here" if not closed else PASSWORD, expect=422)
    unknown = sign_in(Client(client.app), "nobody@defence.example", PASSWORD, expect=422)
    assert without_tokens(known, "amina@defence.example") == without_tokens(unknown, "nobody@defence.example")
    assert len(known.watch.statements) == len(unknown.watch.statements)


def test_an_unknown_account_costs_a_hash_too(app, monkeypatch):
    looked = []
    monkeypatch.setattr(flask_security, "verify_password", lambda *given: looked.append(given) or True)
    with app.app_context():
        assert not hashing.fits(PASSWORD, None)
    assert len(looked) == 1


def test_the_kept_hash_is_argon2id_of_the_chosen_cost(app):
    with app.app_context():
        assert hashing.hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_session_fixed_before_signing_in_is_dead_after(client, someone):
    sign_in(client, "amina@defence.example")
    before = copy_of(client)
    client.browser.get("/en/sign-in")
    with client.browser.session_transaction() as session:
        old = dict(session)
    with transaction():
        from nap_builder.accounts.services.sessions import end_all  # noqa: PLC0415

        end_all(someone)
    sign_in(client, "amina@defence.example")
    with client.browser.session_transaction() as session:
        assert session["token"] != old["token"]
    before.get("/en/profile", expect=302)


def end_by_signing_out(client, _person):
    client.get("/en/profile")
    client.browser.post("/en/sign-out", data={"csrf_token": csrf(client)})


def csrf(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/en/profile").text)[1]


def end_by_new_password(client, _person):
    client.get("/en/profile/password").submit(present=PASSWORD, password=OTHER)


def end_by_closing(_client, person):
    with transaction():
        people.disable(INSTALLATION, person)


def end_by_a_role(_client, person):
    with transaction():
        people.grant_role(INSTALLATION, person, Role.FOCAL_POINT, person.grants[0].institution_id)


def end_everywhere(client, _person):
    client.get("/en/profile").submit("sign-out-everywhere")


@pytest.mark.parametrize(
    "end",
    [end_by_signing_out, end_by_new_password, end_by_closing, end_by_a_role, end_everywhere],
    ids=lambda end: end.__name__,
)
def test_a_copied_cookie_is_dead_after(client, someone, end):
    sign_in(client, "amina@defence.example")
    copy = copy_of(client)
    copy.get("/en/profile")
    end(client, someone)
    copy.get("/en/profile", expect=302)


def test_a_new_password_keeps_this_browser_signed_in(client, someone):
    sign_in(client, "amina@defence.example")
    client.get("/en/profile/password").submit(present=PASSWORD, password=OTHER)
    client.get("/en/profile")
    sign_in(Client(client.app), "amina@defence.example", OTHER)


@pytest.mark.parametrize(
    "target",
    [
        "//e.example",
        "/\\e.example",
        "https:e.example",
        "https:///e",
        "/\t/e.example",
        "\\e",
        "/\r\ne",
        "javascript:alert(1)",
        "e.example",
    ],
)
def test_nobody_is_sent_elsewhere(client, someone, target):
    page = client.get("/en/sign-in")
    answer = page.submit(email="amina@defence.example", password=PASSWORD, next=target)
    assert re.match(r"/[^/\\]", answer.location)
    assert "e.example" not in answer.location


def test_one_goes_on_where_one_wanted(client, someone):
    asked = client.get("/en/profile", expect=302)
    assert sign_in(client, "amina@defence.example", address=asked.location).location == "/en/profile"


def test_an_unused_session_ends_after_an_hour(client, someone):
    with time_machine.travel(now(), tick=False) as clock:
        sign_in(client, "amina@defence.example")
        for _ in range(3):
            clock.shift(timedelta(minutes=50))
            client.get("/en/profile")
        clock.shift(timedelta(minutes=61))
        client.get("/en/profile", expect=302)


def test_a_session_in_use_ends_after_twelve_hours(client, someone):
    with time_machine.travel(now(), tick=False) as clock:
        sign_in(client, "amina@defence.example")
        for _ in range(14):
            clock.shift(timedelta(minutes=50))
            client.get("/en/profile")
        clock.shift(timedelta(minutes=30))
        client.get("/en/profile", expect=302)


def test_a_cookie_kept_aside_for_an_hour_is_dead_although_the_session_lives(client, someone):
    with time_machine.travel(now(), tick=False) as clock:
        sign_in(client, "amina@defence.example")
        copy = copy_of(client)
        clock.shift(timedelta(minutes=40))
        client.get("/en/profile")
        clock.shift(timedelta(minutes=40))
        client.get("/en/profile")
        copy.get("/en/profile", expect=302)


def test_knowing_who_acts_takes_one_statement(as_role, queries):
    client = as_role("chair")
    with queries() as said:
        client.browser.get("/en/sign-in")
    assert len([each for each in said if "sign_in" in each]) == 1


def test_only_a_digest_of_the_token_is_kept(client, someone, db):
    sign_in(client, "amina@defence.example")
    with client.browser.session_transaction() as session:
        token = session["token"]
    kept = db.session.query(SignIn).one()
    assert token not in (kept.token_digest, kept.key)
    assert len(kept.token_digest) == 64


def test_signing_out_is_no_link(client):
    client.get("/en/sign-out", expect=405)


def test_a_grave_act_asks_for_the_password_after_ten_minutes(as_role, world):
    client = as_role("chair")
    page = client.get(f"/en/people/{world.people['official'].key}")
    with time_machine.travel(now() + timedelta(minutes=11)):
        answer = page.submit("disable")
        assert "/en/confirm" in answer.location
    assert actor_of(world.people["official"]).signed_in
    with transaction():
        assert world.people["official"].active


def test_giving_the_password_again_makes_the_sign_in_fresh(client, chair, someone):
    sign_in(client, "chair@women.example")
    page = client.get(f"/en/people/{someone.key}")
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        asked = page.submit("disable")
        client.get(asked.location).submit(password=PASSWORD)
        client.get(f"/en/people/{someone.key}").submit("disable")
    assert not someone.active
