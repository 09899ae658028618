"""Shapes without words: how the parts of a bar are filled, so that each is told apart in colour and in grey.

Everything is a filled polygon with its colour as an attribute: a page and a PDF draw the same, and no style is needed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
BAR_WIDTH, BAR_HEIGHT, GAP, LEAST = 1000, 24, 3, 4
SWATCH = 18
PITCH, LEAN = 16, 12


@dataclass(frozen=True, slots=True)
class Fill:
    """An area: an SVG path and its colour."""

    d: str
    colour: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a part is filled: its ground, an edge, and a pattern in the colour `ink`."""

    ground: str
    edge: str = ""
    pattern: str = ""
    ink: str = ""
    stripe: float = 6


LOOKS = {
    "done": Look("#163a2f"),
    "ok": Look("#3d86c6"),
    "warn": Look("#f3c65c", "#8f5e00", "slant", "#b97800"),
    "late": Look("#c4431c", "", "upright", "#8a1c10", 4),
    "blocked": Look("#8a1c10", "", "back", "#fbe3dd", 4),
    "wait": Look("#7d5fb5"),
    "none": Look("#f3efe6", "#7d776c"),
    "dropped": Look("#ffffff", "#474f55", "struck", "#474f55"),
    "carried": Look("#efe9f8", "#7d5fb5", "arrows", "#523a80"),
    "women": Look("#0b4a82"),
    "men": Look("#f3efe6", "#736d62", "slant", "#736d62", 3),
}


def filled(kind: str, start: float, end: float, height: float = BAR_HEIGHT, top: float = 0) -> list[Fill]:
    """The areas of one part of a bar, from `start` to `end`; what is no kind of LOOKS looks like `none`."""
    look = LOOKS.get(kind, LOOKS["none"])
    box = (start, top, end, top + height)
    fills = [Fill(_path([_corners(box)]), look.edge or look.ground)]
    if look.edge:
        box = (start + min(1.5, (end - start) / 4), top + 1.5, end - min(1.5, (end - start) / 4), top + height - 1.5)
        fills.append(Fill(_path([_corners(box)]), look.ground))
    pattern = list(_pattern(look, box)) if look.pattern else []
    return [*fills, Fill(_path(pattern), look.ink)] if pattern else fills


def segment_fills(parts: Iterable[Mapping[str, Any]]) -> list[Fill]:
    """A bar in its parts (each with kind and count), as wide as they are many; what has something is never unseen."""
    some = [part for part in parts if part["count"]]
    whole, passed, fills = sum(part["count"] for part in some), 0, []
    for part in some:
        start = BAR_WIDTH * passed / whole
        passed += part["count"]
        end = BAR_WIDTH * passed / whole - (GAP if part is not some[-1] else 0)
        fills += filled(part["kind"], start, max(end, start + LEAST))
    return fills


def swatch_fills(kind: str) -> list[Fill]:
    """The square that stands for a part in a legend."""
    return filled(kind, 0, SWATCH, SWATCH)


def dashed(at: float, height: float, width: float, colour: str) -> Fill:
    """An upright dashed line."""
    dashes = [_corners((at - width / 2, y, at + width / 2, min(y + 5, height))) for y in range(0, int(height), 8)]
    return Fill(_path(dashes), colour)


def box_fill(start: float, top: float, end: float, bottom: float, colour: str) -> Fill:
    """A plain rectangle."""
    return Fill(_path([_corners((start, top, end, bottom))]), colour)


def diamond(x: float, y: float) -> list[Fill]:
    """A mark on a bar, light with a dark edge; wider than high, since a bar is drawn narrower than it is measured."""
    shapes = (((14, 10), "#1f2529"), ((9, 6.5), "#ffffff"))
    return [
        Fill(_path([[(x, y - high), (x + wide, y), (x, y + high), (x - wide, y)]]), colour)
        for (wide, high), colour in shapes
    ]


def coordinate(value: float) -> str:
    """A coordinate with two places at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


Box = tuple[float, float, float, float]


def _corners(box: Box) -> list[Point]:
    start, top, end, bottom = box
    return [(start, top), (end, top), (end, bottom), (start, bottom)]


def _path(polygons: Iterable[Sequence[Point]]) -> str:
    return "".join("M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in polygon) + "z" for polygon in polygons)


def _pattern(look: Look, box: Box) -> Iterator[list[Point]]:
    start, top, end, bottom = box
    if look.pattern == "struck":
        middle = (top + bottom) / 2
        yield _corners((start, middle - 1.5, end, middle + 1.5))
        return
    place = start - LEAN - (start % PITCH)
    while place < end:
        clipped = _within(_figure(look, place, top, bottom), start, end)
        if clipped:
            yield clipped
        place += PITCH


def _figure(look: Look, at: float, top: float, bottom: float) -> list[Point]:
    """One stripe or arrow of a pattern."""
    wide, middle = look.stripe, (top + bottom) / 2
    if look.pattern == "arrows":
        high = (bottom - top) / 4
        tip = [(at, middle - high), (at + wide, middle - high), (at + wide + 5, middle)]
        return [*tip, (at + wide, middle + high), (at, middle + high), (at + 5, middle)]
    lean = {"slant": LEAN, "back": -LEAN}.get(look.pattern, 0)
    return [(at + max(lean, 0), top), (at + max(lean, 0) + wide, top), *_foot(at, wide, lean, bottom)]


def _foot(at: float, wide: float, lean: float, bottom: float) -> list[Point]:
    foot = at + max(-lean, 0)
    return [(foot + wide, bottom), (foot, bottom)]


def _within(polygon: list[Point], start: float, end: float) -> list[Point]:
    """What of a polygon lies between two upright lines."""
    for limit, side in ((start, 1), (end, -1)):
        kept: list[Point] = []
        for (x, y), (x2, y2) in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
            inside, inside2 = (x - limit) * side >= 0, (x2 - limit) * side >= 0
            if inside:
                kept.append((x, y))
            if inside != inside2:
                kept.append((limit, y + (y2 - y) * (limit - x) / (x2 - x)))
        if len(kept) < 3:
            return []
        polygon = kept
    return polygon
