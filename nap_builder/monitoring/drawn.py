"""An indicator as a chart: its values, the way that its plan expects, and its target."""

from datetime import date
from decimal import Decimal

from nap_builder.kernel.charts import Line, LineChart, Spot, line_chart
from nap_builder.kernel.languages import day, words_in
from nap_builder.monitoring import in_words
from nap_builder.monitoring.progress.path import dated_targets
from nap_builder.monitoring.progress.values import value_of
from nap_builder.monitoring.queries.watched import Watched
from nap_builder.plans.names import MISSING, named


def way_of(one: Watched) -> LineChart | None:
    """The series that an indicator is judged by; None where there is nothing to draw.

    Values, not running totals: the expected way is left out where periods are added up, since it stands for their sum.
    """
    spots = [
        Spot(point.ends, value_of(one.measure, point), _period(point.ends), named(MISSING, point.missing))
        for point in one.series.points
    ]
    if one.measure.kind == "qualitative" or not any(spot.value is not None for spot in spots):
        return None
    added = one.measure.total == "sum" and not one.measure.is_share
    targets = dated_targets(one.measure)
    path = () if added else tuple(Spot(turn.day, turn.value, _period(turn.day)) for turn in one.status.path.turns)
    target = None if added or not targets else Spot(targets[-1].day, targets[-1].value, _period(targets[-1].day))

    def say(value: Decimal) -> str:
        return in_words.figure(one, value)

    return line_chart([Line(words_in(one.indicator.title), tuple(spots))], path=path, target=target, say=say)


def _period(last: date) -> str:
    return str(last.year) if (last.month, last.day) == (12, 31) else day(last)
