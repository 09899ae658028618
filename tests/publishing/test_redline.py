"""What a redline says of figures that changed: each whole, the old one before the new one, in one row."""

import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nap_builder.publishing.compose.editions import ways_to_compose
from nap_builder.publishing.compose.marks import is_touched
from nap_builder.publishing.compose.source import activities_of
from nap_builder.publishing.document import Cell, Document, Row, Table
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.pdf import render_pdf
from tests.publishing.test_pdf import edition, read

pytestmark = pytest.mark.sqlite_only("files are made without a database")
SIGNS = str.maketrans({"\ufdd0": "[", "\ufdd1": "]", "\ufdd2": "<", "\ufdd3": ">", "\u2066": None, "\u2069": None})


def costing(factor: str) -> dict[str, Any]:
    """The plan with every amount so many times as high; small enough for all to be printed to the cent."""
    plan = read("full")
    for pillar in plan["pillars"]:
        for row in activities_of(pillar):
            for line in row.get("budget", ()):
                ends = [name for name in ("amount", "low", "high", "unit_cost") if name in line]
                line |= {name: str(round(Decimal(line[name]) * Decimal(factor), 2)) for name in ends}
    return plan


def order(lang: str) -> tuple[dict[str, Any], Edition]:
    """A redline of two plans of which every amount differs."""
    known = edition(lang)
    given = {name: getattr(known, name) for name in ("lang", "draft", "dated", "state_name", "sha256")}
    return costing("0.0523458"), Edition(**given, kind="redline", before=costing("0.0412347"))


def redline(lang: str) -> Document:
    (document,) = ways_to_compose(*order(lang))
    return document


def tables(document: Document) -> Iterator[Table]:
    return (block for part in document.parts for block in part.blocks if isinstance(block, Table))


def rows(document: Document, table: str) -> list[Row]:
    return [row for one in tables(document) if one.id == table for body in one.bodies for row in body.rows]


def lines(cell: Cell) -> list[str]:
    return ["".join(said.text for said in line.said).translate(SIGNS) for line in cell.lines]


def changed_figures(document: Document) -> Iterator[str]:
    """The figures of columns of figures that are marked, without their marks; of a span both."""
    for table in tables(document):
        for cell in (cell for body in table.bodies for row in body.rows for cell in row.cells):
            if cell.kind == "number" and is_touched(cell):
                yield from (figure.strip("[]<>") for line in lines(cell) for figure in line.split("–"))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_no_changed_amount_is_broken(tmp_path: Path, lang: str) -> None:
    (tmp_path / "plan.pdf").write_bytes(render_pdf(*order(lang)))
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True).stdout
    printed = re.sub(r"[^\S\n]+", " ", told.decode())
    figures = {re.sub(r"\s+", " ", figure) for figure in changed_figures(redline(lang))}
    assert len(figures) > 40
    assert sorted(figure for figure in figures if figure not in printed) == []


def test_an_amount_that_changed_stands_under_the_one_it_replaces() -> None:
    row = next(row for row in rows(redline("en"), "t-years") if row.tone == "total")
    old, new = lines(row.cells[-1])
    assert (old[0], new[0]) == ("<", "[")


def test_a_row_of_figures_that_changed_stays_one_row() -> None:
    heads = ["".join(lines(row.cells[0])) for row in rows(redline("en"), "t-states")]
    assert heads == ["2027/28", "2028/29", "2029/30", "2030/31", "Whole plan"]


def test_what_is_gone_stands_before_what_came_in_its_place() -> None:
    plan, known = order("en")
    plan["pillars"][1]["objectives"][0]["activities"][0]["code"] = "2.1.9"
    (document,) = ways_to_compose(plan, known)
    table = next(table for table in tables(document) if table.title == "Action, 2.1")
    codes = ["".join(lines(row.cells[0])) for body in table.bodies for row in body.rows]
    assert codes.index("<2.1.1>") < codes.index("[2.1.9]")
