"""A live site with the demonstration State, and one Chromium that every test of this folder shares."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, ViewportSize
from sqlalchemy import create_engine, select
from werkzeug.serving import make_server

from nap_builder.app import create_app
from nap_builder.demo import state as demo
from nap_builder.kernel import jobs, schema
from nap_builder.kernel.database import db
from nap_builder.settings import Settings
from tests.browser.pages import places

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DESK: ViewportSize = {"width": 1280, "height": 800}
PASSWORD = "a password of the demonstration"
SECRET = "a secret of the browser's tests that is long enough"
EXPECTED = ("status of 409", "status of 422")  # what Chromium says of pages that refuse a form, as they should


@dataclass
class Site:
    """A site that answers: its address and its application."""

    base: str
    app: Any

    def run_jobs(self, name: str) -> None:
        """Does what is queued of a kind, as the worker would."""
        waiting = select(jobs.Job.key).where(jobs.Job.state == jobs.QUEUED, jobs.Job.name == name)
        with self.app.app_context():
            for key in db.session.scalars(waiting).all():
                db.session.rollback()
                jobs.run(key)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, compiled: BytecodeCache) -> Iterator[Site]:
    """The demonstration State, served by threads of this process."""
    home = tmp_path_factory.mktemp("browser")
    url = f"sqlite:///{home / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True, demo=True))
    app.jinja_env.bytecode_cache = compiled
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
        if kind in ("error", "warning") and not any(part in text for part in EXPECTED):
            self.append(f"console: {text}")


class Windows:
    """The windows of one browser: a person's is opened once, signed in, and kept for the tests that follow."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base, self.complaints = browser, base, Complaints(base)
        self.kept: dict[str | None, BrowserContext] = {}
        self.tabs: dict[str | None, Page] = {}

    def tab(self, who: str | None) -> Page:
        """The page that a person keeps open, as wide as a desk."""
        if who not in self.tabs:
            self.tabs[who] = self.of(who).new_page()
        self.tabs[who].set_viewport_size(DESK)
        return self.tabs[who]

    def of(self, who: str | None) -> BrowserContext:
        """The window in which a person is signed in; of nobody for None."""
        if who not in self.kept:
            self.kept[who] = self.open()
            if who:
                page = self.kept[who].new_page()
                sign_in(page, who)
                page.close()
        return self.kept[who]

    def open(self, **given: Any) -> BrowserContext:
        """A window of its own, in which nobody is signed in."""
        context = self.browser.new_context(base_url=self.base, viewport=DESK, **given)
        context.set_default_timeout(15_000)
        self.complaints.watch(context)
        return context


@pytest.fixture(scope="session")
def windows(site: Site, playwright: Playwright) -> Iterator[Windows]:
    """One Chromium for all tests of this process."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
    yield Windows(browser, site.base)
    browser.close()


@pytest.fixture
def visit(windows: Windows) -> Iterator[Callable[..., Page]]:
    """`visit("defence")` is a page on which that person is signed in; None for anybody, in a window as `given`.

    A test fails when one of its pages complains in the console or asks another site for anything.
    """
    windows.complaints.clear()
    pages: list[Page] = []

    def open_page(who: str | None = None, **given: Any) -> Page:
        context = windows.open(**given) if given else windows.of(who)
        pages.append(context.new_page())
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
    assert windows.complaints == []


@pytest.fixture
def look(windows: Windows) -> Iterator[Callable[[str | None], Page]]:
    """As `visit`, for a test that opens one address and reads it: in the page that this person keeps open.

    Chromium takes as long for a new page, which is a new process, as for all that is asked of it.
    """
    windows.complaints.clear()
    yield windows.tab
    assert windows.complaints == []


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
