"""A live site with the demonstration State, and one Chromium that every test of this folder shares."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright
from sqlalchemy import create_engine, select
from werkzeug.serving import make_server

from nap_builder import demo
from nap_builder.app import create_app
from nap_builder.kernel import jobs, schema
from nap_builder.kernel.database import db
from nap_builder.settings import Settings
from tests.browser.pages import places

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PASSWORD = "a password of the demonstration"
SECRET = "a secret of the browser's tests that is long enough"
EXPECTED = ("status of 409", "status of 422")  # what Chromium says of pages that refuse a form, as they should


@dataclass
class Site:
    """A site that answers: its address, its application, and the sessions of those who signed in."""

    base: str
    app: Any
    sessions: dict[str, Any] = field(default_factory=dict)

    def run_jobs(self) -> None:
        """Does what is queued, as the worker would."""
        with self.app.app_context():
            for key in db.session.scalars(select(jobs.Job.key).where(jobs.Job.state == jobs.QUEUED)).all():
                db.session.rollback()
                jobs.run(key)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration State, served by threads of this process."""
    home = tmp_path_factory.mktemp("browser")
    url = f"sqlite:///{home / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True, demo=True))
    with app.app_context():
        demo.load(PASSWORD)
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of this process."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
    yield browser
    browser.close()


class Complaints(list[str]):
    """What a page should not do: errors in its console, refused resources, requests to elsewhere."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def watch(self, context: BrowserContext) -> None:
        """Listens to every page of a context."""
        context.on("request", self._request)
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.append(f"request to {request.url}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(text.count(part) for part in EXPECTED):
            self.append(f"console: {text}")


@pytest.fixture
def complaints(site: Site) -> Iterator[Complaints]:
    """Collects what pages should not do; a test that ends with any fails."""
    found = Complaints(site.base)
    yield found
    assert not found


@pytest.fixture
def visit(site: Site, chromium: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """`visit("defence", width=390)` is a page of a browser in which that person is signed in; None for anybody."""
    opened: list[BrowserContext] = []

    def open_page(who: str | None = None, *, width: int = 1280, **given: Any) -> Page:
        if who and who not in site.sessions:
            site.sessions[who] = _signed_in(site, chromium, who)
        state = site.sessions[who] if who else None
        context = chromium.new_context(
            base_url=site.base, viewport={"width": width, "height": 800}, storage_state=state, **given
        )
        context.set_default_timeout(15_000)
        complaints.watch(context)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


def _signed_in(site: Site, chromium: Browser, who: str) -> Any:
    context = chromium.new_context(base_url=site.base)
    page = context.new_page()
    sign_in(page, who)
    state = context.storage_state()
    context.close()
    return state


def sign_in(page: Page, who: str) -> None:
    """Signs a demonstration account in, through the form."""
    page.goto("/en/sign-in")
    page.fill("input[name=email]", f"{who}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/en/home")


@pytest.fixture(scope="session")
def filled(site: Site) -> dict[str, str]:
    """The keys of the demonstration plan that addresses need."""
    with site.app.app_context():
        return places()
