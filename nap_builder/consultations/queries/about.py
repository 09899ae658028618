"""What contributions are about: parts of the working plan, found by their number or their words."""

from collections.abc import Iterable

from nap_builder.consultations.queries.places import Part, called
from nap_builder.kernel.languages import LazyString, _l, folded
from nap_builder.plans.models.plan import Plan

KINDS: dict[str, LazyString] = {
    "section": _l("Section"),
    "paragraph": _l("Paragraph"),
    "objective": _l("Objective"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
}


def found_among(plan: Plan, parts: Iterable[Part], sought: str, kind: str) -> list[Part]:
    """The parts of a kind (a key of KINDS; all of them when empty) that have the words sought as they are called."""
    words = folded(sought).split()
    kinds = {kind} if kind else set(KINDS)
    some = [part for part in parts if part.kind in kinds]
    return [part for part in some if _has(folded(called(plan, part)), words)]


def _has(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
