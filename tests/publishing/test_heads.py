"""Groups of rows in a table: one about as high as a page is parted, with the table's head on both pages."""

import copy
from io import BytesIO
from typing import Any

import pypdf
import pytest

from nap_builder.publishing.renderers.pdf import render_pdf
from tests.publishing.test_pdf import edition, read

pytestmark = pytest.mark.sqlite_only("files are made without a database")
GROUPS = range(1, 9)


def of_tall_groups() -> dict[str, Any]:
    """A plan of one pillar, in whose matrix each objective with its four activities takes more than half a page."""
    plan = read("full")
    del plan["pillars"][1:]
    (pillar,) = plan["pillars"]
    pattern = pillar["objectives"][0]["activities"][0] | {"title": "Train forty of our officers. " * 6}
    pillar["objectives"] = [
        {"key": f"o-{at}", "code": f"1.{at}", "title": "Tall", "activities": four(pattern, at)} for at in GROUPS
    ]
    return plan


def four(pattern: dict[str, Any], at: int) -> list[dict[str, Any]]:
    own = [{"key": f"a-{at}-{place}", "code": f"1.{at}.{place}", "indicators": []} for place in range(1, 5)]
    return [{**copy.deepcopy(pattern), **one} for one in own]


@pytest.fixture(scope="module")
def matrix() -> list[str]:
    """The words of each page of the results matrix, which lie on their sides."""
    pages = pypdf.PdfReader(BytesIO(render_pdf(of_tall_groups(), edition("en")))).pages
    return [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]


def test_a_tall_group_leaves_no_half_page_empty(matrix: list[str]) -> None:
    assert len(matrix) < len(GROUPS)


def test_a_matrix_has_its_head_on_each_of_its_pages(matrix: list[str]) -> None:
    assert [number for number, text in enumerate(matrix) if "Lead and support" not in text] == []
