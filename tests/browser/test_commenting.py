"""Commenting in a browser with scripts off: what it leaves behind there (privacy check P3 of the security study)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.queries.plan import plan_at
from tests.browser.conftest import Site
from tests.builders.consultations import an_open_draft

pytestmark = pytest.mark.browser
CANARY = "Canary words that nobody else writes."


@pytest.fixture
def draft(site: Site) -> Iterator[str]:
    """The address of a draft that is open to everybody for as long as a test takes."""
    with site.app.app_context():
        with transaction():
            key = an_open_draft(plan_at("nap-2")).key
        db.session.remove()
        yield f"/en/consultation/{key}"
        db.session.rollback()
        with transaction():
            opened = db.session.query(Consultation).filter_by(key=key).one()
            db.session.query(Comment).filter_by(consultation_id=opened.id).delete()
            db.session.delete(opened)
        db.session.remove()


def kept(page: Page) -> str:
    """All that the browser keeps of this site for its pages: cookies and every store."""
    stores = "[localStorage, sessionStorage].map(store => JSON.stringify(store)).join()"
    caches = "window.caches ? caches.keys().then(names => names.join()) : ''"
    return f"{page.context.cookies()} {page.evaluate(stores)} {page.evaluate(caches)}"


def comment(page: Page, draft: str) -> str:
    """Sends a comment the way a person does, and reads the number."""
    page.goto("/en/consultation")
    page.get_by_role("link", name="Read and comment").first.click()
    page.goto(f"{draft}/part/1")
    page.locator("summary", has_text="Add the first").nth(1).click()
    page.get_by_role("link", name="Add a comment").first.click()
    page.get_by_label("Your comment", exact=False).locator("visible=true").first.wait_for()
    page.locator("textarea[name=text]").fill(CANARY)
    page.get_by_role("button", name="Send comment").click()
    return page.locator(".receipt-number").inner_text()


def test_p3_a_comment_leaves_nothing_in_the_browser(visit: Callable[..., Page], draft: str) -> None:
    page = visit(java_script_enabled=False)
    receipt = comment(page, draft)
    assert f"{draft}/part/1" in page.url, "the list of visited pages holds the public page alone"
    assert receipt.split()[0] not in page.url
    assert kept(page).count(CANARY) == 0
    assert page.context.cookies() == []
    page.get_by_role("link", name="Leave quickly").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the way back finds nothing that was kept
        page.go_back()


def test_p3_what_a_page_keeps_would_be_found(visit: Callable[..., Page], draft: str) -> None:
    page = visit(locale="en")
    page.goto(f"{draft}/part/1")
    page.evaluate("text => localStorage.setItem('planted', text)", CANARY)
    assert CANARY in kept(page)


def test_a_comment_is_looked_up_and_withdrawn_without_a_script(visit: Callable[..., Page], draft: str) -> None:
    page = visit(java_script_enabled=False)
    receipt = comment(page, draft)
    page.get_by_role("link", name="Look up a number").first.click()
    page.locator("input[name=number]").fill(receipt.lower())
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("Waiting to be looked at")
    page.get_by_role("button", name="Withdraw this comment").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator("main")).to_contain_text("It is withdrawn")
