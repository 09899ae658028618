"""The results framework of a plan while rows from a Word file are hung into it. Nothing that stands is changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from nap_builder.exchange.word.labels import is_code
from nap_builder.exchange.word.vocabulary import ACTIVITY, INDICATOR, LEVELS, OBJECTIVE, OUTPUT, PILLAR, same
from nap_builder.plans.schema import objects

BELOW = {
    PILLAR: "pillars",
    OBJECTIVE: "objectives",
    OUTPUT: "outputs",
    ACTIVITY: "activities",
    INDICATOR: "indicators",
}
KINDS = (*LEVELS, INDICATOR)
_EACH = frozenset({ACTIVITY, INDICATOR})

Row = dict[str, Any]


@dataclass(eq=False)
class Node:
    """A row of the framework: the row itself, what it stands under, and the number it bears in the file."""

    kind: str
    row: Row
    parent: "Node | None" = None
    number: str = ""
    new: bool = False
    below: dict[str, dict[str, "Node"]] = field(default_factory=dict)

    def all_below(self, kind: str) -> dict[str, "Node"]:
        """The rows of a kind that stand directly under this one, by each of their titles as they are compared."""
        if kind not in self.below:
            rows = self.row.get(BELOW[kind], ())
            self.below[kind] = {
                title: node for row in rows for node in (Node(kind, row, self),) for title in _titles(row)
            }
        return self.below[kind]


class Tree:
    """The framework of a document, into which rows are hung; new rows get their numbers at the end, by `number`."""

    def __init__(self, document: Row, language: str) -> None:
        self.top = Node("", document)
        self._language = language
        self._new: list[Node] = []
        self._bare: dict[str, str] = {}
        self._codes: dict[tuple[str, int], Iterator[str]] = {}
        self._taken: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for node in objects(document):
            if node.shape.name in self._taken and isinstance(node.value.get("code"), str):
                self._taken[node.shape.name].add(node.value["code"])

    def hang(self, kind: str, parent: Node, title: str, number: str = "") -> Node:
        """The row of this title under another: the one that stands there, else a new one.

        Activities and indicators of one file are rows of their own even where they are called the same.
        """
        known, key = parent.all_below(kind), self._compared(title)
        if key not in known or (kind in _EACH and known[key].new):
            row: Row = {"code": "", "title": {self._language: title}}
            parent.row.setdefault(BELOW[kind], []).append(row)
            known[key] = Node(kind, row, parent, number, new=True)
            self._new.append(known[key])
        return known[key]

    def number(self) -> Iterator[tuple[Node, str]]:
        """Gives every new row its number: its own where that is free, else the next. Tells whose was not kept."""
        for kind in KINDS:
            nodes = [node for node in self._new if node.kind == kind]
            again = self._begins_again(nodes)
            for node in nodes:
                wanted = _beneath(node) if node.number.isdigit() and again else node.number
                if wanted and is_code(wanted) and wanted not in self._taken[kind]:
                    node.row["code"] = wanted
                    self._taken[kind].add(wanted)
            for node in nodes:
                if not node.row["code"]:
                    node.row["code"] = self._next(node)
                    self._taken[kind].add(node.row["code"])
                    if node.number:
                        yield node, node.number

    def _next(self, node: Node) -> str:
        """The next number that is free under the row above."""
        codes = self._codes.setdefault((node.kind, id(node.parent)), _codes(node))
        return next(code for code in codes if code not in self._taken[node.kind])

    def _compared(self, title: str) -> str:
        if title not in self._bare:
            self._bare[title] = same(title)
        return self._bare[title]

    @staticmethod
    def _begins_again(nodes: Iterable[Node]) -> bool:
        """Whether a file counts its rows from 1 again under each row above, so that a bare number is not enough."""
        counts = Counter(node.number for node in nodes if node.number.isdigit() and node.parent and node.parent.parent)
        return any(times > 1 for times in counts.values())


def _titles(row: Row) -> Iterator[str]:
    title = row.get("title", "")
    yield from (same(text) for text in ([title] if isinstance(title, str) else title.values()))


def _beneath(node: Node) -> str:
    above = node.parent.row.get("code", "") if node.parent else ""
    return f"{above}.{node.number}" if above else node.number


def _codes(node: Node) -> Iterator[str]:
    """The numbers that a row may bear, in their order; those of outputs and indicators end in a letter."""
    above = node.parent.row.get("code", "") if node.parent else ""
    start = f"{above[:24]}." if above else ""
    if node.kind == OUTPUT:
        yield from (f"{start}{letter}" for letter in ascii_uppercase)
    if node.kind == INDICATOR:
        yield from (f"{start}{letter}" for letter in ascii_lowercase)
    yield from (f"{start}{number}" for number in count(1))
