"""How a page is judged: accessible at two widths, within its width at three.

What axe finds depends on the rules that apply at a width and on the parts that a language shows, hardly on the two
together, and it takes most of the time of a look. So each page is asked in English on a desk and in Arabic on a phone:
every width and every language once. Its width is measured in both languages at all widths.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDE, PHONE, SMALL = 1280, 390, 320


def faults(page: Page) -> list[str]:
    """What axe finds on a page with all its parts open, one line for each element."""
    page.evaluate(OPEN_ALL)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate("(rules) => axe.run(rules)", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def faults_at_every_width(page: Page, *, asked_at: int) -> list[str]:
    """What axe finds at one width, and where the page is wider than its window at any."""
    found = []
    for width in (WIDE, PHONE, SMALL):
        page.set_viewport_size({"width": width, "height": 800})
        if width == asked_at:
            found += [f"{width}: {fault}" for fault in faults(page)]
        if (over := page.evaluate(OVERFLOW)) > 0:
            found.append(f"{width}: {over} px too wide")
    return found
