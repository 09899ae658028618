"""Small numbers: which counts of people may be shown, so that nobody is found by subtracting what is.

A count from 1 to 4 is not shown, of a disability from 1 to 9 (security study T5 and P6; the limits are settings of
national statistics, 5 being the usual one). Where a total is shown, one hidden part could be worked out from it, so
further parts are hidden until at least two are, which together are at least the limit: each hidden small part may
then be anything from 0 up to the limit. A row with so few people that its total is small is hidden as a whole.

What was shown before counts too: what one edition showed and the next would have to hide is known already, and what
was hidden once would be given away by showing it beside unchanged parts. Such a row is hidden as a whole, or keeps
hiding the same parts. Every page, drawing and file shows the outcome (`Shown.counts`), and sums are made of it alone,
so that no sum says more than its parts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

USUAL, SENSITIVE = 5, 10
TOTAL = "total"
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("women", "men", "other", "undisclosed"),
    ("under_18", "age_18_30", "age_31_60", "over_60"),
)
SENSITIVE_TRAITS = frozenset({"disability"})  # with violence and ethnicity, which no form of ours asks about people

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Shown:
    """What may be shown of a row of counts: each cell its number, or None where it is not shown.

    `seen` are the parts of families that an edition showed, `kept` those that one hid beside a total, with what the
    hidden parts of their family came to. All are kept with the row.
    """

    counts: dict[str, int | None]
    seen: frozenset[str] = frozenset()
    kept: tuple[tuple[frozenset[str], int], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """It as JSON."""
        kept = [[sorted(cells), rest] for cells, rest in self.kept]
        return {"counts": self.counts, "seen": sorted(self.seen), "kept": kept}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Shown":
        """It from what `as_data` wrote."""
        kept = tuple((frozenset(cells), int(rest)) for cells, rest in data["kept"])
        return cls(dict(data["counts"]), frozenset(data["seen"]), kept)


def shown(counts: Counts, before: Shown | None = None, *, limit: int = USUAL) -> Shown:
    """What may be shown of a row of counts, after an edition that showed `before` of it.

    `counts` are numbers of people by cell: `total`, the cells of FAMILIES, which are parts of the total, and traits,
    each of which some of the people have. Cells that are absent were not counted.
    """
    seen = before.seen if before else frozenset[str]()
    kept = before.kept if before else ()
    hidden: set[str] = set()
    for family in FAMILIES:
        parts = {cell: counts[cell] for cell in family if cell in counts}
        found = _hidden_parts(parts, seen, kept, limit)
        if found is None:
            return Shown(dict.fromkeys(counts), seen, kept)
        if found:
            hidden |= found
            kept = _keeping(kept, found, sum(parts[cell] for cell in found))
    if _is_small(_people(counts), limit):
        return Shown(dict.fromkeys(counts), seen, before.kept if before else ())
    hidden |= {cell for cell in _traits(counts) if _trait_is_small(counts, cell, limit)}
    told = {cell: None if cell in hidden else number for cell, number in counts.items()}
    parts_told = {cell for family in FAMILIES for cell in family if told.get(cell) is not None}
    return Shown(told, seen | parts_told, kept)


def at_least(views: Iterable[Mapping[str, int | None]], cell: str) -> tuple[int, bool]:
    """The sum of a cell over rows as they are shown, and whether it is whole: nothing hidden, nothing uncounted."""
    numbers = [view.get(cell) for view in views]
    return sum(number for number in numbers if number is not None), None not in numbers


def _people(counts: Counts) -> int:
    """How many people a row tells of: its total, or what the largest of its families comes to."""
    sums = (sum(counts.get(cell, 0) for cell in family) for family in FAMILIES)
    return counts.get(TOTAL, max(sums))


def _traits(counts: Counts) -> list[str]:
    in_families = {cell for family in FAMILIES for cell in family}
    return [cell for cell in counts if cell != TOTAL and cell not in in_families]


def _is_small(number: int, limit: int) -> bool:
    """Whether a number points at few people; nobody is no person."""
    return 0 < number < limit


def _trait_is_small(counts: Counts, cell: str, limit: int) -> bool:
    """Whether few have a trait, or few have it not."""
    floor = max(limit, SENSITIVE) if cell in SENSITIVE_TRAITS else limit
    return _is_small(counts[cell], floor) or _is_small(_people(counts) - counts[cell], floor)


def _hidden_parts(
    parts: Counts, seen: Collection[str], kept: Collection[tuple[frozenset[str], int]], limit: int
) -> set[str] | None:
    """Which parts of a family are hidden; None where nothing less than hiding the whole row would do."""
    small = {cell for cell, number in parts.items() if _is_small(number, limit)}
    earlier = {cell for cells, _rest in kept for cell in cells}
    hidden = small | (earlier & set(parts))
    if not hidden:
        return set()
    free = sorted(set(parts) - hidden - set(seen), key=lambda cell: (parts[cell], cell))
    while not _is_safe(parts, hidden, limit) and free:
        hidden.add(free.pop(0))
    if hidden & set(seen) or not _is_safe(parts, hidden, limit):
        return None
    return hidden if _stays(parts, hidden, kept) else None


def _is_safe(parts: Counts, hidden: Collection[str], limit: int) -> bool:
    return len(hidden) >= 2 and sum(parts[cell] for cell in hidden) >= limit


def _stays(parts: Counts, hidden: set[str], kept: Collection[tuple[frozenset[str], int]]) -> bool:
    """Whether the parts that an edition hid are the same, and come to the same, as now."""
    rest = sum(parts[cell] for cell in hidden)
    return all(cells == hidden and before == rest for cells, before in kept if cells & hidden)


def _keeping(
    kept: tuple[tuple[frozenset[str], int], ...], hidden: set[str], rest: int
) -> tuple[tuple[frozenset[str], int], ...]:
    others = tuple(pair for pair in kept if not pair[0] & hidden)
    return (*others, (frozenset(hidden), rest))
