"""The geometry of charts: shapes without words, and beside them the words for the page, from the same rows.

A chart is drawn from start to end; a page in a language that is written from right to left turns the drawing round.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from nap_builder.kernel.drawing import coordinate
from nap_builder.kernel.languages import _, _n, number

Say = Callable[[Decimal], str]
WIDTH, HEIGHT, MARGIN = 320, 150, 6
INK, FAINT, PAPER = "#1f2529", "#d8d1c3", "#ffffff"
SERIES = (("#0b4a82", "disc"), ("#b4532a", "square"), ("#523a80", "triangle"), ("#163a2f", "ring"))
DASH = "5 4"
STEPS_OF_YEARS = (1, 2, 5, 10, 20, 50)
MOST_CELLS = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A value on a day, with its period in words (else its year). None is a gap, and `why` its reason in words."""

    day: date
    value: Decimal | None = None
    period: str = ""
    why: str = ""

    @property
    def named(self) -> str:
        """Its period as the table names it."""
        return self.period or str(self.day.year)


@dataclass(frozen=True, slots=True)
class Line:
    """A series of spots in the order of their days; what is another series is another line."""

    name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or an outlined mark: an SVG path with its paint."""

    d: str
    stroke: str
    fill: str = "none"
    width: str = "2"
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark of the chart means, in words, with the mark itself."""

    strokes: tuple[Stroke, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rows that a chart is drawn from, in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """A drawing (`width` by `height`, `margin` before and after), the words of its two axes, its key, its numbers.

    The words of an axis stand in cells of one size: the drawing keeps half a cell free at either end of the upright
    axis. `starts_cells` says that a year stands at the start of its cell, not in the middle.
    """

    strokes: tuple[Stroke, ...]
    heights: tuple[str, ...]
    years: tuple[str, ...]
    keys: tuple[Key, ...]
    numbers: Numbers
    starts_cells: bool = False
    width: int = WIDTH
    height: int = HEIGHT
    margin: int = MARGIN


def chart_from(kept: Mapping[str, Any]) -> LineChart:
    """A chart out of what `dataclasses.asdict` made of it, as JSON keeps that."""
    keys = tuple(Key(tuple(Stroke(**one) for one in key["strokes"]), key["words"]) for key in kept["keys"])
    numbers = Numbers(tuple(kept["numbers"]["columns"]), tuple(tuple(row) for row in kept["numbers"]["rows"]))
    strokes = tuple(Stroke(**one) for one in kept["strokes"])
    words = {"heights": tuple(kept["heights"]), "years": tuple(kept["years"])}
    return LineChart(**{**kept, **words, "strokes": strokes, "keys": keys, "numbers": numbers})


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to places in the drawing."""

    year: int
    step: int
    cells: int
    low: Decimal
    rise: Decimal
    rises: int
    whole_years: bool

    def x(self, day: date) -> float:
        """How far from the start. A value at the end of a year stands in the middle of that year, where all do."""
        passed = 0.5 if self.whole_years else (day - date(day.year, 1, 1)).days / 365.25
        return WIDTH * (day.year - self.year + passed) / (self.step * self.cells)

    def y(self, value: Decimal) -> float:
        """How far from the top."""
        cell = HEIGHT / (self.rises + 1)
        return HEIGHT - cell / 2 - float((value - self.low) / self.rise) * cell


def line_chart(
    lines: Sequence[Line], *, path: Sequence[Spot] = (), target: Spot | None = None, say: Say = number
) -> LineChart:
    """Values over time, each series on its own; a gap interrupts its line and is no nought.

    `path` is the expected way, `target` the diamond at its end; `say` puts a value into words. Raises ValueError where
    no spot has a value.
    """
    spots = [*(spot for line in lines for spot in line.spots), *path, *([target] if target else [])]
    scale = _scale([spot for spot in spots if spot.value is not None])
    ticks = [scale.low + scale.rise * place for place in range(scale.rises, -1, -1)]
    strokes = [_rule(0, scale.y(tick), WIDTH, scale.y(tick)) for tick in ticks]
    if scale.step > 1 or not scale.whole_years:
        places = (WIDTH * place / scale.cells for place in range(scale.cells + 1))
        strokes += [_rule(x, 0, x, HEIGHT) for x in places]
    strokes += _run(scale, path, INK, DASH)
    for place, line in enumerate(lines):
        strokes += _series(scale, line, *SERIES[place % len(SERIES)])
    if target and target.value is not None:
        strokes.append(_mark("diamond", scale.x(target.day), scale.y(target.value), INK))
    return LineChart(
        tuple(strokes),
        tuple(say(tick) for tick in ticks),
        tuple(str(scale.year + scale.step * place) for place in range(scale.cells)),
        _keys(lines, path, target, say),
        _numbers(lines, target, say),
        starts_cells=scale.step > 1,
    )


def _scale(spots: Sequence[Spot]) -> _Scale:
    if not spots:
        raise ValueError("a chart needs a value")
    years = [spot.day.year for spot in spots]
    span = max(years) - min(years) + 1
    step = next((each for each in STEPS_OF_YEARS if span <= each * MOST_CELLS), span // MOST_CELLS + 1)
    first = min(years) - min(years) % step if step > 1 else min(years)
    cells = -(-(max(years) + 1 - first) // step)
    low, rise, rises = _heights([spot.value for spot in spots if spot.value is not None])
    whole_years = all((spot.day.month, spot.day.day) == (12, 31) for spot in spots)
    return _Scale(first, step, cells, low, rise, rises, whole_years)


def _heights(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, int]:
    """From where, in which steps and in how many an axis rises over these values: 1, 2 or 5 times a power of ten.

    It begins at 0, unless all values lie so close together and so far from it that nothing would be seen.
    """
    low, high = min(values), max(values)
    if low >= 0 and low * 4 <= high * 3:
        low = Decimal(0)
    rough = (high - low) / 4 or abs(high) / 4 or Decimal(1)
    power = Decimal(1).scaleb(rough.adjusted())
    rise = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    start = rise * (low / rise).to_integral_value(ROUND_FLOOR)
    return start, rise, max(1, int(((high - start) / rise).to_integral_value(ROUND_CEILING)))


def _series(scale: _Scale, line: Line, colour: str, shape: str) -> list[Stroke]:
    there = [(spot.day, spot.value) for spot in line.spots if spot.value is not None]
    return [
        *_run(scale, line.spots, colour),
        *(_mark(shape, scale.x(day), scale.y(value), colour) for day, value in there),
    ]


def _run(scale: _Scale, spots: Sequence[Spot], colour: str, dash: str = "") -> list[Stroke]:
    """The line through spots, lifted at each gap."""
    parts, lifted = [], True
    for spot in spots:
        if spot.value is not None:
            parts.append(f"{'M' if lifted else 'L'}{coordinate(scale.x(spot.day))} {coordinate(scale.y(spot.value))}")
        lifted = spot.value is None
    d = "".join(parts)
    return [Stroke(d, colour, width="1.5" if dash else "2.5", dash=dash)] if "L" in d else []


def _rule(x: float, y: float, x2: float, y2: float) -> Stroke:
    return Stroke(f"M{coordinate(x)} {coordinate(y)}L{coordinate(x2)} {coordinate(y2)}", FAINT, width="1")


_SHAPES = {
    "disc": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "ring": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "square": "m-4 -4h8v8h-8z",
    "triangle": "m0 -5l5 9h-10z",
    "diamond": "m0 -6l6 6l-6 6l-6 -6z",
}


def _mark(shape: str, x: float, y: float, colour: str) -> Stroke:
    fill = PAPER if shape in ("ring", "diamond") else colour
    return Stroke(f"M{coordinate(x)} {coordinate(y)}{_SHAPES[shape]}", colour, fill, "1.8")


def _keys(lines: Sequence[Line], path: Sequence[Spot], target: Spot | None, say: Say) -> tuple[Key, ...]:
    keys = []
    for place, line in enumerate(lines):
        colour, shape = SERIES[place % len(SERIES)]
        mark = (Stroke("M2 9L30 9", colour, width="2.5"), _mark(shape, 16, 9, colour))
        keys.append(Key(mark, _last_of(line, say)))
    if target and target.value is not None:
        words = _("Target: %(value)s by %(day)s", value=say(target.value), day=target.named)
        keys.append(Key((_mark("diamond", 16, 9, INK),), words))
    if path:
        keys.append(Key((Stroke("M2 9L30 9", INK, width="1.5", dash=DASH),), _("Expected way")))
    return tuple(keys)


def _last_of(line: Line, say: Say) -> str:
    there = [(spot, spot.value) for spot in line.spots if spot.value is not None]
    gaps = len(line.spots) - len(there)
    words = line.name
    if there:
        spot, value = there[-1]
        words = _("%(series)s: %(value)s in %(day)s", series=line.name, value=say(value), day=spot.named)
    without = _n("%(num)s period without a value", "%(num)s periods without a value", gaps)
    return _("%(what)s (%(note)s)", what=words, note=without) if gaps else words


def _numbers(lines: Sequence[Line], target: Spot | None, say: Say) -> Numbers:
    """A row for each period; two records of one period in one series have a row each."""
    found: dict[tuple[date, str, int], dict[int, Spot]] = {}
    for place, line in enumerate(lines):
        seen: Counter[tuple[date, str]] = Counter()
        for spot in line.spots:
            period = (spot.day, spot.named)
            found.setdefault((*period, seen[period]), {})[place] = spot
            seen[period] += 1
    places = range(len(lines))
    rows = [(key[1], *(_said(found[key].get(place), say) for place in places)) for key in sorted(found)]
    if target and target.value is not None:
        named = _("Target for %(day)s", day=target.named)
        rows.append((named, *(say(target.value) for _line in lines)))
    return Numbers((_("Period"), *(line.name for line in lines)), tuple(rows))


def _said(spot: Spot | None, say: Say) -> str:
    if spot is None:
        return ""
    return spot.why or _("No value") if spot.value is None else say(spot.value)
