"""What was said before about what is due: figures to compare with, their breakdowns, and whether they may stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from nap_builder.kernel.fields import plain_decimal
from nap_builder.monitoring.names import SUBJECTS
from nap_builder.monitoring.progress.cells import tables_of
from nap_builder.monitoring.progress.names import AMOUNTS
from nap_builder.monitoring.progress.rows import measure_of, reported_of
from nap_builder.monitoring.progress.shapes import Cell, Figure, Measure, Reported
from nap_builder.monitoring.progress.values import Series, series_of
from nap_builder.monitoring.queries.due import Due
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.queries.measures import Figures, figures_of

SEXES = ("women", "men")
AGES = ("under_18", "age_18_30", "age_31_60", "over_60")
USUAL = {"sex": SEXES, "age": AGES}
MOST_PARTS = 200
VALUE, FRACTION = "value", ("numerator", "denominator")
Told = dict[str, Any]


@dataclass(frozen=True)
class Breakdown:
    """A table of parts that is asked for: its dimensions, and the categories of each part in order.

    Where no category of a dimension is known, `parts` is empty: whoever reports names them.
    """

    of: tuple[str, ...]
    parts: tuple[Mapping[str, str], ...] = ()


class Before:
    """What was said before the period about the rows of what is due. One statement, for baselines and targets."""

    def __init__(self, due: Due) -> None:
        self.due = due

    @cached_property
    def _figures(self) -> dict[int, Figures]:
        return figures_of(self.due.indicators) if self.due.indicators else {}

    def measure(self, indicator: Indicator) -> Measure:
        """What an indicator says of itself, with its baseline and targets."""
        figures = self._figures.get(indicator.id, Figures())
        return measure_of(indicator, figures.baseline, figures.targets)

    def series(self, indicator: Indicator) -> Series:
        """The series that the institution reports: that of its last value; empty where there is none."""
        points = reported_of(self.due.before.of(indicator))
        if not points:
            return Series("")
        name = max(points, key=lambda point: (point.ends, point.position)).series
        return next(series for series in series_of(points) if series.name == name)

    def last(self, indicator: Indicator) -> Reported | None:
        """The value of the period before, with corrections; None where nothing was ever reported."""
        points = self.series(indicator).points
        return points[-1] if points else None

    def parts(self, indicator: Indicator) -> tuple[str, ...]:
        """What of a figure is asked for first: its value, its numerator and denominator, all three, or a text."""
        if indicator.kind == "qualitative":
            return ("text",)
        if indicator.kind == "sites_meeting" and not self.measure(indicator).is_share:
            return ("value",)
        if indicator.kind not in ("percent", "ratio", "sites_meeting"):
            return ("value",)
        figures = self._known(indicator)
        by_value = any(one.value is not None for one in figures) and all(one.numerator is None for one in figures)
        return (VALUE, *FRACTION) if by_value and indicator.kind != "sites_meeting" else FRACTION

    def may_be_negative(self, indicator: Indicator) -> bool:
        """Whether its figures can lie below nought: an index can, and what does so in the plan or did before."""
        numbers = [one.value for one in self._known(indicator) if one.value is not None]
        return indicator.kind == "index" or any(value < 0 for value in numbers)

    def _known(self, indicator: Indicator) -> list[Figure | Reported]:
        """Every figure of the plan and of earlier periods."""
        measure = self.measure(indicator)
        plan = [measure.baseline, *measure.targets] if measure.baseline else [*measure.targets]
        return [*self.series(indicator).points, *plan]

    def breakdowns(self, indicator: Indicator) -> list[Breakdown]:
        """The tables of parts to ask for: those used before, then one of each dimension that they leave out."""
        measure = self.measure(indicator)
        known = _known_parts(self._known(indicator))
        tables = [Breakdown(of, tuple(cell.of for cell in cells)) for of, cells in tables_of(known).items()]
        tables = [_whole(table) for table in tables]
        covered = {name for table in tables for name in table.of}
        absent = [name for name in measure.disaggregation if name not in covered]
        return [*tables, *(Breakdown((name,), self._usual(name)) for name in absent)]

    def _usual(self, dimension: str) -> tuple[Mapping[str, str], ...]:
        regions = tuple(region["code"] for region in self.due.plan.regions or ())
        usual = regions if dimension == "region" else USUAL.get(dimension, ())
        return tuple({dimension: category} for category in usual)

    @property
    def may_stay(self) -> bool:
        """Whether it can be said in one press that nothing changed: everything was said before, and can be repeated."""
        due = self.due
        if due.last is None or (due.update is not None and not due.waits):
            return False
        return all(self._repeated(indicator) is not None for indicator in due.indicators)

    def repeated(self) -> dict[str, Told]:
        """The figures that hold where nothing changed, by key of the indicator."""
        told = ((indicator.key, self._repeated(indicator)) for indicator in self.due.indicators)
        return {key: figure for key, figure in told if figure is not None}

    def noughts(self) -> list[Indicator]:
        """The indicators whose figure is 0 where nothing changed, because their periods are added up."""
        summed = [one for one in self.due.indicators if one.total == "sum"]
        return [one for one in summed if "missing" not in (self._repeated(one) or {"missing": None})]

    def _repeated(self, indicator: Indicator) -> Told | None:
        last = self.last(indicator)
        if last is None:
            return None
        if last.missing or indicator.total != "sum" or indicator.kind in ("yes_no", "scale", "qualitative"):
            return told_of(last)
        nought = {"value": "0", **({"series": last.series} if last.series else {})}
        return nought if indicator.kind in ("number", "money") else None

    def milestones(self) -> dict[str, Told]:
        """What was said last of the milestones, as an update says it, by their keys."""
        said = ((row.key, self.due.before.milestone(row)) for row in self.due.milestones)
        facts = ((key, {"state": one.state, "met_on": _iso(one.met_on), "reason": one.reason}) for key, one in said)
        return {key: _there(told) for key, told in facts if told["state"]}

    def spending(self) -> dict[str, dict[str, str]]:
        """What was said last of the budget lines' money, as an update says it, by their keys."""
        said = ((line.key, self.due.before.amounts(line)) for line in self.due.lines)
        return {key: {name: plain_decimal(one[name]) for name in AMOUNTS if name in one} for key, one in said if one}

    @property
    def status(self) -> str | None:
        """The status of the activity as last said."""
        return self.due.before.status(self.due.row) if self.due.kind == SUBJECTS[0] else None

    @property
    def ended(self) -> date | None:
        """The last day of the period of the update before."""
        return self.due.last.period.ends if self.due.last else None


def told_of(point: Reported) -> Told:
    """A value as an update says it (nap-plan/1), without what was noted beside it."""
    numbers = {name: getattr(point, name) for name in ("value", "numerator", "denominator")}
    told: Told = {name: plain_decimal(one) for name, one in numbers.items() if one is not None}
    told |= _there({name: _dict(getattr(point, name)) for name in ("text", "source")})
    told |= {name: getattr(point, name) for name in ("missing", "series") if getattr(point, name)}
    if point.cells:
        told["cells"] = [told_cell(cell) for cell in point.cells]
    if point.quality == "estimate":
        told["quality"] = point.quality
    return told


def told_cell(cell: Cell) -> Told:
    """A part as nap-plan/1 writes it."""
    if cell.value is not None:
        return {"of": dict(cell.of), "value": plain_decimal(cell.value)}
    return {"of": dict(cell.of), "missing": cell.missing or "not_available"}


def _known_parts(figures: Sequence[Figure | Reported]) -> list[Cell]:
    """Every part that the plan or an earlier value names, each once, in the order in which they were named."""
    found = {tuple(sorted(cell.of.items())): cell for figure in figures for cell in figure.cells}
    return list(found.values())[:MOST_PARTS]


def _whole(table: Breakdown) -> Breakdown:
    """A table with every cell of its categories; the usual ones of sex beside those that are known."""
    names = {name: list(dict.fromkeys(part[name] for part in table.parts)) for name in table.of}
    if "sex" in names and set(names["sex"]) <= set(SEXES):
        names["sex"] = list(SEXES)
    parts = [dict(zip(names, chosen, strict=True)) for chosen in product(*names.values())]
    return Breakdown(table.of, tuple(parts)) if len(parts) <= MOST_PARTS else table


def _there(told: Told) -> Told:
    return {name: value for name, value in told.items() if value is not None}


def _dict(words: Any) -> Any:
    return dict(words) if words else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
