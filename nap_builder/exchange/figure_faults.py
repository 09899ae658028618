"""Figures that contradict themselves: cells above their total or named twice, division by nought, ranges reversed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nap_builder.exchange.fault import Faults
from nap_builder.kernel.languages import _l
from nap_builder.plans.names import ADDS_UP
from nap_builder.plans.schema import Node, Place

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
_ONE_FIGURE = ("baseline", "benchmark")
_MANY_FIGURES = ("targets", "values")

Figure = tuple[Place, dict[str, Any]]


def figure_faults(node: Node, faults: Faults) -> None:
    """Notes the faults in the figures of one indicator or budget line."""
    if node.shape.name == "indicator":
        kind = node.value.get("kind")
        for place, figure in _figures(node):
            _denominator(place, figure, faults)
            _cells(place, figure, faults, adds_up=isinstance(kind, str) and kind in ADDS_UP)
    elif node.shape.name == "budget_line":
        low, high = _decimal(node.value.get("low")), _decimal(node.value.get("high"))
        if low is not None and high is not None and low > high:
            faults.add((*node.place, "high"), _l("the range ends below its start"))


def _figures(node: Node) -> Iterator[Figure]:
    for name in _ONE_FIGURE:
        if isinstance(node.value.get(name), dict):
            yield (*node.place, name), node.value[name]
    for name in _MANY_FIGURES:
        figures = node.value.get(name)
        for position, figure in enumerate(figures if isinstance(figures, list) else ()):
            if isinstance(figure, dict):
                yield (*node.place, name, position), figure


def _denominator(place: Place, figure: dict[str, Any], faults: Faults) -> None:
    if _decimal(figure.get("denominator")) == 0:
        faults.add((*place, "denominator"), _l("nothing can be divided by nought"))


def _cells(place: Place, figure: dict[str, Any], faults: Faults, *, adds_up: bool) -> None:
    """Cells of the same dimensions make a table; where the indicator counts things, a table may not pass the total."""
    tables: dict[frozenset[str], list[Decimal]] = defaultdict(list)
    seen = set()
    cells = figure.get("cells")
    for position, cell in enumerate(cells if isinstance(cells, list) else ()):
        categories = _categories(cell)
        if categories and categories in seen:
            faults.add((*place, "cells", position), _l("another cell has the same categories"))
        seen.add(categories)
        value = _decimal(cell.get("value")) if categories else None
        if value is not None:
            tables[frozenset(name for name, _category in categories)].append(value)
    total = _total(figure)
    if adds_up and total is not None and any(_above(values, total) for values in tables.values()):
        faults.add((*place, "cells"), _l("the cells add up to more than the total"))


def _categories(cell: object) -> frozenset[tuple[str, str]]:
    named = cell.get("of") if isinstance(cell, dict) else None
    if not isinstance(named, dict):
        return frozenset()
    return frozenset((name, category) for name, category in named.items() if isinstance(category, str))


def _total(figure: dict[str, Any]) -> Decimal | None:
    value = _decimal(figure.get("value"))
    return value if value is not None else _decimal(figure.get("numerator"))


def _above(values: list[Decimal], total: Decimal) -> bool:
    return min(values) >= 0 and sum(values) > total


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None
