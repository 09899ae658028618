"""The rows of a plan document: sections, paragraphs, results, institutions; and which is which in another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from nap_builder.plans.schema import ROOT, Shape

_NOT_COMPARED = frozenset({"key", "number"})
CITED_BY_KEY = frozenset({"section", "paragraph"})

Ident = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of a document, without the rows below it."""

    kind: str
    ident: Ident
    parent: Ident
    said: dict[str, Any]
    shape: Shape

    @property
    def own(self) -> dict[str, Any]:
        """What the row itself says, without its identity and the rows below it."""
        below = rows_below(self.shape)
        return {name: value for name, value in self.said.items() if name not in below and name not in _NOT_COMPARED}

    @property
    def ref(self) -> str:
        """The row as a reference: its kind with its code, or with its key where it has none."""
        cited = self.said.get("code") if self.kind not in CITED_BY_KEY else None
        return f"{self.kind}:{cited or self.said.get('key') or self.ident[-1]}"


def rows(document: dict[str, Any]) -> list[Row]:
    """All rows of a document, each followed by the rows below it."""
    return list(_rows(document, ROOT, ()))


@cache
def rows_below(shape: Shape) -> frozenset[str]:
    """The members of a shape that hold lists of rows."""
    return frozenset(name for name, member in shape.members.items() if member.item is not None and _is_row(member.item))


def matched(old: Iterable[Row], new: Iterable[Row]) -> dict[Ident, Row]:
    """The row of the older document that each row of the newer one is: by key, else by kind and code."""
    left = {row.ident: row for row in old}
    pairs = {}
    strangers = []
    for row in new:
        same = left.pop(row.ident, None)
        if same is None:
            strangers.append(row)
        else:
            pairs[row.ident] = same
    coded = {(row.kind, row.said["code"]): row for row in left.values() if "code" in row.said}
    for row in strangers:
        same = coded.pop((row.kind, row.said.get("code")), None)
        if same is not None:
            pairs[row.ident] = same
    return pairs


def moved(old: Iterable[Row], new: Iterable[Row], pairs: dict[Ident, Row]) -> frozenset[Ident]:
    """The rows of the newer document that stand under another row, or elsewhere among their neighbours."""
    position = {row.ident: number for number, row in enumerate(old)}
    families: dict[tuple[Ident, str], list[Row]] = defaultdict(list)
    found: set[Ident] = set()
    for row in new:
        before = pairs.get(row.ident)
        if before is None:
            continue
        above = pairs.get(row.parent)
        if (above.ident if above else row.parent) == before.parent:
            families[(row.parent, row.kind)].append(row)
        else:
            found.add(row.ident)
    for family in families.values():
        stayed = _longest_rise([position[pairs[row.ident].ident] for row in family])
        found.update(row.ident for number, row in enumerate(family) if number not in stayed)
    return frozenset(found)


def _longest_rise(numbers: list[int]) -> frozenset[int]:
    """The places of the longest series of rising numbers in a list."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
        before.append(at[length - 1] if length else -1)
    found = set()
    place = at[-1] if at else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return frozenset(found)


def _is_row(shape: Shape) -> bool:
    return "." not in shape.name and ("key" in shape.members or "code" in shape.members)


def _rows(value: dict[str, Any], shape: Shape, parent: Ident) -> Iterator[Row]:
    for name, member in value.items():
        item = shape.members[name].item if name in rows_below(shape) else None
        if item is None:
            continue
        for position, part in enumerate(member):
            ident = _ident(item.name, part, parent, position)
            yield Row(item.name, ident, parent, part, item)
            yield from _rows(part, item, ident)


def _ident(kind: str, said: dict[str, Any], parent: Ident, position: int) -> Ident:
    if "key" in said:
        return (kind, said["key"])
    if "code" in said:
        return (kind, "code", said["code"])
    return (*parent, kind, str(position))
