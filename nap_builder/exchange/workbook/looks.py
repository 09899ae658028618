"""How the cells of a workbook look: which are open, which are grey, and in which direction a text runs."""

from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import Any

from nap_builder.exchange.workbook.layout import (
    CHOICE,
    DAY,
    EXACT,
    KEPT,
    KEY,
    LIST,
    ORDER,
    TEXT,
    UNDER,
    WHOLE,
    YES_NO,
    Column,
)
from nap_builder.kernel.languages import direction

_INK, _PALE, _GREY = "#1F2A44", "#E4E9F2", "#EDEDED"
_TEXT_FORMAT = "@"
_WIDTHS = {TEXT: 44, LIST: 24, CHOICE: 22, YES_NO: 11, EXACT: 15, WHOLE: 11, DAY: 14, ORDER: 8, UNDER: 16}
_NARROW = {"code": 12}
_LINE, _MOST_LINES = 15, 16  # points of a line, and lines of a row


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}

    @cached_property
    def head(self) -> Any:
        """The head of a column."""
        return self._format(bold=True, font_color="#FFFFFF", bg_color=_INK, text_wrap=True, valign="vcenter")

    @cached_property
    def label(self) -> Any:
        """What stands before a fact of the plan."""
        return self._format(bold=True, bg_color=_PALE, text_wrap=True, valign="top")

    @cached_property
    def title(self) -> Any:
        """The title of the first sheet."""
        return self._format(bold=True, font_size=16, font_color=_INK, text_wrap=True)

    @cached_property
    def heading(self) -> Any:
        """A heading of the first sheet."""
        return self._format(bold=True, font_size=12, font_color=_INK, text_wrap=True)

    @cached_property
    def words(self) -> Any:
        """A paragraph of the first sheet."""
        return self._format(text_wrap=True, valign="top")

    def of(self, column: Column, *, locked: bool, new: bool = False) -> Any:
        """How the cells of a column look. What identifies a row is closed, but where it is `new`; so is what is only
        to be read.
        """
        closed = locked or (column.form in (KEY, KEPT) and not new)
        made = (column.form, column.language, closed)
        if made not in self._made:
            look = {"text_wrap": True, "valign": "top", "locked": closed, "border": 1, "border_color": "#C8CEDA"}
            if column.form not in (EXACT, WHOLE, ORDER):
                look["num_format"] = _TEXT_FORMAT
            if column.form == TEXT:
                look["reading_order"] = 2 if direction(column.language) == "rtl" else 1
            if closed:
                look["bg_color"] = _GREY
            self._made[made] = self._format(**look)
        return self._made[made]

    def _format(self, **look: Any) -> Any:
        return self._book.add_format(look)


def width(column: Column) -> int:
    """How wide a column is, in signs."""
    return _NARROW.get(column.member, _WIDTHS.get(column.form, 16))


def height(said: Sequence[tuple[Column, Any]], wide: int = 0) -> int:
    """How high a row is, in points, that shows what these cells say in columns as wide as they are, or so wide."""
    return min(max((_lines(value, wide or width(column)) for column, value in said), default=1), _MOST_LINES) * _LINE


def _lines(value: Any, wide: int) -> int:
    parts = value if isinstance(value, list) else str(value).split("\n")
    return sum(max(1, ceil(len(str(part)) * 1.1 / wide)) for part in parts)
