"""The marks of a redline in the words of a document, and the room that marked figures take in its tables."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from nap_builder.publishing.document import Cell, Part, Table

ADDED, REMOVED = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3")
MARKS = frozenset((*ADDED, *REMOVED))
SIGNS = 3  # letters that a mark is printed as: a bracket, a sign, a space
LETTER, LETTER_OF_MATRIX = 0.9, 0.6  # hundredths of a table's width that a letter takes; of one that lies on its side
PADDING = 3  # letters
LEAST_LEFT = 0.6  # which share of their room the other columns keep
BREAKS = re.compile(r"[ \t]+|(?<=–)")  # a span of figures may go on in the next line


def is_touched(thing: Any) -> bool:
    """Whether anything in a shape of the document is marked."""
    if isinstance(thing, str):
        return not MARKS.isdisjoint(thing)
    if isinstance(thing, tuple | list):
        return any(map(is_touched, thing))
    if dataclasses.is_dataclass(thing):
        return any(is_touched(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    return False


def with_room(part: Part) -> Part:
    """A part whose tables have room for marked figures: none is broken, and no span of them where that can be."""
    letter = LETTER_OF_MATRIX if part.kind == "matrix" else LETTER
    blocks = (_roomy(block, letter) if isinstance(block, Table) else block for block in part.blocks)
    return dataclasses.replace(part, blocks=tuple(blocks))


def _roomy(table: Table, letter: float) -> Table:
    marked = _marked_figures(table)
    if not marked:
        return table
    whole = sum(column.share for column in table.columns)
    shares = {place: 100 * column.share / whole for place, column in enumerate(table.columns)}
    own = sum(share for place, share in shares.items() if place not in marked)
    wide, narrow = (
        {
            place: max(shares[place], letter * (PADDING + max(_letters(cell, spans=spans) for cell in cells)))
            for place, cells in marked.items()
        }
        for spans in (True, False)
    )
    need = wide if 100 - sum(wide.values()) >= own * LEAST_LEFT else narrow
    left = max(100 - sum(need.values()), own * LEAST_LEFT)
    shares = {place: need[place] if place in need else share * left / own for place, share in shares.items()}
    columns = (dataclasses.replace(column, share=shares[place]) for place, column in enumerate(table.columns))
    return dataclasses.replace(table, columns=tuple(columns))


def _marked_figures(table: Table) -> Mapping[int, list[Cell]]:
    """The cells of each column of figures in which any is marked, by its place."""
    rows = [row for body in table.bodies for row in body.rows]
    columns = {place: [row.cells[place] for row in rows] for place in range(len(table.columns))}
    return {
        place: cells
        for place, cells in columns.items()
        if table.columns[place].kind == "number" and any(map(is_touched, cells))
    }


def _letters(cell: Cell, *, spans: bool) -> int:
    """How many letters the longest figure of a cell takes; a span of two is one, or two that may be parted."""
    texts = (said.text for line in cell.lines for said in line.said)
    found = (piece for text in texts for piece in (text.split(" ") if spans else BREAKS.split(text)))
    return max((len(piece) + (SIGNS - 1) * sum(sign in MARKS for sign in piece) for piece in found), default=0)
