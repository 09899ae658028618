"""A plan for those who read large letters: what stands in a table of many columns stands as a list there."""

import dataclasses
from collections.abc import Iterable, Iterator

from nap_builder.publishing.document import (
    Block,
    Cell,
    Document,
    Fact,
    Facts,
    Heading,
    Note,
    Objective,
    Part,
    Row,
    Said,
    Table,
)

MOST_COLUMNS = 2
DEEPEST = 3


def in_lists(document: Document) -> Document:
    """The document with its wide tables as lists, upright pages, and so no list of tables."""
    parts = tuple(
        dataclasses.replace(
            part, kind="text" if part.kind == "matrix" else part.kind, blocks=tuple(_blocks(part, document))
        )
        for part in document.parts
    )
    return dataclasses.replace(document, parts=parts, tables=())


def _blocks(part: Part, document: Document) -> Iterator[Block]:
    level = 1
    for block in part.blocks:
        if isinstance(block, Objective):
            level = 2
        elif isinstance(block, Heading):
            level = block.level
        if isinstance(block, Table) and len(block.columns) > MOST_COLUMNS:
            yield from _listed(block, level, document)
        else:
            yield block


def _listed(table: Table, level: int, document: Document) -> Iterator[Block]:
    """A table as headings, a row under each; its heads become the labels."""
    title = table.caption or table.title
    if title:
        level = min(level + 1, DEEPEST)
        yield _heading((Said(f"{title} ({table.unit})" if table.unit else title),), level)
    for body in table.bodies:
        below = level
        if body.heading:
            below = min(level + 1, DEEPEST)
            yield _heading(body.heading, below)
        for row in body.rows:
            yield from _row(table, row, min(below + 1, DEEPEST), document)
    for note in table.notes:
        yield Note(note)


def _row(table: Table, row: Row, level: int, document: Document) -> Iterator[Block]:
    """One row: its code and name as a heading, and each other cell that says something under the head of its column."""
    own = 2 if row.cells[0].kind in ("code", "number") else 1
    if named := _first_lines(row.cells[:own], document):
        yield _heading(named, level)
    facts = [
        Fact(f"{column.title} {column.unit}".strip(), cell.lines, column.lang)
        for column, cell in zip(table.columns[own:], row.cells[own:], strict=True)
        if any(said.text for line in cell.lines for said in line.said)
    ]
    rest = tuple(line for cell in row.cells[:own] for line in cell.lines[1:])
    if rest:
        facts.insert(0, Fact(table.columns[own - 1].title, rest, table.columns[own - 1].lang))
    if facts:
        yield Facts(tuple(facts))


def _heading(said: Iterable[Said], level: int) -> Heading:
    words = tuple(said)
    lang = words[0].lang if len({one.lang for one in words}) == 1 else ""
    return Heading(Said(" ".join(one.text for one in words), lang), 3 if level >= DEEPEST else 2, side=level < DEEPEST)


def _first_lines(cells: Iterable[Cell], document: Document) -> tuple[Said, ...]:
    """The words at the head of some cells; a code keeps its order in a text that runs from right to left."""
    words = ((cell.kind, said) for cell in cells for line in cell.lines[:1] for said in line.said if said.text)
    apart = document.direction == "rtl"
    return tuple(Said(f"\u2066{said.text}\u2069") if apart and kind == "code" else said for kind, said in words)
