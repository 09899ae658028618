"""Everything works where scripts are switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


def test_from_signing_in_to_a_frozen_version(visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, "secretariat")
    _edit_a_row(page)
    _edit_a_paragraph(page)
    page.goto("/en/w/nap-2/versions")
    page.fill("[name=note-en]", "Without a script")
    page.get_by_role("button", name="Freeze the plan as it stands").click()
    expect(page.get_by_role("status").first).to_contain_text("is frozen")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def _edit_a_row(page: Page) -> None:
    page.goto("/en/w/nap-2/matrix")
    page.get_by_role("link", name="Edit 1.1.2").click()
    row = page.locator("tr.open-row")
    expect(row).to_be_visible()
    row.locator("[name=ends]").fill("2030-Q3")
    row.get_by_role("button", name="Save this row").click()
    expect(page.locator("tr", has_text="1.1.2").first).to_contain_text("quarter 3 of 2030")


def _edit_a_paragraph(page: Page) -> None:
    page.goto("/en/w/nap-2/section/lessons")
    page.get_by_role("link", name="Edit").first.click()
    page.locator("[name=text-en]").fill("Written without a script.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("Written without a script.")
    page.get_by_role("button", name="Save the paragraph").click()
    expect(page.locator(".document")).to_contain_text("Written without a script.")


def test_a_job_tells_by_reloading(visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, "secretariat")
    page.goto("/en/w/nap-2/versions")
    page.get_by_role("button", name="Make it now in English").click()
    expect(page.get_by_role("status").first).to_contain_text("Waiting for its turn")
    assert "http-equiv" in page.content()
