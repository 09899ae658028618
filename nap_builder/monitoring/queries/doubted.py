"""What is worth a second look in all that is reported on a plan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import now
from nap_builder.monitoring.models import IndicatorValue, ProgressUpdate
from nap_builder.monitoring.names import DOUBTS
from nap_builder.monitoring.progress.doubts import Doubt, doubts_of
from nap_builder.monitoring.progress.rows import measure_of, reported_of
from nap_builder.monitoring.progress.values import Series, series_of
from nap_builder.monitoring.queries.periods import periods, status_rule, thresholds_of
from nap_builder.monitoring.queries.record import record_of
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.measures import Figures, all_indicators, figures_of

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Doubted:
    """A doubt about a value of an indicator, and the update that reported it; None where it came in a file.

    It is `old` where its period, or a later one, was published a year ago or before: everybody has read the figure.
    """

    indicator: Indicator
    doubt: Doubt
    update: ProgressUpdate | None = None
    old: bool = False


def doubts_in(plan: Plan, who: Actor) -> Mapping[str, Sequence[Doubted]]:
    """The doubts about the values of all indicators that a person may read, by their codes, the gravest first.

    Of one code the newest come first. Eleven statements, whatever the size of the plan.
    """
    settled = _settled(plan)
    indicators = all_indicators(plan, who)
    record, said, limits = record_of(plan), figures_of(indicators), thresholds_of(status_rule(plan))
    found: dict[str, list[Doubted]] = defaultdict(list)
    for indicator in indicators:
        known = said.get(indicator.id, Figures())
        measure = measure_of(indicator, known.baseline, known.targets)
        values = record.of(indicator)
        for series in series_of(reported_of(values)):
            for doubt in doubts_of(measure, series, limits):
                update = _reported_in(values, series, doubt)
                found[doubt.code].append(Doubted(indicator, doubt, update, old=doubt.ends <= settled))
    return {code: sorted(found[code], key=_day, reverse=True) for code in DOUBTS if code in found}


def _settled(plan: Plan) -> date:
    """The last day of the newest period that was published a year ago or before; the first of all days if none was."""
    limit = now() - A_YEAR
    return max((one.ends for one in periods(plan) if one.published_at and one.published_at <= limit), default=date.min)


def _day(one: Doubted) -> date:
    return one.doubt.ends


def _reported_in(values: Sequence[IndicatorValue], series: Series, doubt: Doubt) -> ProgressUpdate | None:
    """The update that reported the value that a doubt is about."""
    place = next(point.position for point in series.points if point.ends == doubt.ends)
    return next(value.update for value in values if value.position == place)
