"""What was reported stands in the workbook to be read, and comes back as it was."""

import json
from typing import Any

import pytest

from nap_builder.exchange import services
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.plan import plan_or_none
from tests.builders.exchange import DATA, as_file, full, small, taken_in
from tests.builders.workbooks import Book, written
from tests.exchange.test_round_trip import exported, forget_everything


def reported() -> dict[str, Any]:
    """A plan with values by sex, rank and province, of every quality, in several series, with fractions."""
    document: dict[str, Any] = json.loads((DATA / "values-by-sex-rank-and-province.json").read_text(encoding="utf-8"))
    return document


def sheet_of(content: bytes) -> list[dict[str, Any]]:
    """The lines of the sheet of what was reported, by the hidden names of its columns."""
    sheet = Book(content).sheets["value"]
    names = [str(cell.value).partition(".")[2] for cell in sheet[1]]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=3)]


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context("/en/"):
        yield


def test_every_value_stands_there_with_its_period_and_quality():
    whole = [row for row in sheet_of(written(reported())) if not row["of"]]
    found = [(row["code"], row["period_starts"], row["period_ends"], row["value"], row["quality"]) for row in whole]
    assert found == [
        ("1.1.a", "2024-01-01", "2024-12-31", 1000, "Verified"),
        ("1.1.a", "2025-01-01", "2025-12-31", 1000, "Provisional"),
        ("1.1.b", "2024-01-01", "2024-12-31", None, "Verified"),
        ("1.1.b", "2025-01-01", "2025-12-31", None, "Estimate"),
        ("1.1.b", None, "2025-12-31", None, None),
        ("1.1.b", "2024-01-01", "2024-12-31", None, "Verified"),
    ]


def test_fractions_series_and_what_is_missing_stand_there():
    shares = [row for row in sheet_of(written(reported())) if row["code"] == "1.1.b"]
    found = [(row["series"], row["numerator"], row["denominator"], row["missing"], row["corrects"]) for row in shares]
    assert found == [
        ("staff list", 18, 193, None, None),
        ("staff list", 23, 194, None, None),
        ("survey", None, None, "Not collected", None),
        ("staff list", 19, 193, None, "Yes"),
    ]


def test_each_part_stands_there_in_words():
    parts = {row["of"]: row["value"] for row in sheet_of(written(reported())) if row["period_ends"] == "2024-12-31"}
    assert parts["Women, Rank: officers, Northern Province"] == 11
    assert parts["Men, Rank: enlisted, Southern Province"] == 326


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("make", [reported, full])
def test_it_comes_back_without_a_change(make, language):
    assert services.read(written(make(), language)).document == services.read(as_file(make())).document


def test_out_and_in_elsewhere_keeps_every_value(db):
    plan = taken_in(reported()).plan
    first, file = exported(plan), services.plan_workbook(plan, None, "working", language="en")
    forget_everything()
    incoming = services.read(file)
    with transaction():
        done = services.apply(INSTALLATION, incoming, plan=plan_or_none(incoming.slug))
    assert exported(done.plan) == first


def test_the_words_of_the_plan_stand_there_in_the_language_of_the_heads():
    rows = sheet_of(written(reported(), "fr"))
    assert rows[0]["title"] == "Personnes servant dans les forces armées"
    assert any("Province du Nord" in (row["of"] or "") for row in rows)


def test_nothing_is_taken_in_from_there():
    book = Book(written(reported()))
    book.sheets["value"].cell(3, 7).value = 999
    assert services.read(book.content).document == services.read(as_file(reported())).document


def test_there_is_no_such_sheet_where_nothing_was_reported():
    assert "value" not in Book(written(small())).sheets
