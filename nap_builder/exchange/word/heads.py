"""Tables that look like a results matrix: where their head stands, what its columns are called, and which are alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nap_builder.exchange.word.contents import Cell, Table
from nap_builder.exchange.word.limits import MOST_HEADS, MOST_MAPPED
from nap_builder.exchange.word.vocabulary import (
    ACTIVITY,
    INDICATOR,
    LEVELS,
    NOTE,
    NUMBER,
    ONCE,
    column_of,
    plain,
)
from nap_builder.kernel.languages import number

_LOOKED_AT = 6  # rows in which a head is sought
_TALLEST = 3
_LONGEST_LABEL = 120
_FEWEST = 3  # columns of a matrix, and of those that a head makes known


@dataclass(frozen=True)
class Column:
    """A column as its head parts the table: what it is called, and the columns of the grid it covers."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Matrix:
    """A table whose head was found. `above` are the rows over the head, `begins` is the first row under it."""

    table: Table
    columns: tuple[Column, ...]
    above: int
    begins: int

    @cached_property
    def name(self) -> tuple[str, ...]:
        """What tables with the same head share."""
        return tuple(plain(column.label) for column in self.columns)

    def covered(self, cell: Cell) -> list[int]:
        """The columns that a cell stands in."""
        last = cell.column + cell.span - 1
        found = [n for n, one in enumerate(self.columns) if one.first <= last and cell.column <= one.last]
        starts = [n for n in found if self.columns[n].first >= cell.column or cell.span == 1]
        return starts or found[:1]


@dataclass(frozen=True, eq=False)
class Alike:
    """Tables with the same head, which are mapped once; `guess` is what each column probably holds."""

    tables: tuple[Matrix, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, as the first of the tables has them."""
        return self.tables[0].columns

    @property
    def numbers(self) -> list[str]:
        """The places of the tables among all of the file, in words."""
        return [number(matrix.table.number) for matrix in self.tables]

    @property
    def rows(self) -> int:
        """How many rows stand under the heads."""
        return sum(len(matrix.table.rows) - matrix.begins for matrix in self.tables)

    @cached_property
    def guess(self) -> tuple[str, ...]:
        """What each column probably holds; of what a row has once, the first such column."""
        return guessed(column.label for column in self.columns)


def guessed(labels: Iterable[str]) -> tuple[str, ...]:
    """What columns with these heads probably hold."""
    found: list[str] = []
    for label in labels:
        name = column_of(label)
        found.append(NOTE if name in ONCE and name in found else name)
    return tuple(found)


def alike(tables: Iterable[Table]) -> list[Alike]:
    """The tables that look like a results matrix, those with the same head together, in their order."""
    groups: dict[tuple[str, ...], list[Matrix]] = {}
    for table in tables:
        matrix = matrix_of(table)
        if matrix is not None and (matrix.name in groups or len(groups) < MOST_HEADS):
            groups.setdefault(matrix.name, []).append(matrix)
    return [Alike(tuple(group)) for group in groups.values()]


def matrix_of(table: Table) -> Matrix | None:
    """The table with its head, where one of its first rows names what rows of a plan have; else None."""
    for first in range(min(_LOOKED_AT, len(table.rows) - 1)):
        last = _end_of_head(table, first)
        columns = _columns(table, first, last)
        if last < len(table.rows) and _FEWEST <= len(columns) <= MOST_MAPPED and _names_rows(columns):
            return Matrix(table, columns, first, last)
    return None


def _names_rows(columns: tuple[Column, ...]) -> bool:
    """Whether heads name a level and enough that hangs on it: a table that does and counts nothing is no matrix."""
    found = set(guessed(column.label for column in columns)) - {NOTE, NUMBER}
    return bool(found & set(LEVELS)) and bool(found & {ACTIVITY, INDICATOR}) and len(found) >= _FEWEST


def _end_of_head(table: Table, first: int) -> int:
    """The row after a head that begins in this row: over how many rows its cells are merged, or that repeat."""
    last = first + 1
    while last < min(first + _TALLEST, len(table.rows)) and (
        any(cell.goes_on for cell in table.rows[last]) or _parts_the_head(table, first, last)
    ):
        last += 1
    return max(last, table.heads) if table.heads <= first + _TALLEST else last


def _parts_the_head(table: Table, first: int, row: int) -> bool:
    """Whether a row only says more of columns that the head above it spans."""
    wide = {n for cell in table.rows[first] if cell.span > 1 for n in range(cell.column, cell.column + cell.span)}
    said = [cell for cell in table.rows[row] if cell.text]
    return len(said) > 1 and all(cell.column in wide and cell.span == 1 for cell in said)


def _columns(table: Table, first: int, last: int) -> tuple[Column, ...]:
    """The columns as the cells of the lowest row of the head part them; a cell above lends its words."""
    lowest = [cell for cell in table.rows[last - 1] if cell.column < table.columns]
    found = []
    for cell in lowest:
        end = cell.column + cell.span - 1
        words = [
            above.text
            for row in table.rows[first:last]
            for above in row
            if above.text and above.column <= end and cell.column <= above.column + above.span - 1
        ]
        label = " – ".join(dict.fromkeys(words))
        found.append(Column(label[:_LONGEST_LABEL], cell.column, end))
    return tuple(found)
