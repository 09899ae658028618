"""The lists of a Word file: whether an item bears a bullet or a number, and which number."""

from collections import defaultdict
from dataclasses import dataclass

from nap_builder.exchange.word.markup import Element, child, value, w, whole, within

DEEPEST = 8
_NOTHING = "0"
_LARGEST = 999_999_999  # as large as a number of a list in Markdown may be


@dataclass(frozen=True)
class Item:
    """An item of a list: which list, how deep (0 the outermost), and its number; None for a bullet."""

    of: str
    depth: int
    number: int | None


@dataclass(frozen=True)
class _Level:
    bullet: bool
    start: int
    silent: bool


_USUAL = _Level(bullet=True, start=1, silent=False)


class Lists:
    """Counts the items of all lists as the file is read from its first word to its last."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if part is None:
            return
        kinds = {element.get(w("abstractNumId")) or "": _levels(element) for element in within(part, "abstractNum")}
        for element in within(part, "num"):
            name, kind = element.get(w("numId")) or "", value(element, "abstractNumId") or ""
            own: dict[int, _Level] = {}
            for changed in element.findall(w("lvlOverride")):
                own |= _levels(changed)
            self._levels[name] = kinds.get(kind, {}) | own
            restarts = any(child(changed, "startOverride") is not None for changed in element.findall(w("lvlOverride")))
            self._abstract[name] = f"{kind}/{name}" if restarts else kind

    def item(self, name: str | None, depth: int | None) -> Item | None:
        """The next item of a list; None for what is in no list, or in one that shows neither bullet nor number."""
        if name is None or name == _NOTHING or name not in self._levels:
            return None
        depth = min(max(depth or 0, 0), DEEPEST)
        level = self._levels[name].get(depth, _USUAL)
        if level.silent:
            return None
        counts = self._counts[self._abstract[name]]
        number = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] = number
        shown = None if level.bullet else min(max(number, 0), _LARGEST)
        return Item(self._abstract[name], depth, shown)


def _levels(element: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in within(element, "lvl"):
        form = value(level, "numFmt") or "decimal"
        start = whole(value(level, "start"))
        found[whole(level.get(w("ilvl"))) or 0] = _Level(
            bullet=form == "bullet", start=1 if start is None else start, silent=form == "none"
        )
    return found
