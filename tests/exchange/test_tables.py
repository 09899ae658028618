"""A plan as tables: nothing that it says is lost, nothing runs, and the description fits."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from nap_builder.cli import main
from nap_builder.exchange import services
from nap_builder.exchange.tidy.package import archive
from nap_builder.plans.schema import ROOT, Shape
from tests.builders.exchange import as_file, full, small, taken_in, usa
from tests.builders.spoken import of_csv

STRUCTURE = {"ref", "under", "order", "part"}
TYPES = {
    "string": lambda said: True,
    "list": lambda said: True,
    "number": lambda said: Decimal(said).is_finite(),
    "integer": lambda said: str(int(said)) == said,
    "boolean": lambda said: said in ("true", "false"),
    "date": lambda said: re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) is not None,
}


def described(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        said: dict[str, Any] = json.loads(packed.read("datapackage.json"))
    return said


def leaves(value: Any, shape: Shape) -> Iterator[str]:
    """Every value that a document holds, as a cell writes it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, shape.members.get(name, shape))
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, shape.item or shape)
    else:
        yield str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def tables_of(app):
    """Makes an archive of tables of a document, which is read as it is taken in."""

    def made(document: dict[str, Any], language: str = "en") -> bytes:
        with app.test_request_context("/en/"):
            return archive(services.read(as_file(document)).document, language)

    return made


@pytest.mark.parametrize("make", [full, usa])
def test_every_value_of_the_plan_stands_in_a_cell_and_nothing_else_does(app, tables_of, make):
    with app.test_request_context("/en/"):
        said = Counter(leaves(services.read(as_file(make())).document, ROOT))
    content = tables_of(make())
    tables, found = of_csv(content), Counter()
    for one in described(content)["resources"]:
        lists = {field["name"] for field in one["schema"]["fields"] if field["type"] == "list"}
        for row in tables[one["name"]] if one["name"] != "responsibility" else ():
            for column, value in row.items():
                if column not in STRUCTURE:
                    found.update(value.split("\n") if column in lists else [value])
    assert found == said


def test_a_row_that_belongs_to_another_says_to_which(tables_of):
    tables = of_csv(tables_of(full()))
    refs = {row["ref"] for rows in tables.values() for row in rows if "ref" in row}
    assert len(refs) == sum("ref" in row for rows in tables.values() for row in rows)
    assert {row["under"] for rows in tables.values() for row in rows if "under" in row} <= refs


def test_who_answers_for_what_is_a_table_and_a_lead_is_handed_down(tables_of):
    activity = {"code": "1.1.1", "title": "A", "supporting": ["MOD"]}
    objective = {"code": "1.1", "title": "O", "lead": "MOD", "activities": [activity]}
    rows = of_csv(tables_of(small(pillars=[{"code": "1", "title": "P", "objectives": [objective]}])))["responsibility"]
    said = [(row["under"], row["role"], row["institution"], row["inherited"]) for row in rows]
    assert said == [
        ("objective:1.1", "lead", "MOD", "false"),
        ("activity:1.1.1", "supporting", "MOD", "false"),
        ("activity:1.1.1", "lead", "MOD", "true"),
    ]


@pytest.mark.parametrize("make", [full, usa])
def test_the_description_fits_the_tables(tables_of, make):
    content = tables_of(make())
    tables, resources = of_csv(content), described(content)["resources"]
    assert [one["name"] for one in resources] == [name for name in tables if name != "dictionary"]
    for one in resources:
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        for row in tables[one["name"]]:
            assert set(row) <= set(fields)
            for name, value in row.items():
                rules = fields[name].get("constraints", {})
                assert TYPES[fields[name]["type"]](value), (one["name"], name, value)
                assert "enum" not in rules or value in map(str, rules["enum"])
                assert re.fullmatch(rules.get("pattern", r"[\s\S]*"), value)
        for key in one["schema"].get("foreignKeys", ()):
            other = {row.get(key["reference"]["fields"][0]) for row in tables[key["reference"]["resource"]]}
            assert {row[name] for row in tables[one["name"]] for name in key["fields"] if name in row} <= other


def test_the_dictionary_tells_of_every_column_in_the_language_asked_for(tables_of):
    tables = of_csv(tables_of(full(), "ar"))
    told = {(row["table"], row["column"]): row for row in tables["dictionary"]}
    wanted = {(name, column) for name, rows in tables.items() if name != "dictionary" for row in rows for column in row}
    assert wanted <= told.keys()
    assert all(re.search("[\u0600-\u06ff]", row["title"]) for row in told.values())
    assert "المبلغ" in told["budget_line", "amount"]["title"]


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1234", "-5", "@here", "\tindented", "|pipe"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(tables_of, text):
    activity = {"code": "1.1", "title": text, "budget": [{"amount": "5"}]}
    measure = {"code": "1.a", "title": "M", "kind": "number", "baseline": {"value": "-5"}}
    content = tables_of(small(pillars=[{"code": "1", "title": "P", "activities": [activity], "indicators": [measure]}]))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("activity.csv").decode("utf-8-sig"), newline="")))
    assert rows[0]["title@en"] == f"'{text}"
    assert of_csv(content)["figure"][0]["value"] == "-5"


def test_the_same_plan_gives_the_same_bytes_which_say_that_they_are_utf_8(tables_of):
    content = tables_of(full())
    assert content == tables_of(full())
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {info.date_time[0] for info in packed.infolist()} == {1980}
        assert packed.read("pillar.csv").startswith(b"\xef\xbb\xbf")


def test_what_is_restricted_stays_with_those_who_may_read_it(db):
    document = full()
    document["sections"][0] |= {"restricted": True, "title": {"en": "canary-7731"}}
    plan = taken_in(document).plan
    for given, there in (({"profile": "working"}, True), ({"profile": "public"}, False)):
        content = services.plan_tables(plan, None, language="en", **given)
        assert ("canary-7731" in json.dumps(of_csv(content))) is there
    content = services.plan_tables(plan, None, "working", language="en", only=frozenset())
    assert "canary-7731" not in json.dumps(of_csv(content))


def test_the_command_writes_them(app, db, tmp_path):
    plan = taken_in(full()).plan
    out = tmp_path / "plan.zip"
    order = ["export", plan.slug, "--format", "csv", "--out", str(out), "--lang", "fr"]
    assert app.test_cli_runner().invoke(main, order).exit_code == 0
    assert out.read_bytes() == services.plan_tables(plan, None, "working", language="fr")
