"""What of a plan is an institution's own: what it may change with a file, and which restricted parts it may read."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from nap_builder.exchange.merging import Flat, Merge
from nap_builder.plans.profiles import references
from nap_builder.plans.rows import Ident, rows_below
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.tables import each

_LED = frozenset({"objective", "output", "activity"})


def touched(merge: Merge) -> Iterator[Flat]:
    """The rows that come, go, or say or stand otherwise, as they will be; those that go as they were."""
    for ident, flat in merge.target.items():
        old = merge.old.get(ident)
        if old is None or (old.says, old.parent) != (flat.says, flat.parent):
            yield flat
    yield from merge.removed


def led_by(flat: Flat, merge: Merge, institutions: AbstractSet[str]) -> bool:
    """Whether a row is an activity or hangs on one, and these institutions lead it, before the import and after it."""
    sides = [side for side in (merge.old, merge.target) if flat.ident in side]
    return all(_activity_leader(flat.ident, side) in institutions for side in sides)


def _activity_leader(ident: Ident, side: dict[Ident, Flat]) -> str | None:
    """The code of who leads the activity that a row is or hangs on, itself or by a row above; None without activity."""
    way = [side[ident]]
    while way[-1].parent:
        way.append(side[way[-1].parent])
    if not any(flat.kind == "activity" for flat in way):
        return None
    return next((flat.says["lead"] for flat in way if flat.kind in _LED and "lead" in flat.says), None)


def as_seen_by(document: dict[str, Any], institutions: AbstractSet[str]) -> dict[str, Any]:
    """A working plan without the restricted sections and activities that are not owned or led by these institutions.

    References to what is left out go with it.
    """
    shown = _without_hidden(document, ROOT, None, institutions)
    present = references(shown)

    def leaf(value: Any, shape: Shape) -> Any:
        return None if shape.name == "ref" and value not in present else value

    seen: dict[str, Any] = each(shown, ROOT, leaf)
    return seen


def _without_hidden(
    said: dict[str, Any], shape: Shape, lead: str | None, institutions: AbstractSet[str]
) -> dict[str, Any]:
    shown = dict(said)
    for name in rows_below(shape) & said.keys():
        item = shape.members[name].item or shape
        below = [(row, row.get("owner") or row.get("lead") or lead) for row in said[name]]
        shown[name] = [
            _without_hidden(row, item, leader, institutions)
            for row, leader in below
            if row.get("restricted") is not True or leader in institutions
        ]
    return shown
