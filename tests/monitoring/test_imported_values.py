"""Values by sex, rank and province come in by a file, and each stands where it belongs, with its total."""

import csv
import io
import itertools
import json

import pytest

from tests.builders.exchange import DATA
from tests.builders.workbooks import written

FILE = DATA / "values-by-sex-rank-and-province.json"
HOME = "/en/w/serving/figures"
SEXES = {"women": "Women", "men": "Men"}
RANKS = {"officers": "officers", "enlisted": "enlisted"}
PROVINCES = {"north": "Northern Province", "south": "Southern Province"}
YEARS = ("2024", "2025")


def raw():
    """What the file says of each part, by year: the count here is its own."""
    [indicator, _share] = json.loads(FILE.read_text(encoding="utf-8"))["pillars"][0]["objectives"][0]["indicators"]
    return {
        value["period_ends"][:4]: {
            (cell["of"]["sex"], cell["of"]["rank"], cell["of"]["region"]): int(cell["value"]) for cell in value["cells"]
        }
        for value in indicator["values"]
    }


@pytest.fixture(params=["json", "xlsx"])
def imported(request, app, as_role, world):
    """A person of the secretariat takes the file in at the door for files."""
    if request.param == "json":
        data = FILE.read_bytes()
    else:
        with app.test_request_context("/en/"):
            data = written(json.loads(FILE.read_text(encoding="utf-8")))
    browser = as_role("chair")
    upload = (io.BytesIO(data), f"plan.{request.param}")
    browser.get("/en/plans/import").submit("file-form", file=upload, expect=200).submit("confirm-form")
    return browser


def part_rows(page):
    """The rows of the table of parts, by their first cell."""
    table = next(one for one in page.all("//main//table") if "Northern Province" in one.text_content())
    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("./*")] for row in table.xpath(".//tr")]
    return rows[0], {row[0]: row[1:] for row in rows[1:]}


def test_the_page_shows_each_part_and_what_they_come_to(imported):
    _head, rows = part_rows(imported.get(f"{HOME}/1.1.a"))
    for sex, rank, province in itertools.product(SEXES, RANKS, PROVINCES):
        name = next(one for one in rows if {SEXES[sex], RANKS[rank], PROVINCES[province]} == set(one.split(" · ")))
        assert rows[name] == [f"{raw()[year][sex, rank, province]:,}" for year in YEARS]
    assert rows["Together"] == [f"{sum(raw()[year].values()):,}" for year in YEARS]


def test_parts_come_to_the_figure_that_they_are_parts_of(imported):
    page = imported.get(f"{HOME}/1.1.a")
    _head, rows = part_rows(page)
    figures = [" ".join(row.text_content().split()) for row in page.all("//main//table//tr")]
    for year, whole in zip(YEARS, rows["Together"], strict=True):
        assert any(year in row and whole in row and "Northern" not in row for row in figures)


def test_the_file_has_a_row_for_each_part(imported):
    data = imported.get(f"{HOME}/1.1.a.csv").answer.data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    found = {
        (row["period_ends"][:4], row["sex"], row["rank"], row["region"]): int(row["value"])
        for row in rows
        if row["row"] == "part"
    }
    assert found == {(year, *part): count for year, parts in raw().items() for part, count in parts.items()}
    whole = {row["period_ends"][:4]: int(row["value"]) for row in rows if row["row"] == "figure"}
    assert whole == {year: sum(parts.values()) for year, parts in raw().items()}


def test_qualities_and_series_of_what_came_in_are_kept(imported):
    rows = csv.DictReader(io.StringIO(imported.get(f"{HOME}/1.1.b.csv").answer.data.decode("utf-8-sig")))
    told = {(row["series"], row["period_ends"], row["quality"], row["numerator"], row["missing"]) for row in rows}
    assert ("staff list", "2025-12-31", "estimate", "23", "") in told
    assert ("staff list", "2024-12-31", "verified", "19", "") in told
    assert ("survey", "2025-12-31", "provisional", "", "not_collected") in told
