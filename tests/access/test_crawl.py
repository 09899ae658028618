"""Every address, asked for by everybody, answers as the access table says; driven through HTTP."""

import contextvars
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import Client as Browser
from werkzeug.test import TestResponse

from nap_builder.accounts import security
from nap_builder.accounts.models import Person, SignIn
from nap_builder.accounts.services.sessions import open_session
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Role
from nap_builder.kernel.audit import first_fault
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, transaction
from nap_builder.kernel.database import db as layer
from nap_builder.publishing.models import IssuedFile
from tests.access.addresses import Door, doors, refusal, unfilled
from tests.access.ground import SECRET, Ground

PEOPLE = (
    "nobody",
    "contributor",
    "parliamentarian",
    "official",
    "focal_point",
    "interior",
    "officer_of_interior",
    "secretariat",
    "chair",
    "steward",
    "auditor",
    "administrator",
)
# PostgreSQL is crawled by one of each kind of reader: nobody, a guest, another ministry, the owners, the chair.
# Whom the table lets in is decided before a question reaches the database, and a question that PostgreSQL alone would
# answer otherwise is one that all readers of a kind ask alike; so SQLite hears everybody, and PostgreSQL these.
ONE_OF_EACH = ("nobody", "contributor", "interior", "focal_point", "chair")
EVERYBODY = pytest.mark.parametrize(
    ("app", "name"),
    [*(("sqlite", name) for name in PEOPLE), *(("postgresql", name) for name in ONE_OF_EACH)],
    indirect=["app"],
)
DONE = frozenset({200, 301, 302, 303, 304})
# What an allowed request may still be answered: it lacks fields, or what it asks for is not there (any more).
LACKING = frozenset({400, 404, 409, 410, 413, 422})


@dataclass
class Visitor:
    """Somebody with a browser, and what the access table knows of them."""

    app: Flask
    person: Person | None
    roles: frozenset[Role]
    institutions: frozenset[str]

    def ask(self, door: Door, *, enter: bool = False, **form: Any) -> TestResponse:
        """Asks for an address; a form carries what every form does and nothing else."""
        layer.session.rollback()  # PostgreSQL ends a transaction that stays open for as long as a crawl may take
        browser = self.app.test_client()
        if self.person is not None:
            token = self.token if not enter else self.entered()
            with browser.session_transaction() as session:
                security.carry(session, token)
        sent = {} if door.method == "GET" else {"data": {**forgery_proof(self.app, browser), **form}}
        return asked(browser, door, **sent)

    def entered(self) -> str:
        """The token of a new sign-in, since an allowed form may have ended the last one."""
        with transaction():
            return open_session(layer.session.get_one(Person, self.person_id))

    def __post_init__(self) -> None:
        self.person_id = self.person.id if self.person else None
        self.token = self.entered() if self.person else ""


def asked(browser: Browser, door: Door, **given: Any) -> TestResponse:
    """Sends one request, in a context of its own: it finds nothing that another left behind."""
    return contextvars.Context().run(browser.open, door.path, method=door.method, **given)


def forgery_proof(app: Flask, browser: Browser) -> dict[str, str]:
    """The two hidden fields of every form, true for this browser."""
    raw = secrets.token_hex(20)
    with browser.session_transaction() as session:
        session["csrf_token"] = raw
    signed = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
    return {"csrf_token": signed, "once": secrets.token_urlsafe(16)}


def visitor(app: Flask, ground: Ground, name: str) -> Visitor:
    """One of those who knock at every door."""
    if name == "nobody":
        return Visitor(app, None, frozenset({Role.PUBLIC}), frozenset())
    person = ground.people[name]
    codes = {body.id: code for code, body in ground.world.institutions.items()}
    held = frozenset(codes[grant.institution_id] for grant in person.grants if grant.institution_id)
    return Visitor(app, person, frozenset(Role(grant.role) for grant in person.grants), held)


def all_rows() -> dict[str, str]:
    """A digest of every table but the list of issued files, where a file is noted when somebody asks first."""
    layer.session.rollback()
    found = {}
    with layer.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name == IssuedFile.__tablename__:
                continue
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def told(door: Door, answer: TestResponse) -> str:
    """A door and its answer, for a message."""
    return f"{door.method} {door.path} ({door.endpoint}): {answer.status_code}"


def is_refused(door: Door, answer: TestResponse, expected: int) -> bool:
    """Whether an answer is the refusal that the table asks for."""
    if expected != 401:
        return answer.status_code == expected
    to_sign_in = answer.status_code == 302 and "/sign-in" in answer.headers["Location"]
    return to_sign_in if door.method == "GET" else answer.status_code == 401


def is_let_in(answer: TestResponse) -> bool:
    """Whether an answer comes from behind the gate."""
    if answer.status_code in (302, 303) and "/sign-in?" in answer.headers["Location"]:
        return False
    return answer.status_code in DONE | LACKING


def test_every_address_can_be_filled_in(bare: Flask):
    assert unfilled(bare) == []


@EVERYBODY
def test_what_the_table_refuses_is_refused_and_changes_nothing(app: Flask, ground: Ground, name: str):
    who = visitor(app, ground, name)
    refused = [(door, status) for door, status in judged(app, ground, who) if status is not None]
    before = all_rows()
    answers = [(door, status, who.ask(door)) for door, status in refused]
    wrong = [f"{told(door, a)}, not {status}" for door, status, a in answers if not is_refused(door, a, status)]
    assert wrong == []
    assert all_rows() == before


def judged(app: Flask, ground: Ground, who: Visitor) -> list[tuple[Door, int | None]]:
    """Every door with what the table answers this visitor."""
    return [(door, refusal(door, who.roles, who.institutions)) for door in doors(app, ground, who.person_id)]


@EVERYBODY
def test_what_the_table_allows_can_be_read_and_writes_nothing(app: Flask, ground: Ground, name: str):
    who = visitor(app, ground, name)
    open_doors = [door for door, status in judged(app, ground, who) if status is None and door.method == "GET"]
    before = all_rows()
    answers = [(door, who.ask(door)) for door in open_doors]
    assert [told(door, answer) for door, answer in answers if not is_let_in(answer)] == []
    assert [told(door, answer) for door, answer in answers if not kept_private(who, door, answer)] == []
    assert all_rows() == before
    if not may_read_what_is_restricted(who):
        assert [told(door, answer) for door, answer in answers if SECRET.encode() in answer.data] == []


def kept_private(who: Visitor, door: Door, answer: TestResponse) -> bool:
    """Whether no proxy between may show a person's page to the next reader."""
    saved = "attachment" in answer.headers.get("Content-Disposition", "")
    if saved or answer.mimetype != "text/html":  # a file or a line of text shows nobody's name
        return True
    private = "no-store" in answer.headers.get("Cache-Control", "") or who.person is None
    return private and "Cookie" in answer.headers.get("Vary", "")


def may_read_what_is_restricted(who: Visitor) -> bool:
    """Whether the Ministry of Defence's restricted text is for this visitor."""
    signs = {POLICY["plans.restricted.read"].mark(role) for role in who.roles}
    return "y" in signs or ("o" in signs and "DEF" in who.institutions)


@EVERYBODY
def test_what_the_table_allows_can_be_sent(app: Flask, ground: Ground, name: str):
    who = visitor(app, ground, name)
    open_doors = [door for door, status in judged(app, ground, who) if status is None and door.method != "GET"]
    answers = [(door, who.ask(door, enter=True)) for door in open_doors]
    assert [told(door, answer) for door, answer in answers if not is_let_in(answer)] == []
    assert first_fault() is None


def test_a_grave_act_asks_for_the_password_again(app: Flask, ground: Ground):
    who = visitor(app, ground, "chair")
    with transaction():
        layer.session.execute(SignIn.__table__.update().values(confirmed_at=None))
    grave = [door for door in doors(app, ground, who.person_id) if POLICY[door.action].mark(Role.CHAIR) in ("f", "2")]
    before = all_rows()
    answers = [(door, who.ask(door)) for door in grave]
    assert {action for action in POLICY.rules if POLICY[action].mark(Role.CHAIR) in ("f", "2")} == {
        d.action for d in grave
    }
    assert [told(d, a) for d, a in answers if a.status_code != 303 or "/confirm" not in a.headers["Location"]] == []
    assert all_rows() == before


@pytest.mark.sqlite_only("the proof of a form stands in the session, not in a row")
@pytest.mark.parametrize("proof", ["none", "of another person"])
def test_no_form_can_be_forged(app: Flask, ground: Ground, proof: str):
    who, other = visitor(app, ground, "chair"), forgery_proof(app, app.test_client())
    sent = other if proof == "of another person" else {"once": "a" * 20}
    before = all_rows()
    taken = []
    for door in doors(app, ground, who.person_id):
        if door.method != "GET" and not getattr(app.view_functions[door.endpoint], "traceless", False):
            browser = app.test_client()
            with browser.session_transaction() as session:
                security.carry(session, who.token)
            answer = asked(browser, door, data=sent)
            taken += [] if answer.status_code == 400 else [told(door, answer)]
    assert taken == []
    assert all_rows() == before


@pytest.mark.sqlite_only("the map of addresses answers")
def test_a_method_that_an_address_does_not_have_is_refused(app: Flask, ground: Ground):
    who = visitor(app, ground, "chair")
    every = list(doors(app, ground, who.person_id))
    known: dict[str, set[str]] = {}
    for door in every:
        known.setdefault(door.path.partition("?")[0], set()).add(door.method)
    wrong = []
    for path, methods in known.items():
        for method in {"POST", "PUT", "PATCH", "DELETE"} - methods:
            answer = who.ask(Door("", method, path, "", every[0].place))
            wrong += [] if answer.status_code == 405 else [f"{method} {path}: {answer.status_code}"]
    assert wrong == []


def test_nobody_reaches_a_row_through_another_plan(app: Flask, ground: Ground):
    who = visitor(app, ground, "chair")
    open_to_the_chair = (d for d in doors(app, ground, who.person_id) if POLICY[d.action].concerns({Role.CHAIR}))
    nested = [door for door in open_to_the_chair if "nap-2/" in door.path and names_a_row(door)]
    before = all_rows()
    astray = [Door(d.endpoint, d.method, d.path.replace("/nap-2/", "/other/"), d.action, d.place) for d in nested]
    answers = [(door, who.ask(door)) for door in astray]
    assert len(answers) > 20
    assert [told(door, answer) for door, answer in answers if answer.status_code != 404] == []
    assert all_rows() == before


def names_a_row(door: Door) -> bool:
    """Whether an address names more than a plan."""
    parts = ("/section/", "/sections/why", "/sections/old", "/row/", "/move/", "/step/", "/archive/", "/restore/")
    return any(part in door.path for part in (*parts, "/activity/", "/update/", "/evidence/", "/publications/", "/v/"))


def test_a_write_that_a_refusal_made_would_be_seen(ground: Ground):
    before = all_rows()
    with transaction():
        layer.session.add(SignIn(token_digest="planted", person_id=ground.newcomer.id, confirmed_at=now()))
    assert all_rows() != before


def test_an_open_door_would_be_seen(app: Flask, ground: Ground):
    chair, nobody = visitor(app, ground, "chair"), visitor(app, ground, "nobody")
    home = next(door for door in doors(app, ground, None) if door.endpoint == "home.home")
    assert refusal(home, nobody.roles, nobody.institutions) == 401
    assert not is_refused(home, chair.ask(home), 401)
