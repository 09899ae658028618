"""A plan written as a workbook. Every text is written as text and every figure as a number: there is no formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from nap_builder.exchange.workbook.cells import LONGEST, Words, encoded
from nap_builder.exchange.workbook.layout import (
    ABOUT,
    CARRIED_ON,
    DOCUMENT,
    FACTS,
    HEAD_ROWS,
    KEPT,
    KEY,
    OF_ONE,
    OF_ONE_ALSO,
    SHEETS,
    UNSEEN,
    Column,
    cited,
    columns,
)
from nap_builder.exchange.workbook.lines import Carried, Line, carried, languages_of, lines, values
from nap_builder.exchange.workbook.looks import Looks, height, width
from nap_builder.exchange.workbook.readme import about
from nap_builder.exchange.workbook.reported import COLUMNS as REPORTED_COLUMNS
from nap_builder.exchange.workbook.reported import SHEET as REPORTED
from nap_builder.exchange.workbook.reported import WIDE, WIDTH, Reported
from nap_builder.exchange.workbook.scope import CONTEXT, cut_to, names_of
from nap_builder.exchange.workbook.words import choices, head, sheet_name
from nap_builder.kernel.languages import direction, force_locale

FORMAT = "nap-workbook/1"
FACT_WIDTH = 90
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SPARE_ROWS = 500  # below the last row, in which lists and unlocked cells still stand ready
_ALLOWED = dict.fromkeys(
    "insert_rows delete_rows sort autofilter format_cells format_columns format_rows".split(), True
)
Document = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """Which workbook is wanted: in which language its heads are, and of which institution (its code; None: of all).

    `dated` is the moment of the plan's last change: an unchanged plan gives the same bytes.
    """

    language: str
    dated: datetime
    institution: str | None = None


def workbook(document: Document, order: Order) -> bytes:
    """A nap-plan/1 document as XLSX, with all that it says. Takes a second for some three hundred activities."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"created": order.dated.replace(tzinfo=None)})
    with force_locale(order.language.replace("-", "_")):
        _Writer(book, document, order).write()
    book.close()
    return out.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, document: Document, order: Order) -> None:
        self._book, self._order = book, order
        self._whole = document
        self._document = cut_to(document, order.institution) if order.institution else document
        self._first: str = document["plan"]["languages"][0]
        self._languages = languages_of(document)
        self._looks = Looks(book)
        self._rtl = direction(order.language) == "rtl"
        kinds = (*OF_ONE, *OF_ONE_ALSO) if order.institution else SHEETS
        self._columns = {kind: columns(kind, self._languages) for kind in (*FACTS, *kinds)}
        self._words: dict[str, Words] = {
            column.name: choices(column) for some in self._columns.values() for column in some
        }
        self._lists: dict[str, str] = {}

    def write(self) -> None:
        """Writes everything; after the rows what was reported on them, to be read."""
        found: dict[str, list[Line]] = {kind: [] for kind in self._columns}
        for line in lines(self._document):
            found[line.kind].append(line)
        notes = self._add("about", locked=True)
        facts = self._add("plan", locked=bool(self._order.institution))
        sheets = {kind: self._add(kind, locked=False) for kind in found if kind not in FACTS}
        self._write_lists(self._add("lists", locked=True))
        self._write_about(notes)
        self._write_facts(facts)
        for kind, sheet in sheets.items():
            self._write_rows(sheet, kind, found[kind])
        self._write_reported(found["indicator"])
        facts.activate() if self._order.institution is None else sheets["activity"].activate()

    def _add(self, name: str, *, locked: bool) -> Any:
        sheet = self._book.add_worksheet(sheet_name(name))
        sheet.protect("", {} if locked else _ALLOWED)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        if self._rtl:
            sheet.right_to_left()
        return sheet

    def _write_about(self, sheet: Any) -> None:
        sheet.write_string(0, 0, "about")
        sheet.set_column(0, 0, 100)
        sheet.hide_gridlines(2)
        for row, (text, look) in enumerate(about(self._document, self._order.institution), start=1):
            sheet.write_string(row, 0, text, getattr(self._looks, look))

    def _write_lists(self, sheet: Any) -> None:
        """The words that cells may choose among, each list with the values of the format beside it."""
        sheet.write_string(0, 0, "lists")
        sheet.hide()
        codes = {"institution.code": {body["code"]: body["code"] for body in self._document["institutions"]}}
        offered = {name: words for name, words in {**codes, **self._words}.items() if words}
        for number, (name, words) in enumerate(offered.items()):
            column = 1 + 2 * number
            sheet.write_string(0, column, name)
            for row, (word, value) in enumerate(words.items(), start=HEAD_ROWS):
                sheet.write_string(row, column, word)
                sheet.write_string(row, column + 1, str(value))
            self._lists[name] = _range(sheet_name("lists"), column, len(words))

    def _write_facts(self, sheet: Any) -> None:
        """The plan and its task force, a member to a line."""
        sheet.write_string(0, 0, "plan")
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, FACT_WIDTH)
        sheet.freeze_panes(HEAD_ROWS, 2)
        for column, text in ((1, sheet_name("plan")), (2, "")):
            sheet.write_string(1, column, text, self._looks.head)
        row = HEAD_ROWS
        for kind in FACTS:
            row = self._write_fact(sheet, kind, row)
        for name, text in self._meta().items():
            sheet.set_row(row, None, None, {"hidden": True})
            sheet.write_string(row, 0, name)
            for number, chunk in enumerate(_chunks(text)):
                sheet.write_string(row, 2 + number, chunk)
            row += 1

    def _write_fact(self, sheet: Any, kind: str, row: int) -> int:
        line = Line(kind, self._document.get(kind, {}), 1)
        for column in self._columns[kind]:
            if column.form == KEPT:
                continue
            sheet.write_string(row, 0, column.name)
            sheet.write_string(row, 1, head(column, self._order.language), self._looks.label)
            locked = column.name == "plan.slug" or self._order.institution is not None
            value = values(column, line, self._first)
            sheet.set_row(row, height([(column, value)], FACT_WIDTH))
            sheet.write_blank(row, 2, None, self._looks.of(column, locked=locked))
            self._write_value(sheet, (row, 2), column, line, locked=locked)
            self._validate(sheet, column, (row, 2, row, 2))
            row += 1
        return row

    def _meta(self) -> dict[str, str]:
        """What a workbook says of itself, and what of the plan no other cell says."""
        facts = {kind: self._carried(Line(kind, self._document.get(kind, {}), 1)) for kind in FACTS}
        rest: dict[str, Any] = {name: self._document[name] for name in ("profile", "version") if name in self._document}
        others = {"others": names_of(self._whole)} if self._order.institution else {}
        said = {
            f"{ABOUT}.format": FORMAT,
            f"{ABOUT}.languages": " ".join(self._languages),
            f"{ABOUT}.institution": self._order.institution or "",
            f"{DOCUMENT}.{KEPT}": Carried({**rest, **others}).packed(),
        }
        return {**said, **{f"{kind}.{KEPT}": kept.packed() for kind, kept in facts.items()}}

    def _write_rows(self, sheet: Any, kind: str, found: Sequence[Line]) -> None:
        used = self._columns[kind]
        packed = [self._carried(line).packed() for line in found]
        locked = bool(self._order.institution) and kind in CONTEXT
        self._write_heads(sheet, used, locked=locked)
        self._write_kept(sheet, len(used) - 1, packed)
        for row, line in enumerate(found, start=HEAD_ROWS):
            sheet.set_row(row, self._height(used[:-1], line))
            for place, column in enumerate(used[:-1]):
                self._write_value(sheet, (row, place), column, line, locked=locked)
        last = HEAD_ROWS + len(found) + SPARE_ROWS
        for place, column in enumerate(used):
            self._validate(sheet, column, (HEAD_ROWS, place, last, place))
        sheet.autofilter(1, 0, max(HEAD_ROWS, HEAD_ROWS + len(found) - 1), len(used) - 2)
        frozen = next((n for n, column in enumerate(used) if column.member == "code"), 2) + 1
        sheet.freeze_panes(HEAD_ROWS, frozen)
        sheet.repeat_columns(0, frozen - 1)
        if kind in UNSEEN:
            sheet.hide()

    def _write_reported(self, indicators: Sequence[Line]) -> None:
        """The sheet of what was reported, where anything was: grey, for it is not taken in from there."""
        found = list(Reported(self._document["plan"], self._order.language).lines(indicators))
        if not found:
            return
        sheet = self._add(REPORTED, locked=True)
        self._write_heads(sheet, REPORTED_COLUMNS, locked=True)
        for place, column in enumerate(REPORTED_COLUMNS):
            if column.member in WIDE:
                sheet.set_column(place, place, WIDTH, self._looks.of(column, locked=True))
        for row, line in enumerate(found, start=HEAD_ROWS):
            sheet.set_row(row, height([(column, line.get(column.member, "")) for column in REPORTED_COLUMNS], WIDTH))
            for place, column in enumerate(REPORTED_COLUMNS):
                look, said = self._looks.of(column, locked=True), line.get(column.member)
                shown = encoded(column, said, {}) if said is not None else None
                write = sheet.write_number if isinstance(shown, int | float) else sheet.write_string
                write(row, place, shown, look) if shown is not None else sheet.write_blank(row, place, None, look)
        sheet.autofilter(1, 0, HEAD_ROWS + len(found) - 1, len(REPORTED_COLUMNS) - 1)
        sheet.freeze_panes(HEAD_ROWS, 1)

    @staticmethod
    def _write_kept(sheet: Any, place: int, packed: Sequence[str]) -> None:
        """Writes what is carried along into hidden columns, as many as the longest needs."""
        for number in range(1, max((len(_chunks(text)) for text in packed), default=0)):
            sheet.set_column(place + number, place + number, None, None, {"hidden": True})
            sheet.write_string(0, place + number, CARRIED_ON)
        for row, text in enumerate(packed, start=HEAD_ROWS):
            for number, chunk in enumerate(_chunks(text)):
                sheet.write_string(row, place + number, chunk)

    def _write_heads(self, sheet: Any, used: Sequence[Column], *, locked: bool) -> None:
        sheet.set_row(1, 32)
        for place, column in enumerate(used):
            look = self._looks.of(column, locked=locked, new=cited(column))
            hidden = {"hidden": column.form in (KEY, KEPT) and not cited(column)}
            sheet.set_column(place, place, width(column), look, hidden)
            sheet.write_string(0, place, column.name)
            sheet.write_string(1, place, head(column, self._order.language), self._looks.head)

    def _write_value(self, sheet: Any, at: tuple[int, int], column: Column, line: Line, *, locked: bool) -> None:
        value = values(column, line, self._first)
        if value is None:
            return
        look = self._looks.of(column, locked=locked)
        said = encoded(column, value, self._words[column.name])
        if isinstance(said, str):
            sheet.write_string(*at, said, look)
        else:
            sheet.write_number(*at, said, look)

    def _height(self, used: Sequence[Column], line: Line) -> int:
        """How high a row must be to show what it says, in points, so far as a screen has room for it."""
        found = ((column, values(column, line, self._first)) for column in used)
        said = [
            (column, encoded(column, value, self._words[column.name])) for column, value in found if value is not None
        ]
        return height(said)

    def _validate(self, sheet: Any, column: Column, area: tuple[int, int, int, int]) -> None:
        """Offers a list where a cell holds one word of it, or the code of an institution."""
        name = column.name if column.form != "list" and self._words[column.name] else ""
        if (
            column.form == "plain"
            and column.shape is not None
            and column.shape.name == "code"
            and column.member != "code"
        ):
            name = "institution.code"
        if name in self._lists:
            sheet.data_validation(*area, {"validate": "list", "source": self._lists[name]})

    def _carried(self, line: Line) -> Carried:
        return carried(line, self._columns[line.kind], self._words, self._first)


def _chunks(text: str) -> list[str]:
    """A text in pieces that cells can hold, though signs may count twice."""
    return [text[start : start + LONGEST // 2] for start in range(0, len(text), LONGEST // 2)]


def _range(sheet: str, column: int, count: int) -> str:
    letters = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
    return f"='{sheet}'!{letters}${HEAD_ROWS + 1}:{letters}${HEAD_ROWS + max(count, 1)}"
