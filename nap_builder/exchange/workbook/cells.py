"""One value of the format as a cell shows it, and back. A cell holds a text or a number, never a formula."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from nap_builder.exchange.fault import shown as cut
from nap_builder.exchange.workbook.layout import CHOICE, DAY, EXACT, LIST, ORDER, TEXT, WHOLE, YES_NO, Column
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.fields import plain_decimal
from nap_builder.kernel.languages import _

LONGEST = 32_000
"""Signs that a cell is given; Excel takes 32,767 and counts rare signs twice."""
MOST_DIGITS = 15
"""Figures of a number that Excel keeps; a longer one stands in its cell as text."""
CUT = " […]"
DAMAGED_BY_READERS = "x005F_"  # stands in no cell: the programs disagree on how it is written
_SEPARATORS = re.compile(r"[\s,;،؛]+")

TEXTUAL, NUMBER, MOMENT, TRUTH, FORMULA, ERROR = "text number moment truth formula error".split()
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell of a file: its kind, and the value as the library read it."""

    kind: str
    value: Any


class Wrong(DomainError):
    """A cell whose value cannot be what its column holds; says why, in words for the person who typed it."""


def encoded(column: Column, value: Any, words: Words) -> str | int | float:
    """How a cell shows a value of the format."""
    names = {said: word for word, said in words.items()}
    if column.form == LIST:
        return _fitting("\n".join(str(names.get(item, item)) for item in value))
    if column.form in (CHOICE, YES_NO):
        return names.get(value, str(value))
    if column.form == EXACT:
        return _number(value)
    if column.form == WHOLE:
        return int(value)
    return _fitting(str(value))


def decoded(column: Column, cell: Cell, words: Words) -> Any:
    """What a cell says in the format; None for nothing. Raises Wrong for what no cell of this column can say."""
    if cell.kind == FORMULA:
        raise Wrong(_("holds a formula. Put the value itself in its place; formulas are not run"))
    if cell.kind == ERROR:
        raise Wrong(_("holds an error instead of a value"))
    if cell.kind == TEXTUAL and not cell.value.strip():
        return None
    if column.form == TEXT:
        return _words_of(cell)
    if column.form in (EXACT, WHOLE, ORDER):
        return _figure(column, cell)
    if column.form == DAY:
        return _day(cell)
    return _listed(column, _plain(column, cell), words)


def text_of(cell: Cell) -> str:
    """A cell as the text that a person sees in it."""
    if cell.kind == NUMBER:
        return _exact(cell.value)
    return str(cell.value)


def _number(value: str) -> str | float:
    digits = value.lstrip("-").replace(".", "").lstrip("0")
    return float(value) if len(digits) <= MOST_DIGITS else value


def _fitting(text: str) -> str:
    """As much of a text as a cell holds; what it lacks is carried along."""
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
        return text[: LONGEST // 2] + CUT
    return text.replace(DAMAGED_BY_READERS, "x005F ")


def _words_of(cell: Cell) -> str:
    if cell.kind == MOMENT:
        raise Wrong(_("was made a date by the spreadsheet program. Write it as text"))
    return text_of(cell).replace("\r\n", "\n").replace("\r", "\n")


def _figure(column: Column, cell: Cell) -> Any:
    """A number of the format; what is none stays a text, which the rules of the format then refuse."""
    if cell.kind == MOMENT:
        raise Wrong(_("was made a date by the spreadsheet program. Write the number again"))
    text = text_of(cell).strip()
    if column.form != WHOLE:
        return text
    if not text.lstrip("-").isdecimal() or len(text) > MOST_DIGITS:
        raise Wrong(_("must be a whole number"))
    return int(text)


def _exact(value: float) -> str:
    """A number of a cell as a decimal: what a person sees, not what the machine keeps of it."""
    return plain_decimal(Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{MOST_DIGITS}g")))


def _day(cell: Cell) -> str:
    """A date as precise as it is said; a real date where the program has made one of it."""
    if cell.kind == MOMENT:
        if isinstance(cell.value, datetime) and cell.value.time() == time(0):
            return cell.value.date().isoformat()
        if isinstance(cell.value, date) and not isinstance(cell.value, datetime):
            return cell.value.isoformat()
        raise Wrong(_("is no day. Write a date such as 2027-03-01, 2027-Q1 or 2027"))
    return text_of(cell).strip()


def _plain(column: Column, cell: Cell) -> str:
    """A code, a word or several. A number is one too, but for 1.10, which the program has made 1.1 of."""
    if cell.kind == MOMENT or (column.codes and isinstance(cell.value, float) and not cell.value.is_integer()):
        raise Wrong(_("was made a number or a date by the spreadsheet program. Write it as text, with ' before it"))
    return text_of(cell)


def _listed(column: Column, text: str, words: Words) -> Any:
    if column.form in (CHOICE, YES_NO):
        return _chosen(text.strip(), words)
    if column.form != LIST:
        return text.strip() if column.codes else text
    if column.codes:
        return [part for part in _SEPARATORS.split(text) if part]
    lines = [line for line in text.split("\n") if line.strip()]
    return [_chosen(line.strip(), words) for line in lines] if column.choices else lines


def _chosen(word: str, words: Words) -> Any:
    """The value of a word, which may also be written as the format writes it."""
    if word in words:
        return words[word]
    folded = {name.casefold(): value for name, value in words.items()} | {
        str(value).casefold(): value for value in words.values()
    }
    if word.casefold() not in folded:
        raise Wrong(_("%(word)s is not one of the words of the list", word=cut(word)))
    return folded[word.casefold()]
