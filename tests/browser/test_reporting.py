"""Reporting without scripts: an official within a minute, from the link of a letter; a task force from a period that is
opened to a report card that everybody reads.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, Frame, Page, Playwright, expect

from nap_builder.monitoring.models import CLOSED, PLANNED
from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.browser.serving import PASSWORD, serving, windows
from tests.builders.framework import an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution
from tests.builders.world import World

pytestmark = pytest.mark.browser

TO_OPEN = "2026-10-31"
MOST_LOADS, MOST_INTERACTIONS, MOST_LOADS_UNCHANGED = 3, 12, 2


def _reporting(world: World) -> None:
    plan, (first, second) = in_execution(world.plan), world.activities
    second.lead_id = first.lead_id
    figure = an_indicator(first, code="A1", title="People deployed", disaggregation=["sex"])
    parts = [{"of": {"sex": sex}, "value": value} for sex, value in (("women", "96"), ("men", "571"))]
    plan.starts = date(2025, 11, 1)
    a_period(plan, TO_OPEN, state=PLANNED, due=date(2027, 1, 31))
    before = a_period(plan, "2027-12-31", state=CLOSED)
    a_period(plan, "2028-12-31")
    an_update(before, first, status="on_track", figures={figure.key: {"value": "667", "cells": parts}})
    an_update(before, second, status="late")


@pytest.fixture
def reporting(tmp_path: Path, compiled: BytecodeCache) -> Iterator[str]:
    """A plan that is carried out: Defence reported once, and owes two updates now."""
    with serving(tmp_path, compiled, _reporting) as address:
        yield address


@dataclass
class Counted:
    """A page on which every load and every press or field that is filled is counted."""

    page: Page
    loads: int = 0
    interactions: int = 0

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._navigated)

    def _navigated(self, _frame: Frame) -> None:
        self.loads += 1

    def press(self, name: str) -> None:
        """Presses a button."""
        self.interactions += 1
        self.page.get_by_role("button", name=name).click()

    def choose(self, name: str) -> None:
        """Chooses one of a few."""
        self.interactions += 1
        self.page.get_by_label(name, exact=True).check()

    def fill(self, name: str, text: str) -> None:
        """Fills a field."""
        self.interactions += 1
        self.page.get_by_label(name, exact=True).first.fill(text)


@pytest.fixture
def official(reporting: str, playwright: Playwright) -> Iterator[Counted]:
    """The official of Defence who followed the link of a letter, counted from the moment of the sign-in."""
    browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
    page = browser.new_context(base_url=reporting, java_script_enabled=False).new_page()
    page.goto("/en/my")
    page.fill("input[name=email]", "official.of.def@test.example")
    page.fill("input[name=password]", PASSWORD)
    counted = Counted(page)
    page.locator("main form button").first.click()
    page.wait_for_url("**/en/my")
    yield counted
    browser.close()


@pytest.fixture
def desk(reporting: str, playwright: Playwright) -> Iterator[Callable[[str], Page]]:
    """A function: the window of somebody who signed in, or of a reader without an account ("")."""
    with windows(reporting, playwright) as window:
        yield window


def test_a_routine_update_takes_three_pages_and_twelve_presses_at_most(official: Counted) -> None:
    page = official.page
    expect(page.get_by_label("Women")).to_have_value("96")
    official.choose("At risk")
    official.fill("Women", "118")
    official.fill("Men", "564")
    official.fill("What changed since December 2027?", "Third contingent left on 2 June with 22 more women.")
    official.press("Save and go to the next")

    expect(page.get_by_role("status").first).to_contain_text("1.1.1 is sent")
    expect(page.get_by_role("heading", name="Open police desks")).to_be_visible()
    assert official.loads <= MOST_LOADS
    assert official.interactions <= MOST_INTERACTIONS


def test_what_did_not_change_takes_two_pages_and_one_press(official: Counted) -> None:
    official.press("Nothing changed since December 2027")

    expect(official.page.get_by_role("status").first).to_contain_text("1.1.1 is confirmed unchanged")
    assert official.loads <= MOST_LOADS_UNCHANGED
    assert official.interactions == 1


def test_from_a_period_that_is_opened_to_a_report_card_that_everybody_reads(desk: Callable[[str], Page]) -> None:
    chair, official, secretary, reader = (desk(who) for who in ("chair", "official.of.def", "secretariat", ""))
    cycle = f"/en/w/nap-2/cycle/{TO_OPEN}"
    step(chair, cycle, "Open the period")

    official.goto("/en/my")
    official.get_by_label("On track", exact=True).check()
    official.get_by_label("Women", exact=True).fill("96")
    official.get_by_label("Men", exact=True).fill("571")
    official.fill("textarea[name=said]", "The second selection round is over.")
    official.get_by_role("button", name="Save and go to the next").click()
    expect(official.get_by_role("status").first).to_contain_text("is sent")

    secretary.goto(cycle)
    secretary.get_by_role("link", name="Recruit women officers").first.click()
    secretary.get_by_role("button", name="Verify", exact=True).click()
    expect(secretary.get_by_role("status").first).to_be_visible()

    step(chair, cycle, "Close the period")
    step(chair, cycle, "Publish the progress")

    secretary.goto("/en/w/nap-2/reports")
    option = secretary.locator("select[name=period] option", has_text="31 October 2026").get_attribute("value")
    secretary.select_option("select[name=period]", option)
    secretary.get_by_label("Report card").check()
    secretary.get_by_role("button", name="Make the report").click()
    expect(secretary.get_by_role("heading", name="Report card").first).to_be_visible()

    chair.goto(f"/en/w/nap-2/reports/{TO_OPEN}/card")
    chair.get_by_role("link", name="Publish the report").click()
    chair.get_by_role("button", name="Publish for everybody").click()

    reader.goto("/en/reports")
    reader.get_by_role("link", name="Report card").first.click()
    expect(reader.get_by_role("main")).to_contain_text("31 October 2026")


def step(chair: Page, cycle: str, name: str) -> None:
    """The chair takes a step with the period: from its page to the page that says what it leaves, and on."""
    chair.goto(cycle)
    chair.get_by_role("link", name=name).click()
    chair.get_by_role("button", name=name).click()
    expect(chair.get_by_role("status").first).to_be_visible()
