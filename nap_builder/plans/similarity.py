"""Which titles look the same, so that a person can say whether they are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from nap_builder.kernel.languages import folded

TELLING = 60  # a word that more titles share than this tells nothing, and comparing them all would take for ever


def pairs(titles: Sequence[dict[str, str]], least: int) -> Iterator[tuple[int, int, int]]:
    """The places of two titles that are alike to at least `least` hundredths, and how alike they are.

    Titles are compared language by language, and only where they share a telling word.
    """
    plain = [{tag: folded(text) for tag, text in title.items()} for title in titles]
    for first, second in sorted(_candidates(plain)):
        alike = max(_alike(plain[first][tag], plain[second][tag]) for tag in plain[first] if tag in plain[second])
        if alike >= least:
            yield first, second, alike


def _candidates(titles: Sequence[dict[str, str]]) -> set[tuple[int, int]]:
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, title in enumerate(titles):
        for tag, text in title.items():
            for word in {text, *text.split()}:
                where[tag, word].add(place)
    return {pair for places in where.values() if len(places) <= TELLING for pair in combinations(sorted(places), 2)}


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> int:
    """How alike two texts are in hundredths, whatever the order of their words."""
    left, right = (" ".join(sorted(text.split())) for text in (one, other))
    return round(100 * SequenceMatcher(None, left, right, autojunk=False).ratio())
