"""A plan as an archive of tables (CSV), with a dictionary that people read and a description that programs read.

The description is a Data Package (https://datapackage.org, version 2). The same plan gives the same bytes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nap_builder.exchange.tidy.layout import REF, Table, column_name, tables
from nap_builder.exchange.tidy.rows import Entry, dimensions_of, entries
from nap_builder.exchange.tidy.words import allowed, column_title, meaning, table_title, unit
from nap_builder.exchange.workbook.layout import CHOICE, DAY, EXACT, LIST, ORDER, UNDER, WHOLE, YES_NO, Column
from nap_builder.exchange.workbook.lines import languages_of, said_in
from nap_builder.kernel.archives import packed
from nap_builder.kernel.csv_files import csv_text
from nap_builder.kernel.languages import _, force_locale, words_in

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DICTIONARY, DESCRIPTION = "dictionary.csv", "datapackage.json"
WHEN = "[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2})?))?"
_TYPES = {EXACT: "number", WHOLE: "integer", ORDER: "integer", YES_NO: "boolean", LIST: "list"}
Document = dict[str, Any]


@dataclass(frozen=True)
class _Filled:
    """A table with the rows that a plan has for it."""

    table: Table
    rows: tuple[Entry, ...]


def archive(document: Document, language: str) -> bytes:
    """A nap-plan/1 document as ZIP: a table for each kind of thing that it holds, its description in a language."""
    with force_locale(language.replace("-", "_")):
        return packed(_files(document, language))


def _files(document: Document, language: str) -> Iterator[tuple[str, bytes]]:
    filled, first = list(_filled(document)), document["plan"]["languages"][0]
    yield DESCRIPTION, _description(document, filled, language)
    yield DICTIONARY, csv_text(_heads(), _dictionary(filled, language)).encode()
    for one in filled:
        columns = one.table.columns
        rows = ([_cell(column, said_in(column, entry.said, first)) for column in columns] for entry in one.rows)
        yield f"{one.table.name}.csv", csv_text([column_name(column) for column in columns], rows).encode()


def _filled(document: Document) -> Iterator[_Filled]:
    """The tables that have rows."""
    found: dict[str, list[Entry]] = {}
    for entry in entries(document):
        found.setdefault(entry.kind, []).append(entry)
    for kind, table in tables(languages_of(document), dimensions_of(document)).items():
        if kind in found:
            yield _Filled(table, tuple(found[kind]))


def _cell(column: Column, value: Any) -> object:
    """A value as its cell: a figure as exact as it is, and never as a text that a spreadsheet would run."""
    if value is None:
        return ""
    if column.form == LIST:
        return "\n".join(str(item) for item in value)
    if column.form == YES_NO:
        return "true" if value else "false"
    if column.form == EXACT:
        return Decimal(value)
    return value


def _heads() -> list[str]:
    return ["table", "table_title", "column", "title", "type", "unit", "meaning", "values", "refers_to"]


def _dictionary(filled: Iterable[_Filled], language: str) -> Iterator[Sequence[object]]:
    known = {one.table.kind for one in filled}
    for one in filled:
        for column in one.table.columns:
            values = "\n".join(allowed(column))
            named = (one.table.name, table_title(one.table.kind), column_name(column), column_title(column, language))
            yield (
                *named,
                _type(column),
                unit(column),
                meaning(column),
                values,
                ", ".join(_leads(one.table, column, known)),
            )


def _leads(table: Table, column: Column, known: set[str]) -> list[str]:
    """The columns of other tables, `table.column`, in which the values of this one stand."""
    if column.form == UNDER:
        return [f"{host}.{REF}" for host in table.hosts if host in known]
    if column.member == "region":
        return ["plan_regions.code"] if "plan.regions" in known else []
    named = column.shape is not None and column.shape.name == "code" and column.member not in ("code", "group")
    return ["institution.code"] if named or column.member == "institution" else []


def _type(column: Column) -> str:
    if column.form == CHOICE and column.choices and all(isinstance(one, int) for one in column.choices):
        return "integer"
    if column.form == DAY and column.shape is not None and column.shape.name != "when":
        return "date"
    return _TYPES.get(column.form, "string")


def _description(document: Document, filled: Sequence[_Filled], language: str) -> bytes:
    plan = document["plan"]
    title = plan["title"] if isinstance(plan["title"], str) else words_in(plan["title"], language)
    said: dict[str, Any] = {"$schema": PROFILE, "name": plan["slug"], "title": title}
    said["description"] = _(
        "An empty cell says nothing. An apostrophe before a text that a spreadsheet would take for a formula is not "
        "part of the text."
    )
    if "version" in document:
        said["version"] = str(document["version"]["number"])
    if created := document.get("version", {}).get("frozen_at"):
        said["created"] = created
    said["resources"] = [_resource(one, {each.table.kind for each in filled}, language) for one in filled]
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(one: _Filled, known: set[str], language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, language) for column in one.table.columns],
        "missingValues": [""],
    }
    if any(column.member == REF for column in one.table.columns):
        schema["primaryKey"] = [REF]
    keys = [
        {"fields": [column_name(column)], "reference": {"resource": resource, "fields": [field]}}
        for column in one.table.columns
        if column.form != LIST and len(leads := _leads(one.table, column, known)) == 1
        for resource, _dot, field in [leads[0].partition(".")]
    ]
    if keys:
        schema["foreignKeys"] = keys
    file = {"name": one.table.name, "path": f"{one.table.name}.csv", "title": table_title(one.table.kind)}
    return {**file, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema}


def _field(column: Column, language: str) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column_name(column), "title": column_title(column, language), "type": _type(column)}
    words = [meaning(column), _("Unit: %(unit)s.", unit=unit(column)) if unit(column) else ""]
    if description := " ".join(filter(None, words)):
        said["description"] = description
    if column.form == LIST:
        said |= {"delimiter": "\n", "itemType": "string"}
    rules: dict[str, Any] = {"required": True} if column.member == REF else {}
    if column.choices and column.form == CHOICE:
        rules["enum"] = list(column.choices)
    if column.shape is not None and column.shape.name == "when":
        rules["pattern"] = WHEN
    return {**said, **({"constraints": rules} if rules else {})}
