"""A chapter of which a few lines would stand on a page alone is set closer; no other is."""

from io import BytesIO

import pypdf
import pytest

from nap_builder.publishing.renderers.pdf import render_pdf
from tests.publishing.test_pdf import edition, of_usa

pytestmark = pytest.mark.sqlite_only("files are made without a database")


def on_pages(paragraphs: int) -> list[int]:
    """How many of so many paragraphs of a line stand on each page of their chapter."""
    texts = [{"key": str(number), "text": "Xylem."} for number in range(paragraphs)]
    plan = of_usa() | {"sections": [{"key": "long", "title": "Long", "paragraphs": texts}]}
    pages = pypdf.PdfReader(BytesIO(render_pdf(plan, edition("en")))).pages
    return [count for page in pages if (count := page.extract_text().count("Xylem."))]


def test_a_chapter_that_runs_over_by_a_line_or_two_keeps_to_its_page() -> None:
    assert on_pages(30) == [30]


def test_a_chapter_that_fills_half_a_page_more_is_not_set_closer() -> None:
    first, second = on_pages(45)
    assert first < 30
    assert second > 15
