"""A piece on its way to pages: which of them are kept, and what is laid out for the others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from nap_builder.publishing.press.units import LONG, Units
from nap_builder.publishing.press.wire import packed, unpacked

PIECE = "piece "  # begins the key under which the keys of a piece's pages are kept
Run = tuple[int, int | None]  # the first unit, and the one before which it ends; None for the end of all


class LaidOut:
    """A piece, its pages one after the other, as far as they are kept or laid out by now."""

    def __init__(self, piece: Mapping[str, Any], look: str, kept: Mapping[str, bytes]) -> None:
        self.piece, self.look = piece, look
        self.units = Units(piece["html"])
        self.known: dict[int, int] = {}  # where a page ends, by the unit that it begins with
        if len(self.units) and piece["name"] in kept:
            found = dict(self._kept_pages(unpacked(kept[piece["name"]])[0]["begins"], kept))
            self.known.update(span for span in self._spans(found) if span[0] in found)
        self.keys = {first: self._key(first, end) for first, end in self.known.items()}
        self.fails = False  # whether a run ended otherwise than before

    def wanted(self) -> list[dict[str, Any]]:
        """The pages of HTML that are to be laid out still."""
        if not self.known:
            return [] if self.keys else [self._page(self.units.whole(), None)]
        missing = [span for span in self._spans(self.known) if span[0] not in self.known]
        if not missing and len(self.known) < LONG:
            self.known, self.keys = {}, {}
            return self.wanted()
        return [self._page(self.units.run(*span), self._run(*span)) for span in missing]

    def take(self, run: Run | None, begins: Sequence[int], pieces: Sequence[bytes]) -> dict[str, bytes]:
        """Takes the pages that came of one of those wanted, and gives them by the keys under which they are kept.

        A run of which none came ends otherwise than before: the piece is then wanted as a whole.
        """
        if run and (self.fails or not begins):
            self.fails, self.known, self.keys = True, {}, {}
            return {}
        count = len(self.units)
        end = run[1] if run and run[1] is not None else count
        if len(begins) > 1 or run:
            self.known.update(pairwise((*begins, end)))
            keys = [self._key(first, self.known[first]) for first in begins]
        else:
            keys = [f"whole {self.piece['key']}"]
        self.keys.update(zip(begins, keys, strict=True))
        return dict(zip(keys, pieces, strict=True))

    def index(self) -> dict[str, bytes]:
        """What is kept of the piece beside its pages: their keys by its own, and by its name where they began."""
        begins = sorted(self.keys)
        index = {self.piece["key"]: packed({"keys": [self.keys[first] for first in begins]})}
        if self.known:
            index[self.piece["name"]] = packed({"begins": [*begins, len(self.units)]})
        return index

    def _page(self, html: str, run: Run | None) -> dict[str, Any]:
        return {"html": html, "pictures": self.piece["pictures"], "run": run}

    def _run(self, first: int, end: int) -> Run:
        return first, end if end < len(self.units) else None

    def _key(self, first: int, end: int) -> str:
        return self.units.key(self.look, first, end)

    def _kept_pages(self, begins: Sequence[int], kept: Mapping[str, bytes]) -> Iterator[tuple[int, int]]:
        """Pages of the version before, whose number of units ends `begins`, that are pages of this one too.

        What was put in or taken out since moved those after it.
        """
        moved = len(self.units) - begins[-1]
        places = {(first + by, end + by) for first, end in pairwise(begins) for by in (0, moved)}
        for first, end in sorted(places):
            if 0 <= first < end <= len(self.units) and self._key(first, end) in kept:
                yield first, end

    def _spans(self, known: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        """All units in runs from page to page: pages that are known, and what is between them."""
        first, count = 0, len(self.units)
        while first < count:
            end = known.get(first) or min((at for at in known if at > first), default=count)
            yield first, end
            first = end


def keys_of(index: bytes) -> list[str]:
    """The keys of the pages of a piece, from what is kept under its own."""
    keys: list[str] = unpacked(index)[0]["keys"]
    return keys
