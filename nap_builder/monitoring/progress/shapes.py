"""What an indicator says and what was reported, as the arithmetic takes it: decimals, days, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nap_builder.plans.calendar import last_day

Words = Mapping[str, str]
SHARES = frozenset({"percent", "ratio"})
STEPPED = frozenset({"yes_no", "scale"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a figure: its categories by dimension, and its number or why there is none."""

    of: Mapping[str, str]
    value: Decimal | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A baseline, a target or a benchmark. `by` is as precise as the plan says it (2027, 2027-Q2, 2027-03-15)."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    text: Words | None = None
    year: int | None = None
    by: str | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def day(self) -> date | None:
        """The day for which it holds: the last of the span it names, else the last of its year, else none."""
        if self.by:
            return last_day(self.by)
        return None if self.year is None else date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Reported:
    """A value for a period. `position` is its place in the order of reporting; `series` is "" for the only one."""

    ends: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    starts: date | None = None
    text: Words | None = None
    source: Words | None = None
    note: Words | None = None
    cells: tuple[Cell, ...] = ()
    quality: str = "provisional"
    missing: str | None = None
    series: str = ""
    corrects: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale: its number and what it is called."""

    value: Decimal
    label: Words


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator says of itself. `targets` stand in the order of the plan."""

    kind: str = "number"
    direction: str = "increase"
    total: str = "last"
    baseline: Figure | None = None
    targets: tuple[Figure, ...] = ()
    frequency_months: int | None = None
    counts: str | None = None
    disaggregation: tuple[str, ...] = ()
    no_sex_reason: Words | None = None
    not_counted: Words | None = None
    scale: tuple[Step, ...] = field(default=())

    @property
    def is_share(self) -> bool:
        """Whether its figures are parts of a whole, which no sum may join.

        Sites are counted as a share unless the plan's own figures name them by number alone.
        """
        if self.kind != "sites_meeting":
            return self.kind in SHARES
        figures = [figure for figure in (self.baseline, *self.targets) if figure and has_number(figure)]
        return all(figure.denominator is not None for figure in figures)


def has_number(figure: Figure | Reported) -> bool:
    """Whether a figure says a number, not words alone."""
    return figure.value is not None or figure.numerator is not None
