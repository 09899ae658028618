"""The rows of a matrix table, one by one: what each column says in it, and what rows that span the table announce."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nap_builder.exchange.word.contents import Cell, Paragraph
from nap_builder.exchange.word.heads import Matrix
from nap_builder.exchange.word.vocabulary import (
    ACTIVITY,
    EXPECTED,
    LEAD,
    LEVELS,
    NOTE,
    NOTHING,
    NUMBER,
    PARTNERS,
    ROWS,
    SUPPORTING,
    TIME,
    plain,
    words,
)

# What a merged cell says of every row it stands beside; of the rest it says so of the first alone.
_SHARED = frozenset({*LEVELS, LEAD, SUPPORTING, PARTNERS, TIME, "starts", "ends", EXPECTED})
_LONGEST_SHARED = 400  # signs that are said again for each row beside a merged cell


@dataclass(frozen=True, eq=False)
class Said:
    """What one column says in a row; `again` where a merged cell only goes on from the row above."""

    label: str
    cell: Cell
    again: bool = False

    @property
    def text(self) -> str:
        """The words on one line."""
        return self.cell.text


@dataclass(eq=False)
class Line:
    """A row of a matrix table: its place, and what stands in it under what its columns are mapped to.

    `spans` is the text of a row that spans the table, `above` tells that it stands over the head; `shared` are the
    columns whose cell goes on from the row above, and says nothing of this one.
    """

    table: int
    row: int
    says: dict[str, list[Said]] = field(default_factory=dict)
    spans: str = ""
    above: bool = False
    shared: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What the columns mapped to this say, on one line."""
        return " ".join(one.text for one in self.says.get(name, ()) if one.text)

    def lines(self, name: str) -> list[str]:
        """What they say, line by line."""
        return [line for one in self.says.get(name, ()) for line in one.cell.lines]


def lines_of(matrix: Matrix, mapped: Sequence[str]) -> Iterator[Line]:
    """The rows of a table that say anything, rows over its head first; its head is left out wherever it comes again."""
    below: dict[int, Cell] = {}
    for number, row in enumerate(matrix.table.rows):
        place = (matrix.table.number, number + 1)
        if number < matrix.above:
            if text := " ".join(dict.fromkeys(cell.text for cell in row if cell.text)):
                yield Line(*place, spans=text, above=True)
        elif number >= matrix.begins and not _is_head(matrix, row):
            line = _spanning(matrix, row, place) or _line(matrix, row, mapped, Line(*place), below)
            if line.spans:
                below = {}
            if line.spans or any(one.text and not one.again for said in line.says.values() for one in said):
                yield line


def announced(text: str) -> str | None:
    """Which level a row that spans a table announces by its first word: Pillar 1, Objective 2.1; None for none."""
    said = plain(text)
    return next((name for name, pattern in ROWS if words(rf"(?:{pattern})(?!\w)").match(said)), None)


def _is_head(matrix: Matrix, row: Sequence[Cell]) -> bool:
    return tuple(plain(cell.text) for cell in row) == tuple(
        plain(cell.text) for cell in matrix.table.rows[matrix.begins - 1]
    )


def _spanning(matrix: Matrix, row: Sequence[Cell], place: tuple[int, int]) -> Line | None:
    """A row whose one text spans half of the columns or more, or stands alone and announces a level."""
    said = [cell for cell in row if cell.text]
    if len(said) != 1 or any(cell.goes_on for cell in row):
        return None
    covers = len(matrix.covered(said[0]))
    if covers * 2 >= len(matrix.columns) or (said[0] is row[0] and announced(said[0].text)):
        return Line(*place, spans=said[0].text)
    return None


def _line(matrix: Matrix, row: Sequence[Cell], mapped: Sequence[str], line: Line, below: dict[int, Cell]) -> Line:
    """A row's cells under what their columns are mapped to; `below` are the cells that may go on into the next row."""
    for cell in row:
        covered = matrix.covered(cell)
        over = below.get(covered[0]) if covered else None
        shown, again = (over, True) if cell.goes_on and over is not None else (cell, False)
        below.update(dict.fromkeys(covered, shown))
        if covered and mapped[covered[0]] != NOTHING and (shown.text or _number(shown)):
            _say(line, mapped[covered[0]], Said(matrix.columns[covered[0]].label, shown, again))
    return line


def _say(line: Line, name: str, said: Said) -> None:
    if said.again and (name not in _SHARED or (name not in LEVELS and len(said.text) > _LONGEST_SHARED)):
        line.shared.append(said.label)
    else:
        line.says.setdefault(name, []).append(said)


def number_in(line: Line) -> str:
    """The number of a row: as it is written, or as Word counts it where the cell itself is empty."""
    said = [one.text or _number(one.cell) for one in line.says.get(NUMBER, ()) if not one.again]
    return next(filter(None, said), "")


def _number(cell: Cell) -> str:
    items = [block.item for block in cell.blocks if isinstance(block, Paragraph) and block.item]
    return next((str(item.number) for item in items if item.number is not None), "")


def goes_on(line: Line) -> bool:
    """Whether a row says more of the activity above it: its activity's cell is merged with that, or left empty."""
    said = line.says.get(ACTIVITY, ())
    return not said or all(one.again for one in said)


def notes_in(line: Line) -> list[Said]:
    """What columns say that have no place of their own."""
    return [one for one in line.says.get(NOTE, ()) if one.text]
