"""Addresses bent in one part or one question at a time, and hosts that are not ours."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from nap_builder.app import create_app
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Role
from tests.access.addresses import COMMON, Door, Place, doors
from tests.access.ground import Ground
from tests.access.test_crawl import asked, told, visitor
from tests.access.test_odd_addresses import encoded

# One database holds no NUL and no larger number; the other is asked what never gets as far as one.
BENT = {"sqlite": ("\x00", "9" * 20, "pillar-\udcff"), "postgresql": ("\x00", "9" * 20, "2147483648")}
TOLD = frozenset({200, 301, 302, 303, 400, 404, 405, 409, 410, 422})
OTHER_HOSTS = ("evil.example", "nap.example:99999", 'ev"il', "nap.example@evil.example", "")


def bent(door: Door, parts: list[str], garbage: str) -> list[str]:
    """The address of a door, with each of its parts bent in turn."""
    path = door.path.partition("?")[0]
    ways = [rf"(?<=[/.]){re.escape(part)}(?=$|[/.])" for part in parts]
    found = [re.sub(way, lambda _m: encoded(garbage), path, count=1) for way in ways]
    return [one for one in dict.fromkeys(found) if one != path]


def expected(door: Door) -> frozenset[int]:
    """What the chair may be answered, who is refused what is never a chair's to do."""
    return TOLD if POLICY[door.action].concerns({Role.CHAIR}) else TOLD | {403}


def test_each_part_of_an_address_may_be_nonsense(app: Flask, ground: Ground):
    who, wrong = visitor(app, ground, "chair"), []
    for door in doors(app, ground, who.person_id):
        parts = [str(value) for value in door.place.parts.values()]
        parts += [str(fill(ground)) for name, fill in COMMON.items() if name != "lang"]
        for garbage in BENT["sqlite" if app.config["NAP"].embedded else "postgresql"]:
            for path in bent(door, parts, garbage):
                answer = who.ask(replace(door, path=path))
                wrong += [] if answer.status_code in expected(door) else [f"{told(door, answer)} by {path}"]
    assert wrong == []


@pytest.fixture(scope="module")
def known_host(app: Flask) -> Flask:
    """The same installation, told its own address."""
    return create_app(replace(app.config["NAP"], base_url="https://nap.example"))


@pytest.mark.sqlite_only("a host is refused before anything is asked")
@pytest.mark.parametrize("host", OTHER_HOSTS)
@pytest.mark.parametrize("path", ["/", "/en/sign-in", "/en/audit", "/nothing", "/livez"])
def test_another_host_is_refused_in_words(known_host: Flask, db: Any, host: str, path: str):
    browser = known_host.test_client()
    answer = asked(browser, Door("", "GET", path, "", Place()), headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.sqlite_only("the host is read from the request")
def test_a_forwarded_host_changes_nothing(known_host: Flask, db: Any):
    heads = {"Host": "nap.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = asked(known_host.test_client(), Door("", "GET", "/en/audit", "", Place()), headers=heads)
    assert answer.status_code == 302
    assert "evil" not in str(answer.headers) + answer.get_data(as_text=True)
