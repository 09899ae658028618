"""The figures of indicators: the one source of their pages, charts, tables, files and reports.

Of one indicator all is kept together: its series, each apart with its points, how each stands and by which rule, what
comes of it at this pace, who is not counted, and when the next figure is due.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import NOBODY, Actor
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import IndicatorValue, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.progress.cells import Dimensions, Uncounted, tables_of, uncounted
from nap_builder.monitoring.progress.doubts import Doubt, doubts_of
from nap_builder.monitoring.progress.exact import minus
from nap_builder.monitoring.progress.names import AT_RISK, BEHIND, NO_DATA, NONE, ON_TRACK, REACHED
from nap_builder.monitoring.progress.pace import Pace, pace_of
from nap_builder.monitoring.progress.path import Path, last_target, path_of
from nap_builder.monitoring.progress.rows import measure_of, reported_of
from nap_builder.monitoring.progress.shapes import STEPPED, Measure, Reported, has_number
from nap_builder.monitoring.progress.status import Status, status_of
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.monitoring.progress.totals import Total, counted_points, course_by_point, total_of
from nap_builder.monitoring.progress.trend import Trend, trend_of
from nap_builder.monitoring.progress.values import Series, shown_series, value_of
from nap_builder.monitoring.progress.withheld import withheld
from nap_builder.monitoring.queries.due import BY_THE_UN
from nap_builder.monitoring.queries.overview import chosen, moment, shown_periods
from nap_builder.monitoring.queries.periods import periods, status_rule, thresholds_of
from nap_builder.monitoring.queries.standings import Moment
from nap_builder.plans.calendar import months_later
from nap_builder.plans.levels import ROWS
from nap_builder.plans.models.framework import Activity, Objective, Output
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import row_at
from nap_builder.plans.queries.measures import Figures, all_indicators, figures_of, row_of
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.taskforce.models import Institution

WORST_FIRST = (BEHIND, AT_RISK, NO_DATA, NONE, ON_TRACK, REACHED)
ONE_DAY = timedelta(days=1)
LEADS = (
    joinedload(Indicator.responsible),
    joinedload(Indicator.pillar),
    joinedload(Indicator.objective).joinedload(Objective.lead),
    joinedload(Indicator.output).options(joinedload(Output.lead), joinedload(Output.objective)),
    joinedload(Indicator.activity).options(
        joinedload(Activity.lead),
        joinedload(Activity.objective).joinedload(Objective.lead),
        joinedload(Activity.output).joinedload(Output.lead),
    ),
)


@dataclass(frozen=True)
class Point:
    """What stands for a period: `value` is its own, `counted` what is held against the target after it, `expected`
    what the path asks for at its end. `was` holds what it corrected, the oldest first, `update` the report it is from.
    """

    told: Reported
    value: Decimal | None
    counted: Decimal | None
    expected: Decimal | None
    update: ProgressUpdate | None = None
    was: tuple["Point", ...] = ()


@dataclass(frozen=True)
class Run:
    """One series of an indicator, never joined with another, and how it stands."""

    measure: Measure
    series: Series
    points: tuple[Point, ...]
    status: Status
    pace: Pace
    trend: Trend
    total: Total
    doubts: tuple[Doubt, ...]

    @property
    def name(self) -> str:
        """What the series is called; empty where it is the only one."""
        return self.series.name

    @cached_property
    def last(self) -> Point | None:
        """The last period with something told: a number, or words where the indicator is told in words."""
        return next((point for point in reversed(self.points) if has_number(point.told) or point.told.text), None)

    @property
    def uncounted(self) -> Uncounted:
        """Who is not counted in the parts of the last figure."""
        return uncounted(self.measure, self.last.told) if self.last else Uncounted()

    @cached_property
    def tables(self) -> tuple[Dimensions, ...]:
        """What the figures are broken down by, in any period: the smaller tables first."""
        found = dict.fromkeys(of for point in self.points for of in tables_of(point.told.cells))
        return tuple(sorted(found, key=len))

    @property
    def beyond(self) -> Decimal | None:
        """By how much the figure that is judged is better than the last target; None where it is not."""
        target, direction = last_target(self.measure), self.measure.direction
        if target is None or self.status.value is None or self.measure.kind in STEPPED or direction == "maintain":
            return None
        over = minus(self.status.value, target) if direction == "increase" else minus(target, self.status.value)
        return over if over > 0 else None


@dataclass(frozen=True)
class Awaited:
    """The next day that an indicator is measured for, and by when it is asked, where a period is made for it."""

    measured: date
    period: ReportingPeriod | None = None


@dataclass(frozen=True)
class MeasureRecord:
    """All that is known of an indicator by a day: what the plan says of it (`said`, `measure`), and its series."""

    indicator: Indicator
    said: Figures
    measure: Measure
    path: Path
    runs: tuple[Run, ...]
    awaited: Awaited | None
    on: date

    @property
    def worst(self) -> Run:
        """The series that stands worst; there always is one, be it empty."""
        return min(self.runs, key=lambda run: WORST_FIRST.index(run.status.name))

    @property
    def last_day(self) -> date | None:
        """The end of the last period that something was told for."""
        return max((run.last.told.ends for run in self.runs if run.last), default=None)

    @property
    def reporter(self) -> Institution | None:
        """Who reports it: the institution named, else who leads its row."""
        row = self.indicator
        return row.responsible or effective_lead(row.activity or row.output or row.objective)

    def expected(self, day: date) -> Decimal | None:
        """What its path asks for on a day."""
        return self.path.at(day)


@dataclass(frozen=True)
class Sheet:
    """The figures of a plan at the end of a period (today while it has not ended): `rows` in the order of the plan."""

    plan: Plan
    period: ReportingPeriod | None
    on: date
    rows: tuple[MeasureRecord, ...]
    public: bool

    def named(self, code: str) -> MeasureRecord:
        """The indicator of a code. Raises Missing."""
        return next((row for row in self.rows if row.indicator.code == code), None) or _missing()

    def keyed(self, key: str) -> MeasureRecord:
        """The indicator of a key. Raises Missing."""
        return next((row for row in self.rows if row.indicator.key == key), None) or _missing()


def sheet_of(plan: Plan, who: Actor, ends: str = "", *, public: bool = False) -> Sheet:
    """The figures of all indicators that a person may read, by the end of a period (the newest where none is named).

    With `public` those that were verified in published periods, without parts that would tell of single people; none
    while an amendment of the plan is drafted. The number of statements does not grow with the plan. Raises Missing
    where no such period is there.
    """
    who = NOBODY if public else who
    period = chosen(shown_periods(plan, public=public), ends)
    now = moment(plan, period, public=public)
    indicators = () if public and plan.being_amended else all_indicators(plan, who, *LEADS)
    said, limits, planned = figures_of(indicators), thresholds_of(status_rule(plan)), periods(plan)
    rows = [_row(one, said.get(one.id, Figures()), now, limits, planned, public=public) for one in indicators]
    return Sheet(plan, period, now.on, tuple(rows), public)


def rows_shown(indicator: Indicator, *, public: bool = False) -> list[Any]:
    """The rows of the framework that an indicator shows: that on which it hangs, and what else it names.

    Only those that who acts now may read; with `public` no restricted ones, whoever reads. A statement for each named.
    """
    found = [row_of(indicator)]
    for named in indicator.also_measures or ():
        kind, _colon, key = named.partition(":")
        with suppress(Missing):
            found += [row_at(indicator.plan.slug, kind, key)] if kind in ROWS else []
    return [row for row in dict.fromkeys(found) if not (public and _is_restricted(row))]


def _is_restricted(row: Any) -> bool:
    activity = row if isinstance(row, Activity) else getattr(row, "activity", None)
    return activity is not None and activity.restricted


def _row(
    indicator: Indicator,
    said: Figures,
    now: Moment,
    limits: Thresholds,
    planned: Sequence[ReportingPeriod],
    *,
    public: bool,
) -> MeasureRecord:
    measure = measure_of(indicator, said.baseline, said.targets)
    values = now.record.of(indicator)
    told = reported_of(values)
    if public:
        told = [replace(one, cells=withheld(one.cells)) for one in told]
    path, by_place = path_of(measure), {value.position: value for value in values}
    runs = [_run(measure, path, one, by_place, now.on, limits) for one in shown_series(told)]
    awaited = _awaited(indicator, [run.last.told.ends for run in runs if run.last], planned)
    return MeasureRecord(indicator, said, measure, path, tuple(runs), awaited, now.on)


def _run(
    measure: Measure,
    path: Path,
    series: Series,
    values: Mapping[int, IndicatorValue],
    on: date,
    limits: Thresholds,
) -> Run:
    counted = {id(point): value for point, value in course_by_point(measure, series)}

    def shown(told: Reported) -> Point:
        held, update = counted.get(id(told)), values[told.position].update
        return Point(told, value_of(measure, told), held, path.at(told.ends), update)

    points = tuple(replace(shown(entry.now), was=tuple(map(shown, entry.was))) for entry in series.entries)
    return Run(
        measure,
        series,
        points,
        status_of(measure, series, on, limits),
        pace_of(measure, series, on),
        trend_of(measure, series),
        total_of(measure, counted_points(measure, series)),
        tuple(doubts_of(measure, series, limits)),
    )


def _awaited(indicator: Indicator, told: Iterable[date], planned: Sequence[ReportingPeriod]) -> Awaited | None:
    """The first day of measuring, counted from the start of the plan, after the last figure; none after its end."""
    plan, last = indicator.plan, max(told, default=None)
    if indicator.reported_by == BY_THE_UN or (last is not None and last >= plan.ends):
        return None
    every, times = indicator.frequency_months or plan.reporting_months, 1
    while (day := months_later(plan.starts, every * times) - ONE_DAY) <= (last or plan.starts) and day < plan.ends:
        times += 1
    day = min(day, plan.ends)
    period = next((one for one in planned if one.starts <= day <= one.ends), None)
    return Awaited(day, period)


def _missing() -> MeasureRecord:
    raise Missing
