"""Each page in English, on a desk and on a phone: accessible, within its width, and silent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import WIDE, faults_at_every_width
from tests.browser.pages import addresses

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("who", "address"), list(addresses()), ids=str)
def test_a_page(who: str | None, address: str, look: Callable[[str | None], Page], filled: dict[str, str]) -> None:
    page = look(who)
    answer = page.goto(f"/en/{address.format(**filled)}")
    assert answer is not None
    assert answer.status == 200
    assert faults_at_every_width(page, asked_at=WIDE) == []
