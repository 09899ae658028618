"""The sheets of a workbook as they were sent: which columns they bear, and what stands in the cells below."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.read_only import EMPTY_CELL
from xlsxwriter.utility import xl_col_to_name

from nap_builder.exchange.container import damaged
from nap_builder.exchange.fault import shown
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.workbook.cells import ERROR, FORMULA, MOMENT, NUMBER, TEXTUAL, TRUTH, Cell
from nap_builder.exchange.workbook.guard import DAMAGED, opened, too_large
from nap_builder.exchange.workbook.layout import HEAD_ROWS
from nap_builder.kernel.languages import _

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
MOST_SHEETS = 40
MOST_CELLS = 1_000_000
"""Cells of all sheets that hold anything: a plan of 2,000 activities in three languages has some 300,000."""
MOST_SIGNS = 50_000_000
"""Signs in all cells, which may share one long text."""
MOST_ROWS_IN_ALL = 100_000
_LAST_ROW = 1_048_576  # that a spreadsheet program can make

Cells = dict[int, Cell]
_KINDS = (
    ((bool,), TRUTH),
    ((int, float), NUMBER),
    ((dt.datetime, dt.date, dt.time, dt.timedelta), MOMENT),
)


@dataclass
class Sheet:
    """One sheet: its title, the first row, and each row below the heads that holds anything, by number from 1."""

    title: str
    names: Cells
    rows: dict[int, Cells] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What the first cell says the sheet is."""
        first = self.names.get(0)
        return str(first.value) if first is not None and first.kind == TEXTUAL else ""

    def place(self, row: int, column: int) -> str:
        """A cell as a person finds it, such as Activities!C5."""
        return f"{shown(self.title)}!{xl_col_to_name(column)}{row}"


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets of a workbook in its order. Raises Unreadable for what is no workbook, or too large."""
    with closing(opened(data)) as book:
        try:
            if len(book.worksheets) > MOST_SHEETS:
                raise Unreadable(_("The file holds more than %(count)s sheets.", count=MOST_SHEETS))
            read = _Read()
            return [_sheet(sheet, read) for sheet in book.worksheets]
        except DAMAGED:
            raise damaged() from None


@dataclass
class _Read:
    """How much of a workbook is read already."""

    rows: int = 0
    cells: int = 0
    signs: int = 0

    def add(self, cells: Cells) -> None:
        """Counts a row. Raises Unreadable where that is too much."""
        self.rows += 1
        self.cells += len(cells)
        self.signs += sum(len(cell.value) for cell in cells.values() if cell.kind == TEXTUAL)
        if self.rows > MOST_ROWS_IN_ALL or self.cells > MOST_CELLS or self.signs > MOST_SIGNS:
            raise too_large()


def _sheet(found: Any, read: _Read) -> Sheet:
    sheet = Sheet(found.title, {})
    for number, cells in _rows(found):
        if number > MOST_ROWS:
            raise Unreadable(
                _("The sheet %(name)s has more than %(count)s rows.", name=found.title, count=MOST_ROWS),
            )
        read.add(cells)
        if number == 1:
            sheet.names = cells
        elif number > HEAD_ROWS:
            sheet.rows[number] = cells
    return sheet


def _rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """The rows that hold anything. The library gives one and the same row for all that are left out between two."""
    blank: Any = None
    for number, row in enumerate(sheet.iter_rows(min_row=1, max_row=_LAST_ROW, max_col=MOST_COLUMNS), start=1):
        if row is blank:
            continue
        cells = {
            column: cell for column, one in enumerate(row) if one is not EMPTY_CELL and (cell := _cell(one)) is not None
        }
        if cells:
            yield number, cells
        else:
            blank = row


def _cell(found: Any) -> Cell | None:
    """A cell of the library; None for an empty one."""
    value = found.value
    if found.data_type == "f":
        return Cell(FORMULA, None)
    if value is None or value == "":
        return None
    if found.data_type == "e":
        return Cell(ERROR, None)
    kind = next((kind for types, kind in _KINDS if isinstance(value, types)), TEXTUAL)
    return Cell(kind, str(value) if kind == TEXTUAL else value)
