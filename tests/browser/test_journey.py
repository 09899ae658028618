"""From an empty installation to an adopted plan, by everybody who has a part in it, in a real browser."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from nap_builder.accounts.hashing import hash_password
from nap_builder.accounts.services.people import add_person
from nap_builder.app import create_app
from nap_builder.kernel import schema
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import frozen_document, version_at
from nap_builder.settings import Settings
from tests.browser.conftest import CHROMIUM, SWITCHES, Complaints

pytestmark = pytest.mark.browser

PASSWORD = "a password for the whole task force"
SECRET = "a secret of the journey that is long enough to be one"
PLAN = "first-nap"
ACT = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def empty(tmp_path: Path, compiled: BytecodeCache) -> Iterator[tuple[str, Any]]:
    """An installation in which nobody has begun; the chair and the secretariat have their accounts."""
    url = f"sqlite:///{tmp_path / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=tmp_path, database_url=url, secret_key=SECRET, testing=True, demo=True))
    app.jinja_env.bytecode_cache = compiled
    with app.app_context(), transaction():
        hashed = hash_password(PASSWORD)
        for role in (Role.CHAIR, Role.SECRETARIAT):
            add_person(INSTALLATION, email=f"{role}@state.example", name=role.title(), role=role, password_hash=hashed)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", app
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def windows(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
    yield browser
    browser.close()


Opens = Callable[[str], Page]


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_from_nothing_to_an_adopted_plan(empty: tuple[str, Any], windows: Browser, *, scripts: bool) -> None:
    base, app = empty
    complaints = Complaints(base)
    people: dict[str, Page] = {}

    def page_of(who: str) -> Page:
        if who not in people:
            context = windows.new_context(base_url=base, java_script_enabled=scripts)
            context.set_default_timeout(15_000)
            complaints.watch(context)
            people[who] = context.new_page()
            _sign_in(people[who], who)
        return people[who]

    _begins(page_of("secretariat"))
    for code, name in (("DEF", "Colonel Sato"), ("FOR", "Ambassador Lind")):
        link = _invites(page_of("chair"), code, name)
        page = windows.new_context(base_url=base, java_script_enabled=scripts).new_page()
        _chooses_a_password(page, link)
        page.context.close()
    _asks(page_of("secretariat"))
    _accepts(page_of("def"))
    _meets(page_of("secretariat"))
    _passes_the_gate(page_of("chair"))
    _proposes(page_of("chair"))
    _confirms(page_of("for"))
    _reads_that_it_is_closed(page_of("secretariat"))
    with app.app_context():
        plan = plan_at(PLAN)
        assert plan.adopted_number is not None
        adopted = frozen_document(version_at(PLAN, plan.adopted_number), "public")
        assert (plan.state, adopted["plan"]["adoption"]["number"]) == ("adopted", "12/2027")
        db.session.remove()
    assert [said for said in complaints if "status of 403" not in said] == []


def _sign_in(page: Page, who: str) -> None:
    page.goto("/en/sign-in")
    page.fill("input[name=email]", f"{who}@state.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/en/home")


def _begins(page: Page) -> None:
    """The secretariat starts the plan from a template."""
    page.get_by_role("link", name="Start a plan").first.click()
    page.goto("/en/plans/new/four-pillars")
    page.fill("[name=title-en]", "First National Action Plan")
    page.fill("[name=slug]", PLAN)
    page.fill("[name=starts]", "2027-01-01")
    page.fill("[name=ends]", "2031-12-31")
    page.fill("[name=country]", "XSR")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(f"**/w/{PLAN}/**")
    page.goto(f"/en/w/{PLAN}")
    expect(page.get_by_role("navigation", name="Phases of the plan")).to_contain_text("Prepare")


def _invites(page: Page, code: str, name: str) -> str:
    """The chair invites a focal point and hands the link over, since there is no mail server."""
    page.goto("/en/people/invite")
    page.fill("[name=email]", f"{code.lower()}@state.example")
    page.fill("[name=name]", name)
    page.select_option("[name=role]", "focal_point")
    option = page.locator("[name=institution] option", has_text="Defence" if code == "DEF" else "Foreign")
    page.select_option("[name=institution]", option.first.get_attribute("value"))
    page.locator("main form button[type=submit]").last.click()
    return str(page.locator("#link").input_value()).strip()


def _chooses_a_password(page: Page, link: str) -> None:
    page.goto(link[link.index("/en/") :] if "/en/" in link else link)
    page.fill("[name=password]", PASSWORD)
    if page.locator("[name=again]").count():
        page.fill("[name=again]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()


def _asks(page: Page) -> None:
    """The secretariat ticks rows of the matrix and asks their ministries to accept."""
    page.goto(f"/en/w/{PLAN}/matrix?pillar=")
    boxes = page.locator("input[name=row]")
    for place in range(2):
        boxes.nth(place).check()
    page.get_by_role("button", name="Set the lead").click()
    option = page.locator("[name=lead] option", has_text="Defence").first
    page.select_option("[name=lead]", option.get_attribute("value"))
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("button", name="Set the lead").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("set")
    page.goto(f"/en/w/{PLAN}/commitments/ask?institution=DEF")
    page.fill("[name=due]", (today() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Ask for the ticked activities").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _accepts(page: Page) -> None:
    """The focal point accepts the first request from the page that opens with it."""
    page.goto("/en/my")
    page.fill("[name^=post]", "Adviser on gender")
    page.get_by_role("button", name="Accept for the ministry").click()
    expect(page.get_by_role("status").first).to_contain_text("accept")


def _meets(page: Page) -> None:
    """A meeting is called, and stands among the next dates."""
    page.goto(f"/en/w/{PLAN}/meetings/new")
    page.fill("[name=title-en]", "First reading")
    page.fill("[name=day]", (today() + timedelta(days=7)).isoformat())
    page.fill("[name=begins]", "10:00")
    page.locator("main form button[type=submit]").last.click()
    page.goto(f"/en/w/{PLAN}")
    expect(page.locator("main")).to_contain_text("First reading")


def _passes_the_gate(page: Page) -> None:
    page.goto(f"/en/w/{PLAN}/gate/cabinet")
    page.fill("[name=reason-en]", "Cabinet asks for the first draft as it stands.")
    page.get_by_role("button", name="Freeze the plan and pass the gate").click()
    expect(page.get_by_role("status").first).to_contain_text("goes through this gate")


def _proposes(page: Page) -> None:
    page.goto(f"/en/w/{PLAN}/adoption/propose")
    page.locator("[name=level][value=cabinet]").check()
    page.fill("[name=instrument-en]", "Decree of the cabinet")
    page.fill("[name=number]", "12/2027")
    page.fill("[name=date]", today().isoformat())
    page.fill("[name=gate_reason-en]", "The rest is mended within the year.")
    page.set_input_files("[name=scan]", {"name": "act.pdf", "mimeType": "application/pdf", "buffer": ACT})
    page.get_by_role("button", name="Propose the adoption").click()
    expect(page.get_by_role("status").first).to_contain_text("proposed")


def _confirms(page: Page) -> None:
    """A focal point of another member finds it first among what needs them."""
    page.goto("/en/home")
    page.get_by_role("link", name="Confirm the adoption of the plan").click()
    page.locator("[name=compared]").check()
    page.get_by_role("button", name="Confirm the adoption").click()
    expect(page.get_by_role("status").first).to_contain_text("is adopted")


def _reads_that_it_is_closed(page: Page) -> None:
    answer = page.goto(f"/en/w/{PLAN}/settings")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("the plan is adopted")
