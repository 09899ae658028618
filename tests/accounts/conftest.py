"""What the tests of accounts share."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from nap_builder.accounts.models import Person
from nap_builder.kernel.database import transaction
from tests.builders.accounts import PASSWORD, a_person
from tests.client import Client, Page


@pytest.fixture
def someone(world: Any) -> Person:
    """An official of Defence with a password."""
    with transaction():
        return a_person(role="official", email="amina@defence.example", institution_id=world.institutions["DEF"].id)


@pytest.fixture
def chair(world: Any) -> Person:
    """A chair with a password."""
    with transaction():
        return a_person(role="chair", email="chair@women.example", name="Rosa Lind")


@pytest.fixture
def codes_wanted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Second factors are asked for, as in a real installation."""
    monkeypatch.setitem(app.config, "NAP_SECOND_FACTOR", True)


@pytest.fixture
def mail_set(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters can go out."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example")
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "smtp")
    monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], base_url="https://plan.example"))


def sign_in(client: Client, email: str, password: str = PASSWORD, *, expect: int = 303, address: str = "") -> Page:
    """Fills the sign-in form in."""
    form = client.get(address or "/en/sign-in")
    return form.submit(email=email, password=password, expect=expect)


def in_parallel(times: int, act: Callable[[int], Any]) -> list[Any]:
    """What the same act gives in as many threads, started together."""
    gate, results = Barrier(times), [None] * times

    def run(number: int) -> None:
        gate.wait()
        results[number] = act(number)

    threads = [Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
