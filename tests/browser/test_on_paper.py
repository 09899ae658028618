"""The published plan as a browser prints it."""

import unicodedata
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser


def test_a_printed_page_holds_the_text_and_no_controls(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/en/plan/nap-2?part=pillar-1")
    headings = page.locator("main h2").all_inner_texts()
    page.emulate_media(media="print")
    for gone in (".menu", ".tools", ".breadcrumb", ".side-menu"):
        for control in page.locator(gone).all():
            expect(control).to_be_hidden()
    pages = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    printed = unicodedata.normalize("NFKC", " ".join(" ".join(pages).split()))  # a browser prints fi as one sign
    assert headings
    assert all(" ".join(heading.split()) in printed for heading in headings)
    assert "Sign in" not in printed
