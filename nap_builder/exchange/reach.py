"""What of a plan is an institution's own: what it may change with a file, and which restricted parts it may read."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from nap_builder.exchange.merging import Flat, Merge
from nap_builder.plans.marks import without_marks_of_others
from nap_builder.plans.profiles import keys, references
from nap_builder.plans.rows import Ident, rows, rows_below
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.tables import each

_LED = frozenset({"objective", "output", "activity"})
_ASSIGNED = ("lead", "co_leads", "supporting", "restricted")


def touched(merge: Merge) -> Iterator[Flat]:
    """The rows that come, go, or say or stand otherwise, as they will be; those that go as they were."""
    for ident, flat in merge.target.items():
        old = merge.old.get(ident)
        if old is None or (old.says, old.parent) != (flat.says, flat.parent):
            yield flat
    yield from merge.removed


def led_by(flat: Flat, merge: Merge, institutions: AbstractSet[str]) -> bool:
    """Whether these institutions lead a row, before the import and after it: an activity, or what hangs on one; and
    the paragraphs of a section that they own.
    """
    sides = [side for side in (merge.old, merge.target) if flat.ident in side]
    return all(_answers_for(flat.ident, side) in institutions for side in sides)


def arranged(flat: Flat, merge: Merge, institutions: AbstractSet[str]) -> bool:
    """Whether an activity changes as no form lets these institutions change it: it comes under what they do not lead,
    goes, stands elsewhere, is given to others, or opened or closed to readers.
    """
    if flat.kind != "activity":
        return False
    old, new = merge.old.get(flat.ident), merge.target.get(flat.ident)
    if new is None:
        return True
    if old is None:
        return (
            any(new.says.get(name) for name in _ASSIGNED[1:]) or _leader(new.parent, merge.target) not in institutions
        )
    return old.parent != new.parent or any(old.says.get(name) != new.says.get(name) for name in _ASSIGNED)


def answered_otherwise(flat: Flat, merge: Merge) -> bool:
    """Whether a file says other than the plan how far an institution has committed itself: no file accepts for it."""
    old, new = merge.old.get(flat.ident), merge.target.get(flat.ident)
    return new is not None and new.says.get("commitment") != (old.says.get("commitment") if old else None)


def _answers_for(ident: Ident, side: dict[Ident, Flat]) -> str | None:
    """The code of who leads the activity that a row is or hangs on, itself or by a row above, or who owns the section
    of a paragraph; None for any other row.
    """
    way = _way(ident, side)
    if way[0].kind == "paragraph":
        return way[1].says.get("owner")
    return _leader(ident, side) if any(flat.kind == "activity" for flat in way) else None


def _way(ident: Ident, side: dict[Ident, Flat]) -> list[Flat]:
    """A row, and those above it."""
    way = [side[ident]]
    while way[-1].parent:
        way.append(side[way[-1].parent])
    return way


def _leader(ident: Ident, side: dict[Ident, Flat]) -> str | None:
    way = _way(ident, side)
    return next((flat.says["lead"] for flat in way if flat.kind in _LED and "lead" in flat.says), None)


def as_seen_by(document: dict[str, Any], institutions: AbstractSet[str]) -> dict[str, Any]:
    """A working plan without the restricted sections and activities that are not owned or led by these institutions.

    References to what is left out go with it, and the reasons why a check does not apply to it.
    """
    shown = _without_hidden(document, ROOT, None, institutions)
    present = references(shown)

    def leaf(value: Any, shape: Shape) -> Any:
        return None if shape.name == "ref" and value not in present else value

    seen: dict[str, Any] = each(shown, ROOT, leaf)
    return without_marks_of_others(seen, keys(seen))


def without_kept_back(document: dict[str, Any]) -> dict[str, Any]:
    """A working plan without its consultations, for those who do not keep their record. References to them go too.

    Every file of one would tell numbers of people, small ones among them, days that a risk hides, and organisations
    that did not agree to be named; who reads less reads them on the pages, which hide what is to be hidden.
    """
    kept = {name: value for name, value in document.items() if name != "consultations"}
    present = references(kept)

    def leaf(value: Any, shape: Shape) -> Any:
        return None if shape.name == "ref" and value not in present else value

    seen: dict[str, Any] = each(kept, ROOT, leaf)
    return seen


def closed_to(document: dict[str, Any], institutions: AbstractSet[str]) -> tuple[dict[str, Any], frozenset[Ident]]:
    """A working plan whose rows say nothing of those that are hidden from these institutions, and the hidden ones.

    The hidden rows themselves stay in it.
    """
    seen = as_seen_by(without_kept_back(document), institutions)
    present = references(seen)

    def leaf(value: Any, shape: Shape) -> Any:
        return None if shape.name == "ref" and value not in present else value

    told = without_marks_of_others(each(document, ROOT, leaf), keys(seen))
    return told, frozenset({row.ident for row in rows(document)} - {row.ident for row in rows(seen)})


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
