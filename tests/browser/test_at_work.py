"""What the script adds for those who work in the matrix, and what the keyboard does."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.looking import faults

pytestmark = pytest.mark.browser

MATRIX = "/en/w/nap-2/matrix"
FOCUSED = "document.activeElement"


@pytest.fixture
def posts(site: Any) -> Iterator[list[str]]:
    """The addresses that forms were sent to, as the server saw them."""
    seen: list[str] = []

    def note(answer: Any) -> Any:
        from flask import request  # noqa: PLC0415 - of the request that is being answered

        if request.method == "POST":
            seen.append(request.path)
        return answer

    site.app.after_request_funcs.setdefault(None, []).append(note)
    yield seen
    site.app.after_request_funcs[None].remove(note)


def _open(page: Page, code: str) -> Any:
    page.get_by_role("link", name=f"Edit {code}").click()
    row = page.locator("tr.open-row")
    expect(row.get_by_role("heading", name=f"Activity {code}")).to_be_visible()
    return row


def test_a_row_opens_in_place_and_takes_the_focus(visit: Callable[..., Page]) -> None:
    page = visit("secretariat")
    page.goto(MATRIX)
    page.evaluate("window.same = true")
    row = _open(page, "1.2.2")
    assert page.evaluate("window.same") is True
    assert row.evaluate("(row) => row.contains(document.activeElement)")
    assert "edit=" in page.url
    assert faults(page) == []
    _open(page, "1.2.3")
    expect(page.locator("tr.open-row")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("tr.open-row")).to_have_count(0)


def test_save_and_open_the_next(visit: Callable[..., Page]) -> None:
    page = visit("secretariat")
    page.goto(MATRIX)
    row = _open(page, "1.3.1")
    row.locator("[name=ends]").fill("2031-06")
    row.get_by_role("button", name="Save and open 1.3.2").click()
    expect(page.get_by_role("heading", name="Activity 1.3.2")).to_be_visible()
    expect(page.locator("tr", has_text="1.3.1").first).to_contain_text("June 2031")


def test_a_fault_is_said_first_and_beside_its_field(visit: Callable[..., Page]) -> None:
    page = visit("defence")
    page.goto(MATRIX)
    row = _open(page, "1.2.3")
    row.locator("[name=starts]").fill("soon")
    row.locator("[name=starts]").press("Control+Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("[name=starts]")).to_have_value(re.compile("soon", re.IGNORECASE))
    assert faults(page) == []
    summary.get_by_role("link").first.click()
    expect(page.locator("[name=starts]")).to_be_focused()


def test_two_who_edit_one_row_lose_nothing(visit: Callable[..., Page]) -> None:
    first, second = visit("defence"), visit("secretariat")
    for page in (first, second):
        page.goto(MATRIX)
        _open(page, "1.2.1")
    second.locator("tr.open-row [name=title-en]").fill("Theirs: recruit more women")
    second.get_by_role("button", name="Save this row").click()
    expect(second.locator("tr", has_text="Theirs: recruit more women")).to_be_visible()
    first.locator("tr.open-row [name=title-en]").fill("Mine: recruit women first")
    first.get_by_role("button", name="Save this row").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Somebody else saved this first")
    expect(first.locator(".two-texts").first).to_contain_text("Theirs: recruit more women")
    expect(first.locator(".two-texts").first).to_contain_text("Mine: recruit women first")
    assert faults(first) == []
    first.get_by_role("button", name="Save what I wrote").click()
    first.goto(MATRIX)
    expect(first.locator("table")).to_contain_text("Mine: recruit women first")


def test_a_form_is_sent_once_however_often_it_is_pressed(visit: Callable[..., Page], posts: list[str]) -> None:
    page = visit("secretariat")
    page.goto("/en/w/nap-2/section/how-made?add=end")
    page.locator("[name=text-en]").fill("Added once.")
    page.evaluate(
        """() => {
            const press = document.querySelector("form[data-guard] .buttons button");
            press.click(); press.click(); press.click();
        }"""
    )
    expect(page.locator(".document")).to_contain_text("Added once.")
    assert len([path for path in posts if path.endswith("/add")]) == 1


def test_what_was_typed_is_not_left_unasked(visit: Callable[..., Page]) -> None:
    page = visit("secretariat")
    page.goto("/en/w/nap-2/section/who-does-what?add=end")
    page.locator("[name=text-en]").press_sequentially("Half a sentence")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.get_by_role("link", name="Indicators").first.click()
    page.wait_for_url("**/indicators")
    assert asked == ["beforeunload"]


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(visit: Callable[..., Page]) -> None:
    page = visit("secretariat")
    page.goto("/en/home")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.getElementById('main').contains({FOCUSED})")


def test_the_result_of_a_job_comes_to_the_page_that_waits(site: Any, visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=True)  # a window of its own, since the settings ask for a fresh sign-in
    sign_in(page, "chair")
    page.goto("/en/settings")
    page.get_by_role("button", name=re.compile("backup", re.IGNORECASE)).first.click()
    page.wait_for_url("**/jobs/**")
    site.run_jobs("oversight.backup")
    expect(page.get_by_role("link", name="See the result")).to_be_visible()
