"""Long tables keep the pages that a change does not touch, and are the tables that they would be afresh."""

import copy
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from nap_builder.publishing.edition import CORRECTIONS, DEBATE, FULL
from nap_builder.publishing.press.printing import kept_pieces
from nap_builder.publishing.renderers.pdf import render_pdf
from tests.builders.standards import broken_rules
from tests.publishing.test_pdf import edition, read
from tests.publishing.test_pdf_faults import below

pytestmark = pytest.mark.sqlite_only(reason="files are made without a database")

Rows = list[dict[str, Any]]


def of_many_rows() -> dict[str, Any]:
    """A plan of one objective with a table of sixty activities, and so with long annexes."""
    plan = read("full")
    plan["sections"] = []
    del plan["pillars"][1:], plan["pillars"][0]["objectives"][1:]
    objective = plan["pillars"][0]["objectives"][0]
    row = objective["activities"][0]
    objective["activities"] = [
        {**row, "key": f"row-{number}", "code": f"1.1.{number}", "milestones": [], "indicators": []}
        for number in range(1, 61)
    ]
    return plan


def rows_of(plan: dict[str, Any]) -> Rows:
    rows: Rows = plan["pillars"][0]["objectives"][0]["activities"]
    return rows


def cost_more(rows: Rows) -> None:
    rows[30]["budget"] = [{**rows[30]["budget"][0], "amount": "123456789.00"}]


def be_called_at_length(rows: Rows) -> None:
    rows[20]["title"] = dict.fromkeys(("en", "fr", "ar"), "Women at every table of the talks " * 9)


def begin_earlier(rows: Rows) -> None:
    rows[55]["starts"] = "2025-Q3"


def be_fewer(rows: Rows) -> None:
    del rows[10:13]


def be_more(rows: Rows) -> None:
    rows.insert(40, {**rows[0], "key": "another", "code": "1.1.99"})


def end_otherwise(rows: Rows) -> None:
    del rows[-1]


def changed(by: Callable[[Rows], None]) -> dict[str, Any]:
    plan = copy.deepcopy(of_many_rows())
    by(rows_of(plan))
    return plan


@pytest.mark.parametrize(
    ("change", "lang", "kind"),
    [
        (cost_more, "en", DEBATE),
        (be_called_at_length, "ar", FULL),
        (be_fewer, "fr", FULL),
        (be_more, "ar", DEBATE),
        (end_otherwise, "en", FULL),
    ],
)
def test_a_long_table_printed_after_a_change_is_the_one_that_is_printed_afresh(
    change: Callable[[Rows], None], lang: str, kind: str
) -> None:
    asked = replace(edition(lang), kind=kind)
    render_pdf(of_many_rows(), asked)
    after_the_change = render_pdf(changed(change), asked)
    kept_pieces.clear()
    assert render_pdf(changed(change), asked) == after_the_change


def test_a_slip_that_numbers_its_own_pages_is_the_one_that_is_printed_afresh() -> None:
    before = of_many_rows()
    for row in rows_of(before):
        row["starts"] = "2026-Q1"
    asked = replace(edition("en"), kind=CORRECTIONS, before=before)
    render_pdf(of_many_rows(), asked)
    after_the_change = render_pdf(changed(begin_earlier), asked)
    kept_pieces.clear()
    assert render_pdf(changed(begin_earlier), asked) == after_the_change


def test_a_change_of_one_row_leaves_most_pages_alone() -> None:
    kept_pieces.clear()
    render_pdf(of_many_rows(), edition("en"))
    pages = kept_pieces.all()
    render_pdf(changed(cost_more), edition("en"))
    new = kept_pieces.all().keys() - pages.keys()
    assert len(new) < len(pages) / 2


@pytest.fixture(scope="module")
def after_a_change() -> bytes:
    render_pdf(of_many_rows(), edition("en"))
    return render_pdf(changed(cost_more), edition("en"))


def test_it_keeps_the_standards(after_a_change: bytes) -> None:
    assert broken_rules(after_a_change) == []


def test_a_table_of_which_pages_were_kept_is_one_table(after_a_change: bytes) -> None:
    with pikepdf.open(BytesIO(after_a_change)) as file:
        tables = [tag for tag in below(file.Root.StructTreeRoot) if tag.S == "/Table"]
        rows = [[row for row in below(table) if row.S == "/TR"] for table in tables]
        longest = max(rows, key=lambda found: len({row.Pg.objgen for row in found if "/Pg" in row}))
        assert len(longest) > len(rows_of(of_many_rows()))
