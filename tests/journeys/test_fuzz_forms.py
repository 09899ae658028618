"""Every form of every page with hostile values in each of its fields: answered in words, saved whole or not at all."""

import contextlib
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from nap_builder.kernel.database import db as layer
from tests.access.addresses import Door, Place, doors
from tests.access.ground import Ground
from tests.access.test_crawl import Visitor, visitor
from tests.client import WRITES

SEED = 1325
NUL = "a\x00b"
HOSTILE = (
    NUL,
    "",
    "\ud83d",
    "\u202e]edoc[",
    '"><svg onload=alert(1)>{{7*7}}',
    "w" * 3000,
    "-1",
    "0",
    "99999999999",
    "9" * 60,
    "1e400",
    "NaN",
    "Infinity",
    "0000-00-00",
    "9999-12-31",
    "2027-02-30",
    "٣",
    "²",
    " ",
    "\r\n\x0b\x1b",
    "../../etc/passwd",
    "%00",
    "null",
)
# They end the session that the others need, or hand out nothing but a wait.
LEFT_OUT = frozenset({"accounts.sign_out", "accounts.sign_out_everywhere", "accounts.save_password"})
# They count a failure, or keep the file to be looked at, though the answer is a refusal.
KEEPS_A_FAILURE = frozenset({"accounts.give_password", "accounts.give_password_again", "accounts.give_code"})
LAST = ("archive", "remove", "withdraw", "disable", "restore", "join")
PARTS = 4
TOLD = frozenset({200, 303, 400, 403, 404, 409, 410, 413, 422, 429})

ALIKE = re.compile(r"-(en|fr|ar)$|(?<=-)[0-9]+(?=-|$)")

Form = tuple[str, dict[str, list[str]]]
FOUND: dict[tuple[str, int | None, str], list[tuple[str, str]]] = {}


@contextlib.contextmanager
def committed() -> Iterator[list[str]]:
    """Collects the writing statements that were committed inside."""
    pending: list[str] = []
    kept: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            pending.append(statement)

    def commit(_connection: Any) -> None:
        kept.extend(pending)
        pending.clear()

    def rollback(_connection: Any) -> None:
        pending.clear()

    watched = (("before_cursor_execute", note), ("commit", commit), ("rollback", rollback))
    for name, watch in watched:
        event.listen(layer.engine, name, watch)
    try:
        yield kept
    finally:
        for name, watch in watched:
            event.remove(layer.engine, name, watch)


def posting(answer: TestResponse, path: str) -> list[Form]:
    """The forms of a page that post, each with what it would send."""
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return []
    tree = lxml.html.document_fromstring(answer.get_data(as_text=True))
    found = []
    for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        values: dict[str, list[str]] = {name: [] for name in form.xpath(".//*[@name][not(self::button)]/@name")}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        found.append((form.get("action") or path, values))
    return found


class Sender:
    """One signed-in browser that knows the forms of a page by their addresses."""

    def __init__(self, app: Flask, who: Visitor) -> None:
        self.app, self.who = app, who
        self.wrong: list[str] = []

    def endpoint(self, address: str) -> str:
        """The name of the view that a form is sent to."""
        return str(self.app.url_map.bind("localhost").match(urlsplit(address).path, method="POST")[0])

    def page(self, path: str) -> TestResponse:
        """A page, by a browser of a new session."""
        return self.who.ask(Door("", "GET", path, "", Place()))

    def send(self, address: str, values: dict[str, Any], field: str) -> TestResponse:
        """Sends a form, and notes what should not be."""
        if self.who.person is not None:
            self.who.token = self.who.entered()
        with committed() as kept:
            answer = self.who.ask(Door("", "POST", address, "", Place()), **values)
        shown = f"{address} {field}={str(values.get(field))[:24]}: {answer.status_code}"
        if answer.status_code not in TOLD:
            self.wrong.append(shown)
        if answer.status_code >= 400 and kept and self.endpoint(address) not in KEEPS_A_FAILURE:
            self.wrong.append(f"{shown}, and saved: {kept[0][:60]}")
        return answer


def all_forms(app: Flask, ground: Ground, sender: Sender) -> list[tuple[str, str]]:
    """Each form once: a page that has it, and its address. What takes things away comes last.

    The parts of the chair's forms share what was found, as long as they stand on the same ground.
    """
    name = (ground.secret_activity.key, sender.who.person_id, app.config["NAP"].database_url)
    if name not in FOUND:
        FOUND[name] = _looked_for(app, ground, sender)
    return FOUND[name]


def _looked_for(app: Flask, ground: Ground, sender: Sender) -> list[tuple[str, str]]:
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for door in doors(app, ground, sender.who.person_id):
        if door.method != "GET" or door.endpoint == "components":
            continue
        for address, values in posting(sender.page(door.path), door.path):
            name = sender.endpoint(address)
            if name not in LEFT_OUT:
                found.setdefault((name, *sorted(values)), (door.path, address))
    return sorted(found.values(), key=lambda pair: any(word in pair[1] for word in LAST))


def shots(fields: list[str], chance: random.Random, *, nul: bool) -> Iterator[tuple[str, str]]:
    """A field and a hostile value for it, drawn by chance; or NUL, which PostgreSQL alone cannot keep.

    Of fields that are alike (one text in several languages, the rows of a breakdown) one stands for all.
    """
    alike = {ALIKE.sub("", field): field for field in reversed(fields)}
    for field in alike.values():
        yield field, NUL if nul else chance.choice(HOSTILE)


def fresh(sender: Sender, path: str, address: str) -> dict[str, list[str]] | None:
    """The form as the page has it now; None when it is there no more."""
    return next((values for there, values in posting(sender.page(path), path) if there == address), None)


@pytest.mark.parametrize(("name", "least", "part"), [*(("chair", 40, part) for part in range(PARTS)), ("nobody", 2, 0)])
def test_no_form_breaks(app: Flask, ground: Ground, name: str, least: int, part: int):
    """The seed is fixed: what breaks here breaks again. The chair's forms are tried in parts, beside each other."""
    sender, chance = Sender(app, visitor(app, ground, name)), random.Random(SEED)
    forms = all_forms(app, ground, sender)
    assert len(forms) >= least
    nul = not app.config["NAP"].embedded
    for path, address in forms[part::PARTS] if name == "chair" else forms:
        values = fresh(sender, path, address)
        if values is None:
            continue
        values = {name: given for name, given in values.items() if name not in ("csrf_token", "once")}
        for field, hostile in shots(list(values), chance, nul=nul):
            answer = sender.send(address, {**values, field: hostile.encode("utf-8", "surrogatepass")}, field)
            if answer.status_code == 303:
                again = fresh(sender, path, address)
                if again is None:
                    break
                values = {name: given for name, given in again.items() if name not in ("csrf_token", "once")}
        sender.send(address, {**values, "once": NUL * 4}, "once")
        sender.send(address, {**values, "csrf_token": NUL}, "csrf_token")
    assert sender.wrong == []
