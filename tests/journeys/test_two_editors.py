"""Many people at once: no edit is lost, no form is done twice, no number is given twice. Real threads, over HTTP."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import Client as Browser
from werkzeug.test import TestResponse

from nap_builder.accounts import security
from nap_builder.accounts.models import Person
from nap_builder.accounts.services.sessions import open_session
from nap_builder.kernel.audit import AuditEntry, first_fault
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction, unchanged_since
from nap_builder.kernel.errors import StaleEdit
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.models.versions import PlanVersion
from tests.builders.world import World

EDITORS, REPEATS, FREEZES = 8, 10, 20
FORGERY_PROOF = "a forgery proof that all browsers of these tests share"


def browser_of(app: Flask, person: Person) -> Browser:
    """A browser in which a person is signed in, with a forgery proof that is known."""
    with transaction():
        token = open_session(layer.session.get_one(Person, person.id))
    browser = app.test_client()
    with browser.session_transaction() as session:
        security.carry(session, token)
        session["csrf_token"] = FORGERY_PROOF
    return browser


def copy_of(app: Flask, browser: Browser) -> Browser:
    """The same browser once more, as when a button is pressed twice."""
    cookie = browser.get_cookie("nap")
    assert cookie is not None
    twin = app.test_client()
    twin.set_cookie("nap", cookie.value)
    return twin


def form(app: Flask, **fields: Any) -> dict[str, Any]:
    """A form as a page would have given it out."""
    signed = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(FORGERY_PROOF)
    return {"csrf_token": signed, "once": secrets.token_urlsafe(16), **fields}


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What all acts bring, each in a thread of its own, begun together."""
    layer.session.rollback()
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [begun.result(timeout=120) for begun in [threads.submit(begin, act) for act in acts]]


def sender(browser: Browser, address: str, fields: dict[str, Any]) -> Callable[[], TestResponse]:
    """Sends one form."""
    return lambda: browser.post(address, data=fields)


def paragraph_address(world: World) -> str:
    """Where the first paragraph is saved."""
    return f"/en/w/nap-2/section/why/p/{world.paragraphs[0].key}"


def words_of(text: str) -> str:
    """One editor's text: long enough to be found on a page."""
    return f"Editor {text} wrote that women decide."


def test_of_eight_editors_of_one_paragraph_one_saves_and_seven_see_both_texts(app: Flask, world: World):
    seen, address = world.paragraphs[0].row_version, paragraph_address(world)
    who = [world.people[name] for name in ("chair", "secretariat", "official", "focal_point")] * 2
    texts = [words_of(str(number)) for number in range(EDITORS)]
    forms = [form(app, seen=seen, kind="paragraph", **{"text-en": text}) for text in texts]
    acts = [sender(browser_of(app, person), address, given) for person, given in zip(who, forms, strict=True)]
    answers = at_once(acts)
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * (EDITORS - 1)
    saved = next(text for text, answer in zip(texts, answers, strict=True) if answer.status_code == 303)
    layer.session.rollback()
    assert world.paragraphs[0].text["en"] == saved
    for text, answer in zip(texts, answers, strict=True):
        assert answer.status_code == 303 or (saved in answer.text and text in answer.text)
    assert acts_called("plans.paragraph.written") == 1
    assert first_fault() is None


def acts_called(word: str) -> int:
    """How often an act is in the trail."""
    layer.session.rollback()
    found = list(layer.session.scalars(select(AuditEntry.word)))
    assert word in found, f"{word} is not among {sorted(set(found))}"
    return found.count(word)


def test_a_form_that_is_sent_ten_times_takes_effect_once(app: Flask, world: World):
    browser = browser_of(app, world.people["chair"])
    given = form(app, kind="paragraph", after="end", **{"text-en": "Said once."})
    address = "/en/w/nap-2/section/why/add"
    answers = at_once([sender(copy_of(app, browser), address, given) for _ in range(REPEATS)])
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    layer.session.rollback()
    texts = [text["en"] for text in layer.session.scalars(select(Paragraph.text))]
    assert texts.count("Said once.") == 1
    assert acts_called("plans.paragraph.added") == 1
    assert first_fault() is None


def test_a_form_that_comes_back_with_other_words_is_refused(app: Flask, world: World):
    browser = browser_of(app, world.people["chair"])
    given = form(app, kind="paragraph", after="end", **{"text-en": "First."})
    address = "/en/w/nap-2/section/why/add"
    assert browser.post(address, data=given).status_code == 303
    assert browser.post(address, data={**given, "text-en": "Second."}).status_code == 422
    layer.session.rollback()
    assert "Second." not in [text["en"] for text in layer.session.scalars(select(Paragraph.text))]


def test_a_form_of_one_person_is_not_anothers(app: Flask, world: World):
    given = form(app, kind="paragraph", after="end", **{"text-en": "First."})
    address = "/en/w/nap-2/section/why/add"
    assert browser_of(app, world.people["chair"]).post(address, data=given).status_code == 303
    assert browser_of(app, world.people["secretariat"]).post(address, data=given).status_code == 422


@pytest.mark.slow
def test_twenty_freezes_at_once_are_numbered_without_a_gap(app: Flask, world: World):
    browser = browser_of(app, world.people["chair"])
    address = "/en/w/nap-2/versions"
    forms = [form(app, **{"note-en": f"Freeze {number}"}) for number in range(FREEZES)]
    answers = at_once([sender(copy_of(app, browser), address, given) for given in forms])
    assert {answer.status_code for answer in answers} == {303}
    layer.session.rollback()
    assert sorted(layer.session.scalars(select(PlanVersion.number))) == list(range(1, FREEZES + 1))
    assert first_fault() is None


def edits(app: Flask, key: str, seen: int, *, checked: bool) -> list[Callable[[], bool]]:
    """Services that write one paragraph at once; whether each believes that it saved."""

    def write(number: int) -> bool:
        with app.app_context():
            try:
                with transaction():
                    row = layer.session.scalars(select(Paragraph).where(Paragraph.key == key)).one()
                    if checked:
                        unchanged_since(row, seen)
                    row.text = {"en": words_of(str(number))}
            except StaleEdit:
                return False
            return True

    return [lambda number=number: write(number) for number in range(EDITORS)]


@pytest.mark.parametrize(("checked", "saved"), [(True, 1), (False, EDITORS)])
def test_without_the_check_edits_would_be_lost(app: Flask, world: World, *, checked: bool, saved: int):
    first = world.paragraphs[0]
    assert sum(at_once(edits(app, first.key, first.row_version, checked=checked))) == saved
