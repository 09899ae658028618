"""The costs of a plan of ten years: each amount is whole in print."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.compose.source import activities_of
from nap_builder.publishing.document import Row, Table
from nap_builder.publishing.renderers.pdf import render_pdf
from tests.publishing.test_pdf import edition, read

pytestmark = pytest.mark.sqlite_only("files are made without a database")


def of_ten_years() -> dict[str, Any]:
    plan = read("full")
    lines = [line for pillar in plan["pillars"] for row in activities_of(pillar) for line in row.get("budget", ())]
    for place, line in enumerate(lines * 2):
        line["year"] = 2027 + place % 10
        if "amount" in line:
            line["amount"] = str(13_680_000 + place * 1_010_000)
    return plan


def rows() -> list[Row]:
    """The rows of the table of costs by year."""
    parts = compose(of_ten_years(), edition("fr")).parts
    tables = (block for part in parts for block in part.blocks if isinstance(block, Table) and block.id == "t-years")
    return [row for table in tables for body in table.bodies for row in body.rows]


def test_no_amount_of_a_year_is_broken(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(render_pdf(of_ten_years(), edition("fr")))
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "plan.pdf", "-"], capture_output=True, check=True).stdout
    printed = told.decode().rpartition("Financement par exercice")[0].rpartition("Coûts et financement")[2]
    amounts = {cell.lines[0].said[0].text for row in rows() for cell in row.cells[1:]}
    pieces = {piece for amount in amounts for piece in amount.split("–")}
    assert len(pieces) > 10
    assert sorted(piece for piece in pieces if piece not in printed) == []


def test_each_year_and_the_whole_plan_have_a_sum() -> None:
    heads = [row.cells[0].lines[0].said[0].text for row in rows()]
    assert len(heads) == 11
    assert heads[-1] == "Ensemble du plan"
