"""From a comment without a name to the printed annex, in a browser without scripts: everybody does their own part."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from playwright.sync_api import Page, Playwright, expect

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.plans.services.versions import freeze
from tests.browser.serving import serving, windows
from tests.builders.consultations import a_consultation
from tests.builders.world import World

pytestmark = pytest.mark.browser
SAID, REASON = "Say who pays the interpreters.", "The Ministry of Finance pays them from 2028."


def _prepared(world: World) -> None:
    version, day = freeze(INSTALLATION, world.plan), now().date()
    facts = {"kind": "online", "visibility": "public", "version": version.number, "participants": None}
    a_consultation(world.plan, "Tell us what to change", starts=day, ends=day + timedelta(30), **facts)


@pytest.fixture
def desk(tmp_path: Path, compiled: BytecodeCache, playwright: Playwright) -> Iterator[Callable[[str], Page]]:
    """The windows of a small State whose chair has a draft to open."""
    with serving(tmp_path, compiled, _prepared) as address, windows(address, playwright) as window:
        yield window


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def opened(chair: Page) -> None:
    chair.goto("/en/w/nap-2/consultation")
    follow(chair, "Tell us what to change")
    follow(chair, "Open or close it")
    press(chair, "Open it for comments")


def commented(reader: Page) -> str:
    """What a person without an account does; the number that she writes down."""
    reader.goto("/en/consultation")
    follow(reader, "Read and comment")
    reader.locator("ol.contents a").first.click()
    reader.locator("details.talk-about summary, details summary", has_text="Add the first").nth(1).click()
    reader.get_by_role("link", name="Add a comment").locator("visible=true").first.click()
    reader.locator("textarea[name=text]").fill(SAID)
    press(reader, "Send comment")
    return reader.locator(".receipt-number").inner_text()


def looked_up(reader: Page, number: str) -> None:
    reader.goto("/en/receipt")
    reader.locator("input[name=number]").fill(number)
    press(reader, "Look it up")


def test_a_comment_comes_to_the_printed_annex(desk: Callable[[str], Page]) -> None:
    chair, keeper, ministry, reader = (desk(name) for name in ("chair", "secretariat", "focal_point.of.def", ""))
    opened(chair)
    number = commented(reader)
    looked_up(reader, number)
    expect(reader.locator("main")).to_contain_text("Waiting to be looked at")

    keeper.goto("/en/home")
    follow(keeper, "Look at")
    follow(keeper, "Shorten or refuse")
    press(keeper, "Accept the comment")
    keeper.goto("/en/w/nap-2/contributions")
    follow(keeper, SAID)
    follow(keeper, "Ask a ministry to draft it")
    keeper.get_by_label("Who drafts the answer").select_option(label="Ministry of Defence")
    press(keeper, "Ask them")

    ministry.goto("/en/home")
    follow(ministry, "Draft answers")
    ministry.locator("select[name=decision]").select_option("not_accepted")
    ministry.locator("textarea[name=reason-en]").fill(REASON)
    press(ministry, "Save the draft")

    chair.goto("/en/w/nap-2/contributions")
    follow(chair, SAID)
    follow(chair, "Read and publish")
    press(chair, "Publish the answer")
    looked_up(reader, number)
    expect(reader.locator("main")).to_contain_text(REASON)

    chair.goto("/en/w/nap-2/heard/paper")
    expect(chair.locator("main")).to_contain_text(SAID)
    expect(chair.locator("main")).to_contain_text(REASON)
