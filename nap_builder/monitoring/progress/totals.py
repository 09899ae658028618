"""Values over periods as one figure: added up, averaged, or the last. Percentages are never added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from nap_builder.kernel.languages import _l, _n
from nap_builder.monitoring.progress.exact import plus, scaled
from nap_builder.monitoring.progress.shapes import STEPPED, Measure, Reported, has_number
from nap_builder.monitoring.progress.values import Series, value_of

NO_VALUE, NO_DENOMINATOR, OVERLAP, NO_ARITHMETIC = "no_value", "no_denominator", "overlap", "no_arithmetic"
WHY_NOT = {
    NO_VALUE: _l("There is no total: no period has a value."),
    NO_DENOMINATOR: _l("There is no total: a share needs the numerator and the denominator of each period."),
    OVERLAP: _l("There is no total: periods overlap, so that something would be counted twice."),
    NO_ARITHMETIC: _l("There is no total: this kind of indicator is not added up."),
}


@dataclass(frozen=True, slots=True)
class Total:
    """One figure over `periods` with a value; `gaps` have none. Where there is no value, `reason` says why.

    `numerator` and `denominator` are the sums that a share was computed from.
    """

    value: Decimal | None = None
    reason: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    periods: int = 0
    gaps: int = 0

    @property
    def sentence(self) -> str:
        """Why there is no total, or how many periods it leaves out; empty where it is whole."""
        if self.reason:
            return str(WHY_NOT[self.reason])
        if not self.gaps:
            return ""
        return _n(
            "%(num)s period without a value is not in it.", "%(num)s periods without a value are not in it.", self.gaps
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A value on a day."""

    day: date
    value: Decimal


def total_of(measure: Measure, points: Sequence[Reported]) -> Total:
    """Points of one series, in the order of their periods, as one figure in the way the indicator says."""
    there = [point for point in points if has_number(point) and measure.kind != "qualitative"]
    total = _total(measure, there) if there else Total(reason=NO_VALUE)
    reason = NO_ARITHMETIC if measure.kind == "qualitative" else total.reason
    return replace(total, reason=reason, periods=len(there), gaps=len(points) - len(there))


def _total(measure: Measure, there: Sequence[Reported]) -> Total:
    if measure.total == "last" or measure.kind in STEPPED:
        return _last(measure, there)
    if measure.total == "sum" and measure.kind == "index":
        return Total(reason=NO_ARITHMETIC)
    if measure.total == "sum" and _overlap(there):
        return Total(reason=OVERLAP)
    if measure.is_share:
        return _of_shares(measure, there)
    values = list(_values(measure, there))
    return Total(plus(*values) if measure.total == "sum" else _mean(values))


def _last(measure: Measure, there: Sequence[Reported]) -> Total:
    last = next((point for point in reversed(there) if value_of(measure, point) is not None), None)
    if last is None:
        return Total(reason=NO_DENOMINATOR)
    fraction = (last.numerator, last.denominator) if measure.is_share else (None, None)
    return Total(value_of(measure, last), "", *fraction)


def _of_shares(measure: Measure, there: Sequence[Reported]) -> Total:
    fractions = [
        (point.numerator, point.denominator)
        for point in there
        if point.numerator is not None and point.denominator is not None
    ]
    values = list(_values(measure, there))
    if len(fractions) < len(there):
        mean = measure.total == "average" and len(values) == len(there)
        return Total(_mean(values)) if mean else Total(reason=NO_DENOMINATOR)
    numerator, denominator = plus(*(pair[0] for pair in fractions)), plus(*(pair[1] for pair in fractions))
    if not denominator:
        return Total(reason=NO_DENOMINATOR)
    value = scaled(numerator, 1 if measure.kind == "ratio" else 100, denominator)
    return Total(value, "", numerator, denominator)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return scaled(plus(*values), 1, len(values))


def _values(measure: Measure, points: Iterable[Reported]) -> Iterable[Decimal]:
    return (value for point in points if (value := value_of(measure, point)) is not None)


def _overlap(points: Sequence[Reported]) -> bool:
    """Whether a period begins before the one before it has ended, as far as it is said."""
    return any((after.starts or after.ends) <= before.ends for before, after in pairwise(points))


def course_of(measure: Measure, series: Series) -> tuple[Turn, ...]:
    """The figure that is held against the target, after each period with a value.

    Under `last` it is the value itself; under `average` the average so far; under `sum` what has come together since
    the baseline, on top of it. A period that ends by the day of the baseline is in the baseline already.
    """
    return tuple(Turn(point.ends, value) for point, value in course_by_point(measure, series))


def adds_up(measure: Measure) -> bool:
    """Whether its periods are added up, so that a target asks for what has come together."""
    return measure.total == "sum" and not measure.is_share


def counted_points(measure: Measure, series: Series) -> tuple[Reported, ...]:
    """The points of a series that make its course: all, or where they are joined those after the baseline."""
    day = measure.baseline.day if measure.baseline and measure.total != "last" else None
    return tuple(point for point in series.points if day is None or point.ends > day)


def course_by_point(measure: Measure, series: Series) -> list[tuple[Reported, Decimal]]:
    """The course of a series with the point that each figure of it comes from."""
    points, start = counted_points(measure, series), Decimal(0)
    if adds_up(measure):
        start = value_of(measure, measure.baseline) or start
    found = []
    for place, point in enumerate(points):
        total = total_of(measure, points[: place + 1])
        if value_of(measure, point) is not None and total.value is not None:
            found.append((point, plus(start, total.value)))
    return found
