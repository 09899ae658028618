"""How each indicator of a plan stands by what was reported until a day, and which ones to watch."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.monitoring.models import VERIFIED
from nap_builder.monitoring.progress.names import AT_RISK, BEHIND, NO_DATA, NONE, ON_TRACK, REACHED
from nap_builder.monitoring.progress.rows import measure_of, reported_of
from nap_builder.monitoring.progress.shapes import STEPPED, Measure, has_number
from nap_builder.monitoring.progress.status import Status, status_of
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.monitoring.progress.totals import counted_points
from nap_builder.monitoring.progress.values import Series, shown_series
from nap_builder.monitoring.queries.standings import Moment
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.measures import Figures, all_indicators, figures_of

FIRST_TO_WATCH = (BEHIND, AT_RISK, ON_TRACK, REACHED, NO_DATA, NONE)
FEWEST, MOST = 3, 6


@dataclass(frozen=True)
class Watched:
    """An indicator, the series of it that stands worst, and how that stands.

    `verified` says that every series has reached the last target by verified values alone.
    """

    indicator: Indicator
    measure: Measure
    series: Series
    status: Status
    verified: bool


def indicators_of(plan: Plan, who: Actor, now: Moment, thresholds: Thresholds) -> list[Watched]:
    """Every living indicator of a plan that a person may read, in its order; two statements."""
    found = all_indicators(plan, who, joinedload(Indicator.responsible))
    figures = figures_of(found)
    return [_watched(row, figures.get(row.id, Figures()), now, thresholds) for row in found]


def to_watch(indicators: Sequence[Watched]) -> list[Watched]:
    """Three to six of them: all that are behind or at risk come first, then as many as it takes in `FIRST_TO_WATCH`."""
    ranked = sorted(indicators, key=lambda one: FIRST_TO_WATCH.index(one.status.name))
    troubled = sum(one.status.name in (BEHIND, AT_RISK) for one in ranked)
    return ranked[: min(MOST, max(FEWEST, troubled))]


def _watched(indicator: Indicator, figures: Figures, now: Moment, thresholds: Thresholds) -> Watched:
    measure = measure_of(indicator, figures.baseline, figures.targets)
    told = shown_series(reported_of(now.record.of(indicator)))
    judged = [(one, status_of(measure, one, now.on, thresholds)) for one in told]
    series, status = min(judged, key=lambda pair: FIRST_TO_WATCH.index(pair[1].name))
    verified = all(one.name == REACHED and _is_checked(measure, each) for each, one in judged)
    return Watched(indicator, measure, series, status, verified)


def _is_checked(measure: Measure, series: Series) -> bool:
    """Whether every value is verified of which the figure of a series is made: its last one, or all that are joined."""
    there = [point for point in counted_points(measure, series) if has_number(point)]
    made_of = there[-1:] if measure.total == "last" or measure.kind in STEPPED else there
    return all(point.quality == VERIFIED for point in made_of)
