"""Whether the last value of a series is better than the one before."""

from dataclasses import dataclass
from decimal import Decimal

from nap_builder.kernel.languages import _, _l
from nap_builder.monitoring.progress.exact import minus
from nap_builder.monitoring.progress.path import last_target
from nap_builder.monitoring.progress.shapes import Measure
from nap_builder.monitoring.progress.totals import adds_up
from nap_builder.monitoring.progress.values import Series, value_of

BETTER, WORSE, SAME, UNKNOWN = "better", "worse", "same", "unknown"
TRENDS = {
    BETTER: _l("Better than the period before"),
    WORSE: _l("Worse than the period before"),
    SAME: _l("As the period before"),
    UNKNOWN: _l("No earlier value to compare with"),
}


@dataclass(frozen=True, slots=True)
class Trend:
    """How the last value stands to the one before; each is that of its period alone, also where periods add up."""

    name: str = UNKNOWN
    before: Decimal | None = None
    last: Decimal | None = None
    adds_up: bool = False

    @property
    def words(self) -> str:
        """It in a few words; where periods add up, of what was added, since the figure shown is that of all."""
        if not self.adds_up or self.before is None or self.last is None:
            return str(TRENDS[self.name])
        if self.last == self.before:
            return _("As much was added as in the period before")
        if self.last > self.before:
            return _("More was added than in the period before")
        return _("Less was added than in the period before")


def trend_of(measure: Measure, series: Series) -> Trend:
    """The trend of a series: the last two periods that have a number, whatever gaps lie between them."""
    values = [value for point in series.points if (value := value_of(measure, point)) is not None]
    if len(values) < 2:
        return Trend(last=values[-1] if values else None)
    before, last = values[-2:]
    nearer = minus(_distance(measure, before), _distance(measure, last))
    return Trend(SAME if not nearer else BETTER if nearer > 0 else WORSE, before, last, adds_up(measure))


def _distance(measure: Measure, value: Decimal) -> Decimal:
    """How far a value is from what is wanted; where it should rise or fall only the difference of two means much."""
    target = last_target(measure)
    if measure.direction == "maintain" or (measure.kind == "yes_no" and target is not None):
        return abs(minus(value, target or Decimal(0)))
    return value if measure.direction == "decrease" else minus(Decimal(0), value)
