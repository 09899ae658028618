"""The charts of an indicator: its values as it is held against its path, and women and men by period."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from nap_builder.kernel.bar_charts import BySex, SexChart, sex_chart
from nap_builder.kernel.charts import Line, LineChart, Spot, line_chart
from nap_builder.kernel.languages import _, number, when, words_in
from nap_builder.monitoring.progress.cells import SEX, parts_by
from nap_builder.monitoring.progress.exact import plus, rounded
from nap_builder.monitoring.progress.names import ACTIVITY_KINDS, ACTIVITY_STATUSES
from nap_builder.monitoring.progress.path import dated_targets, path_of
from nap_builder.monitoring.progress.shapes import Cell, Measure, Reported
from nap_builder.monitoring.progress.totals import adds_up, course_by_point
from nap_builder.monitoring.progress.values import Series, value_of
from nap_builder.plans.names import ADDS_UP, MISSING, named
from nap_builder.plans.wording import spoken

WOMEN, MEN = ("women", "girls"), ("men", "boys")


def value_in_words(measure: Measure, value: Decimal | None) -> str:
    """A figure of an indicator as a page says it: to two places, a percentage with its sign, a step by its name."""
    if value is None:
        return ""
    if measure.kind == "yes_no" and value in (0, 1):
        return _("Yes") if value else _("No")
    label = next((step.label for step in measure.scale if step.value == value), None)
    if label is not None:
        return spoken(label)
    shown = number(rounded(value, 2))
    return _("%(number)s%%", number=shown) if measure.is_share and measure.kind != "ratio" else shown


def amount_in_words(measure: Measure, unit: Mapping[str, str] | None, value: Decimal | None) -> str:
    """A figure with its unit, where it is a number of something."""
    shown, of = value_in_words(measure, value), words_in(unit)
    counts = measure.kind in ADDS_UP and not measure.is_share
    return _("%(number)s %(unit)s", number=shown, unit=of) if shown and of and counts else shown


def progress_chart(
    measure: Measure, series: Sequence[Series], names: Mapping[str, str] | None = None
) -> LineChart | None:
    """Each series as a line of its own, with the expected path and the last target; None where there is no number.

    What adds up over periods is drawn as what has come together, for that is what the target asks for. `names` says
    what a series is called; the only one of an indicator, without a name, is called reported.
    """
    lines = [Line((names or {}).get(one.name, one.name) or _("Reported"), _spots(measure, one)) for one in series]
    days = [spot.day for line in lines for spot in line.spots if spot.value is not None]
    if not days:
        return None
    way, targets = _way(measure, min(days)), dated_targets(measure)
    target = Spot(targets[-1].day, targets[-1].value) if targets else None
    return line_chart(
        lines, path=way if len(way) > 1 else (), target=target, say=lambda value: value_in_words(measure, value)
    )


def women_and_men_chart(series: Series, target: Decimal | None = None) -> SexChart | None:
    """Women with girls, and men with boys, by period of one series; None where nothing is broken down by sex."""
    rows = [_by_sex(point) for point in series.points]
    if not any(parts_by(point.cells, SEX) for point in series.points):
        return None
    return sex_chart(rows, target=target)


def activity_parts(counts: Mapping[str, int], links: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The statuses that occur as the parts of a `segment_bar`, in their usual order; `links` are by status."""
    return [
        {"kind": ACTIVITY_KINDS[status], "count": counts[status], "label": label, "href": (links or {}).get(status)}
        for status, label in ACTIVITY_STATUSES.items()
        if counts.get(status)
    ]


def period_in_words(point: Reported) -> str:
    """The period of a value by its end: a year, or the month in which it ended."""
    if (point.ends.month, point.ends.day) == (12, 31):
        return str(point.ends.year)
    return when(f"{point.ends:%Y-%m}")


def _spots(measure: Measure, series: Series) -> tuple[Spot, ...]:
    """What a line is drawn from: values or what has come together, and a gap for each period without a number."""
    if adds_up(measure):
        drawn = {id(point): value for point, value in course_by_point(measure, series)}
    else:
        drawn = {id(point): value for point in series.points if (value := value_of(measure, point)) is not None}
    return tuple(
        Spot(
            point.ends,
            drawn.get(id(point)),
            period_in_words(point),
            named(MISSING, point.missing) or words_in(point.text),
        )
        for point in series.points
        if id(point) in drawn or value_of(measure, point) is None
    )


def _way(measure: Measure, begins: date) -> tuple[Spot, ...]:
    """The corners of the path until the last target; one of steps is level until the day before each."""
    path, spots = path_of(measure), list[Spot]()
    for turn in path.turns:
        if path.steps and spots:
            spots.append(Spot(turn.day - timedelta(days=1), spots[-1].value))
        spots.append(Spot(max(turn.day, begins) if turn.day == date.min else turn.day, turn.value))
    targets = dated_targets(measure)
    if spots and targets and spots[-1].day < targets[-1].day:
        spots.append(Spot(targets[-1].day, spots[-1].value))
    return tuple(spots)


def _by_sex(point: Reported) -> BySex:
    parts = parts_by(point.cells, SEX)
    women, men = ([parts[name] for name in names if name in parts] for names in (WOMEN, MEN))
    return BySex(
        period_in_words(point), _sum(women), _sum(men), named(MISSING, point.missing) or _reason([*women, *men])
    )


def _sum(parts: Sequence[Cell]) -> Decimal | None:
    values = [part.value for part in parts if part.value is not None]
    return plus(*values) if parts and len(values) == len(parts) else None


def _reason(parts: Sequence[Cell]) -> str:
    return next((named(MISSING, part.missing) for part in parts if part.missing), "")
