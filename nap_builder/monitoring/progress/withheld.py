"""Parts that are kept back so that a part which protects people cannot be reckoned from the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nap_builder.monitoring.progress.cells import tables_of
from nap_builder.monitoring.progress.shapes import Cell

SUPPRESSED = "suppressed"
Places = tuple[int, ...]


def withheld(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The parts of a figure as everybody may read them.

    Where a single part of a table is kept back, the rest and the whole would tell it; so the smallest other part is
    kept back with it. The same holds for each line of a larger table whose sum stands in a table of its own.
    """
    found = list(cells)
    groups = list(_groups(cells))
    again = True
    while again:
        again = any(_hide_another(found, group) for group in groups)
    return tuple(found)


def _groups(cells: Sequence[Cell]) -> Iterator[Places]:
    """Parts whose sum is known, by their places: each table, and each line of one that has its sum in another."""
    places = {id(cell): place for place, cell in enumerate(cells)}
    tables = tables_of(cells)
    for of, own in tables.items():
        yield tuple(places[id(cell)] for cell in own)
        for smaller in tables:
            if smaller and set(smaller) < set(of):
                yield from _lines(own, smaller, places)


def _lines(own: Sequence[Cell], along: Sequence[str], places: dict[int, int]) -> Iterator[Places]:
    lines: dict[tuple[str, ...], list[int]] = {}
    for cell in own:
        lines.setdefault(tuple(cell.of[name] for name in along), []).append(places[id(cell)])
    yield from (tuple(line) for line in lines.values())


def _hide_another(cells: list[Cell], group: Places) -> bool:
    hidden = [place for place in group if cells[place].missing == SUPPRESSED]
    unknown = [place for place in group if cells[place].value is None]
    told = [(value, place) for place in group if (value := cells[place].value) is not None]
    if len(hidden) != 1 or len(unknown) != 1 or not told:
        return False
    _value, place = min(told, key=_smallest)
    cells[place] = replace(cells[place], value=None, missing=SUPPRESSED)
    return True


def _smallest(told: tuple[Decimal, int]) -> tuple[Decimal, int]:
    value, place = told
    return abs(value), place
