"""What cannot stand in a workbook is refused with its sheet and cell; what is no workbook, in one sentence."""

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from nap_builder.exchange import services
from nap_builder.exchange.cli import import_file
from nap_builder.exchange.container import may_be_workbook
from nap_builder.exchange.fault import Refused
from nap_builder.exchange.workbook.grid import MOST_ROWS
from tests.builders.exchange import full, small
from tests.builders.word_files import a_file
from tests.builders.workbooks import Book, changed, with_part, written
from tests.exchange.test_import_refused import dump

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The workbook of the full plan, made once."""
    return {}


@pytest.fixture
def content(app, made) -> bytes:
    with app.test_request_context("/en/"):
        if "full" not in made:
            made["full"] = written(full())
    return made["full"]


def faults(app: Any, content: bytes) -> list[str]:
    """What a file is refused for."""
    with app.test_request_context("/en/"):
        with pytest.raises(Refused) as refused:
            services.read(content)
        return [str(fault) for fault in refused.value.faults]


def of(book: Book, kind: str, said: str, member: str) -> Any:
    return book.cell(kind, said, member)


def put(kind: str, said: str, member: str, value: Any) -> Callable[[Book], str]:
    """Writes a value into a cell; tells which."""

    def change(book: Book) -> str:
        cell = book.cell(kind, said, member)
        cell.value = value
        return f"{cell.parent.title}!{cell.coordinate}"

    return change


WRONG: dict[str, tuple[Callable[[Book], str], str]] = {
    "a formula in a text": (put("activity", "1.2.1", "title@en", "=1+1"), "holds a formula"),
    "a formula in a number": (put("activity", "1.2.1", "order", "=A1"), "holds a formula"),
    "a formula that calls": (put("activity", "1.2.1", "partners@en", '=HYPERLINK("http://x")'), "holds a formula"),
    "an error": (put("activity", "1.2.1", "lead", "#REF!"), "holds an error"),
    "a word of no list": (put("activity", "1.2.1", "costing", "Cheap"), "Cheap is not one of the words"),
    "an institution nobody knows": (put("activity", "1.2.1", "lead", "NOBODY"), "no institution has the code NOBODY"),
    "no date": (put("activity", "1.2.1", "starts", "soon"), "is not a date such as"),
    "a code that became a number": (put("activity", "1.2.1", "code", 1.1), "made a number or a date"),
    "nothing where something must be": (put("activity", "1.2.1", "code", None), "code is missing"),
    "a number twice": (put("activity", "1.2.1", "code", "1.2.2"), "1.2.2 is used twice"),
    "under nothing": (put("activity", "1.2.1", "under", "objective:9.9"), "objective:9.9 is not in this file"),
    "under what cannot hold it": (put("objective", "1.2", "under", "activity:1.2.1"), "is not in this file"),
    "money in words": (put("budget_line", "1", "amount", "much"), "is not an amount"),
    "a reference to nothing": (put("activity", "1.2.1", "related", "activity:0.0"), "activity:0.0 is not in this plan"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_sheet_and_cell(app, content, name):
    change, reason = WRONG[name]
    book = Book(content)
    if name == "money in words":
        change = _money
    place = change(book)
    found = faults(app, book.content)
    assert any(reason in fault for fault in found)
    sheet = place.partition("!")[0]
    assert all(fault.startswith(f"{sheet}!") for fault in found)
    if reason not in ("code is missing", "1.2.2 is used twice"):
        assert any(fault.startswith(f"{place}: ") for fault in found), (place, found)


def _money(book: Book) -> str:
    cell = book.sheets["budget_line"].cell(3, book.column("budget_line.amount"))
    cell.value = "much"
    return f"{cell.parent.title}!{cell.coordinate}"


def test_a_long_text_is_not_cut_by_a_change(app):
    with app.test_request_context("/en/"):
        document = small(pillars=[{"code": "1", "title": "A", "goal": "long " * 9_000}])
        book = Book(written(document))
        assert services.read(book.content).document == services.read(json.dumps(document).encode()).document
        book.cell("pillar", "1", "goal@en").value = "short"
    assert "longer than a cell can hold" in faults(app, book.content)[0]


def test_a_sheet_without_a_column_is_refused(app, content):
    book = Book(content)
    book.sheets["activity"].delete_cols(book.column("activity.lead"))
    assert faults(app, book.content)[0] == "Activities!A1: The sheet lacks the column activity.lead."


def test_a_sheet_twice_is_refused(app, content):
    book = Book(content)
    book.book.copy_worksheet(book.sheets["activity"])
    assert any("stands twice" in fault for fault in faults(app, book.content))


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "1",
        '{"":1}',
        '{"":{"above":1}}',
        "[" * 30_000,
        '{"":{"whole":{"key":"k"}}}',
        '{"more":[{"label":1}]}',
    ],
)
def test_what_is_carried_along_cannot_be_bent(app, content, kept):
    book = Book(content)
    book.cell("activity", "1.2.1", "kept").value = kept
    assert all(fault.startswith("Activities!") for fault in faults(app, book.content))


def test_half_a_sign_is_refused(app, content):
    book = Book(content)
    book.cell("activity", "1.2.1", "kept").value = '{"more":[{"label":"a","text":"\\ud800"}]}'
    assert "half a character" in faults(app, book.content)[0]


def plain(rows: int = 1, columns: int = 1) -> bytes:
    """A workbook of no plan."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sheet")
    for row in range(rows):
        for column in range(columns):
            sheet.write_number(row, column, 1)
    book.close()
    return out.getvalue()


def a_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, said in files.items():
            archive.writestr(name.replace("__", "/"), said)
    return out.getvalue()


def sheet_of(said: str) -> Callable[[bytes], bytes]:
    """The workbook with other XML in the place of its sheet of activities."""
    wrapped = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{said}</sheetData></worksheet>"
    )
    return lambda content: with_part(content, "xl/worksheets/sheet6.xml", lambda _old: wrapped)


def _with_macros(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize("name", ["key", "order", "under"])
def test_what_a_cell_always_holds_is_not_carried_along(app, content, name):
    book = Book(content)
    kept, cell = book.cell("activity", "1.2.1", "kept"), book.cell("activity", "1.2.1", name)
    kept.value, cell.value = f'{{"":{{"whole":{{"{name}":{{"a":1}}}}}}}}', "{'a': 1}"
    assert f"Activities!{kept.coordinate}: is not as it was written" in faults(app, book.content)[0]


@pytest.mark.parametrize("value", ['{"a":1}', '["a"]', "1"])
def test_a_text_carried_along_is_a_text(app, content, value):
    book = Book(content)
    row = book.add("section", title__en=str(json.loads(value)), place="body")
    book.sheets["section"].cell(row, book.column("section.kept")).value = f'{{"":{{"whole":{{"title@en":{value}}}}}}}'
    assert all(fault.startswith("Sections!") for fault in _faults_or_none(app, book.content))


def _faults_or_none(app: Any, content: bytes) -> list[str]:
    with app.test_request_context("/en/"), contextlib.suppress(Refused):
        services.read(content)
        return []
    return faults(app, content)


def renamed(part: str, **others: str) -> Callable[[bytes], bytes]:
    """A workbook whose part bears a name that no program gives it."""

    def change(content: bytes) -> bytes:
        out, name = io.BytesIO(), part.replace(".xml", ".bin")
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.namelist():
                said = old.read(one)
                if one.endswith(".rels") or (one.startswith("[") and "types" not in others):
                    said = said.replace(part.rpartition("/")[2].encode(), name.rpartition("/")[2].encode())
                new.writestr(name if one == part else one, said)
        return out.getvalue()

    return change


def _long_text_everywhere(content: bytes) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    others = "<si><t>y</t></si>" * 9_000
    text = f'<sst xmlns="{main}"><si><t>{"x" * 1_000_000}</t></si>{others}</sst>'
    shared = with_part(content, "xl/sharedStrings.xml", lambda _s: text)
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 60))
    return sheet_of(cells)(shared)


def with_added(content: bytes, name: str, said: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, said)
    return out.getvalue()


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an old workbook": (lambda _c: OLE + "Workbook".encode("utf-16-le"), "old Excel file (.xls)"),
    "a locked workbook": (
        lambda _c: OLE + "EncryptedPackage".encode("utf-16-le") + "Workbook".encode("utf-16-le"),
        "locked with a password",
    ),
    "OpenDocument": (
        lambda _c: a_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content=b"<a/>"),
        "OpenDocument spreadsheet (.ods)",
    ),
    "half a file": (lambda c: c[: len(c) // 2], "damaged"),
    "no workbook of a plan": (lambda _c: plain(), "no workbook of a plan"),
    "17,000 columns": (lambda _c: plain(1, 16_000), "no workbook of a plan"),
    "no types": (lambda _c: a_zip(xl__workbook=b"xl/workbook", xl__worksheets__a=b"<a/>"), "no workbook (.xlsx)"),
    "a bomb": (lambda c: with_part(c, "xl/styles.xml", lambda s: s + " " * 60_000_000), "larger than"),
    "an entity": (
        lambda c: with_part(c, "xl/styles.xml", lambda s: s.replace("<styleSheet", DOCTYPE + "<styleSheet")),
        "entities",
    ),
    "broken XML": (lambda c: with_part(c, "xl/workbook.xml", lambda s: s[:-20]), "damaged"),
    "no strings": (lambda c: with_part(c, "xl/sharedStrings.xml", lambda _s: "<sst/>"), "damaged"),
    "a string beyond all": (sheet_of('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'), "damaged"),
    "a cell of nowhere": (sheet_of('<row r="1"><c r="??"><v>1</v></c></row>'), "damaged"),
    "a row of nowhere": (sheet_of('<row r="x"><c r="A1"><v>1</v></c></row>'), "damaged"),
    "a number of no end": (sheet_of(f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>'), "damaged"),
    "too many pieces": (sheet_of('<row r="1">' + "<c/>" * 1_600_000 + "</row>"), "more pieces"),
    "too many rows": (
        sheet_of("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, MOST_ROWS + 9))),
        "more than 20000 rows",
    ),
    "strings by another name": (renamed("xl/sharedStrings.xml"), "damaged"),
    "a sheet by another name": (renamed("xl/worksheets/sheet1.xml", types="kept"), "damaged"),
    "pieces by another name": (
        lambda c: with_added(c, "xl/media/image9.bin", b"<sst>" + b"<si/>" * 1_600_000),
        "more pieces",
    ),
    "one long text in many cells": (_long_text_everywhere, "more pieces"),
    "macros": (_with_macros, "macros"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_a_sentence(app, content, name):
    make, reason = HOSTILE[name]
    hostile = make(content)
    assert may_be_workbook(hostile)
    [fault] = faults(app, hostile)
    assert reason in fault


def test_a_row_at_the_end_of_the_sheet_is_not_a_million_rows(app, content):
    far = sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')(content)
    assert "more than 20000 rows" in faults(app, far)[0]


def test_a_word_file_is_no_workbook():
    assert not may_be_workbook(a_file("A paragraph."))


def test_the_command_says_the_sheet_and_the_cell(app, db, content, tmp_path):
    before = dump()
    file = tmp_path / "plan.xlsx"
    file.write_bytes(changed(content, put("activity", "1.2.1", "title@en", "=1+1")))
    result = app.test_cli_runner().invoke(import_file, [str(file)])
    assert result.exit_code == 1
    assert "Activities!" in result.stderr
    assert "holds a formula" in result.stderr
    assert dump() == before


def test_the_command_takes_a_workbook_in(app, db, content, tmp_path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(content)
    dry = app.test_cli_runner().invoke(import_file, [str(file), "--dry-run"])
    assert "add\tactivity:1.2.1\t" in dry.stdout
    assert app.test_cli_runner().invoke(import_file, [str(file)]).exit_code == 0
    again = app.test_cli_runner().invoke(import_file, [str(file), "--dry-run"])
    assert "\nadd\t" not in "\n" + again.stdout
    assert "\nchange\t" not in "\n" + again.stdout
