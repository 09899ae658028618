"""Hostile words in every text of the plan and of its people: shown as typed on every page, and nothing runs."""

import io
import threading
from collections.abc import Iterator
from typing import Any, cast

import pikepdf
import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab
from playwright.sync_api import Playwright
from werkzeug.serving import make_server

from nap_builder.accounts.models import Person
from nap_builder.accounts.queries import actor_of
from nap_builder.kernel import protection
from nap_builder.kernel.database import Base, Words
from nap_builder.kernel.database import db as layer
from nap_builder.parliament.models import HouseEntry
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.services.narrative import write_paragraph
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import draft_pdf, publish
from tests.access.ground import Ground, a_ground
from tests.access.test_crawl import judged, visitor
from tests.builders.shelf import Shelf, saved
from tests.builders.world import a_world

pytestmark = pytest.mark.browser
MARK = "{{7*7}}${7*7}"
LONG = "Zusammenhang" * 30
MARKDOWN = "[a](javascript:alert(1)) ![b](//evil.example/p.png) [c](//evil.example) **<b onclick=alert(1)>d</b>**"
TAGS = "\"'><svg onload=alert(1)><img src=x onerror=alert(1)></title></textarea><script>alert(1)</script>"
HOSTILE = f"{TAGS}{MARK} \u202e{MARKDOWN} {LONG}"
NEVER_CHANGED = frozenset({"paragraph_text", "plan_version"})
FILES = ("/evidence/", "/documents/", "/document/", "/picture")  # addresses whose end says nothing
NOT_PAGES = (
    *(".html", ".json", ".pdf", ".docx", ".xlsx", ".ics", ".zip", ".csv", ".txt", ".png", ".jpg", ".css"),
    *("/livez", "/readyz"),
)
FOUND = """() => [...document.querySelectorAll('*')].flatMap(e => [
  ...[...e.attributes].filter(a => a.name.startsWith('on')).map(a => e.tagName + ' ' + a.name),
  ...(e.getAttribute('href') !== 'data:,' && /^\\s*(javascript|data|vbscript):/i.test(e.getAttribute('href') || '')
    ? ['href ' + e.getAttribute('href')] : []),
  ...(e.tagName === 'SCRIPT' && !e.src ? ['inline script'] : []),
  ...(e.tagName === 'IMG' && !e.src.startsWith(location.origin) && !e.src.startsWith('data:image/')
    ? ['img ' + e.src] : []),
  ...(e.tagName === 'A' && e.host && e.host !== location.host ? ['leads to ' + e.href] : []),
])"""


def spoil() -> None:
    """Puts hostile words into every text of the plan and the names of people, within the open transaction."""
    for mapper in Base.registry.mappers:
        words = [column.key for column in mapper.column_attrs if isinstance(column.columns[0].type, Words)]
        if not words or mapper.class_.__tablename__ in NEVER_CHANGED:
            continue
        for row in layer.session.query(mapper.class_):
            for name in words:
                setattr(row, name, {"en": HOSTILE, "ar": HOSTILE})
            if isinstance(row, HouseEntry):
                row.answered_on = row.day  # an answer has its day
    for person in layer.session.query(Person):
        person.name, person.post = HOSTILE[:190], HOSTILE[:190]


@pytest.fixture
def ground(db: Any, shelf: Shelf) -> Ground:
    """The State of the crawl, spoilt; its versions are frozen and one is published after that."""

    def build() -> Ground:
        ground = a_ground(a_world())
        spoil()
        layer.session.flush()
        paragraph, chair = ground.world.paragraphs[0], actor_of(ground.people["chair"])
        write_paragraph(chair, paragraph, {"en": f"{HOSTILE} again"}, seen=paragraph.row_version)
        publish(chair, freeze(chair, ground.world.plan, {"en": HOSTILE}))
        return ground

    return cast("Ground", shelf.put("spoilt", saved(build)))


@pytest.fixture
def address(app: Flask, ground: Ground) -> Iterator[str]:
    """Where the spoilt State is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """A real browser."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    yield browser
    browser.close()


class Watcher:
    """A tab in which somebody is signed in, and what happened in it that should not."""

    def __init__(self, app: Flask, chromium: Chromium, address: str, ground: Ground, name: str) -> None:
        self.address, self.wrong, self.here = address, [], ""
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        if name != "nobody":
            context.add_cookies([self._cookie(app, ground, name)])
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective), true)"
        )
        self.tab: Tab = context.new_page()
        self.tab.on("dialog", self._dialog)
        self.tab.on("console", lambda said: self._note("console", said.text) if said.type == "error" else None)
        self.tab.on("pageerror", lambda error: self._note("error", str(error)))
        self.tab.on("request", self._asked)

    def _cookie(self, app: Flask, ground: Ground, name: str) -> Any:
        who = visitor(app, ground, name)
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["token"] = who.token
        cookie = browser.get_cookie("nap")
        assert cookie is not None
        return {"name": "nap", "value": cookie.value, "url": self.address}

    def _note(self, kind: str, said: str) -> None:
        if "status of 4" not in said:
            self.wrong.append(f"{self.here}: {kind} {said[:200]}")

    def _dialog(self, dialog: Any) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:image/")):
            self._note("request", request.url)

    def see(self, path: str) -> str:
        """Opens a page and looks for what should not be in it; hands back its words."""
        self.here = path
        answer = self.tab.goto(self.address + path)
        assert answer is not None
        if answer.status >= 500:
            self._note("status", str(answer.status))
        for found in self.tab.evaluate(FOUND):
            self._note("element", found)
        return self.tab.evaluate("document.documentElement.textContent")  # type: ignore[no-any-return]


def pages(app: Flask, ground: Ground, name: str, language: str) -> list[str]:
    """The address of every page that somebody reads, and of one page of each refusal: they are all alike."""
    asked = [pair for pair in judged(app, ground, visitor(app, ground, name)) if pair[0].method == "GET"]
    refused = {status: door.path for door, status in asked if status is not None}
    found = [door.path for door, status in asked if status is None and door.endpoint != "components"]
    found += refused.values()
    plain = [
        path
        for path in dict.fromkeys(found)
        if not path.partition("?")[0].endswith(NOT_PAGES) and not any(part in path for part in FILES)
    ]
    plain = [path for path in plain if "sign-out" not in path and "/static/" not in path]
    return [path.replace("/en/", f"/{language}/", 1) for path in plain]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "language"), [("chair", "en"), ("official", "ar"), ("nobody", "en"), ("administrator", "en")]
)
def test_nothing_runs(app: Flask, ground: Ground, chromium: Chromium, address: str, name: str, language: str):
    layer.session.rollback()
    watcher = Watcher(app, chromium, address, ground, name)
    shown = [path for path in pages(app, ground, name, language) if MARK in watcher.see(path)]
    assert watcher.wrong == []
    assert len(shown) > {"chair": 40, "official": 20}.get(name, 3)
    watcher.tab.context.close()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_watcher_bites(app: Flask, ground: Ground, chromium: Chromium, address: str):
    """The same words, written into a page as they are."""
    watcher = Watcher(app, chromium, address, ground, "nobody")
    heads = {"Content-Security-Policy": protection.POLICY}
    body = f"<!doctype html><title>Bad</title><p>{HOSTILE}<p><a href='javascript:alert(1)'>x</a>"
    watcher.tab.route("**/bad", lambda route: route.fulfill(body=body, content_type="text/html", headers=heads))
    watcher.see("/bad")
    assert {said.split(": ")[1].split()[0] for said in watcher.wrong} >= {"console", "element"}
    watcher.tab.context.close()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_pdf_says_it_as_typed(app: Flask, ground: Ground):
    """A document made of hostile words runs nothing, leads to pages of the web alone, and holds the plan alone."""
    layer.session.rollback()
    content = draft_pdf(plan_at("nap-2"), "en")
    with pikepdf.open(io.BytesIO(content)) as opened:
        held = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary)]
        kinds = {str(thing.get("/S")) for thing in held if "/S" in thing and ("/URI" in thing or "/JS" in thing)}
        leads = {str(thing["/URI"]) for thing in held if "/URI" in thing}
        files = [thing for thing in held if thing.get("/Type") in ("/Filespec", "/EmbeddedFile")]
        active = [name for thing in held for name in ("/JS", "/JavaScript", "/Launch", "/AA") if name in thing]
    assert ([str(file.F) for file in files if "/F" in file], active) == (["nap-plan.json"], [])
    assert kinds <= {"/URI"}
    assert [lead for lead in leads if not lead.startswith(("https://", "http://", "mailto:"))] == []
    assert not any("evil.example" in lead for lead in leads)
