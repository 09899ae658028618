"""Failures are slowed down; nobody else is."""

from datetime import timedelta

import time_machine

from nap_builder.accounts.models import FailedTry
from nap_builder.kernel.clock import now
from tests.accounts.conftest import sign_in
from tests.builders.accounts import PASSWORD
from tests.client import Client

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def fail(client, email, times, **given):
    """Fails to sign in, and says the statuses."""
    page = client.get("/en/sign-in")
    address, values = page.filled(email=email, password="not the password")
    return [client.browser.post(address, data=values, **given).status_code for _ in range(times)]


def test_the_sixth_failure_must_wait(client, someone):
    assert fail(client, "amina@defence.example", 7) == [422] * 5 + [429] * 2


def test_the_page_says_when_to_try_again(client, someone):
    fail(client, "amina@defence.example", 5)
    page = client.get("/en/sign-in")
    address, values = page.filled(email="amina@defence.example", password=PASSWORD)
    answer = client.post(address, data=values, expect=429)
    assert 0 < int(answer.answer.headers["Retry-After"]) <= 30


def test_an_unknown_account_must_wait_as_well(client, world):
    assert fail(client, "nobody@defence.example", 6)[-1] == 429


def test_after_the_wait_the_right_password_opens(client, someone):
    with time_machine.travel(now(), tick=False) as clock:
        fail(client, "amina@defence.example", 5)
        clock.shift(timedelta(seconds=31))
        sign_in(client, "amina@defence.example")


def test_colleagues_at_the_same_address_get_in(client, someone, chair):
    fail(client, "amina@defence.example", 6)
    sign_in(Client(client.app), "chair@women.example")


def test_successes_are_never_slowed(client, someone):
    for _ in range(12):
        sign_in(Client(client.app), "amina@defence.example")


def test_a_forged_forwarding_header_does_not_help(client, someone):
    page = client.get("/en/sign-in")
    address, values = page.filled(email="amina@defence.example", password="not the password")
    for number in range(6):
        answer = client.browser.post(address, data=values, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert answer.status_code == 429


def storm(app, email, times=60):
    """Failures for one account from many addresses."""
    client = Client(app)
    page = client.get("/en/sign-in")
    address, values = page.filled(email=email, password="not the password")
    for number in range(times):
        client.browser.post(address, data=values, environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})


def test_a_storm_from_everywhere_does_not_shut_a_known_device_out(client, someone):
    sign_in(client, "amina@defence.example")
    client.browser.delete_cookie("nap")
    storm(client.app, "amina@defence.example")
    answer = sign_in(client, "amina@defence.example", address="/en/sign-in?next=/en/profile").follow()
    assert "50 tries to sign in to your account from elsewhere failed" in answer.words


def test_a_storm_from_everywhere_slows_strangers_down(client, someone):
    storm(client.app, "amina@defence.example")
    assert fail(client, "amina@defence.example", 1) == [429]


def test_no_address_is_kept(client, someone, db):
    fail(client, "amina@defence.example", 1, environ_overrides=ELSEWHERE)
    kept = db.session.query(FailedTry).one()
    assert "192.0.2.7" not in kept.address_digest
    assert "amina" not in kept.account_digest


def test_failures_older_than_a_day_are_dropped(client, someone, chair, db):
    fail(client, "amina@defence.example", 3)
    with time_machine.travel(now() + timedelta(hours=25)):
        sign_in(client, "chair@women.example")
    assert db.session.query(FailedTry).count() == 0
