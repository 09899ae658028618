"""The way from the baseline to the targets, and the value that it expects on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nap_builder.kernel.languages import _l
from nap_builder.monitoring.progress.exact import minus, plus, scaled, settled
from nap_builder.monitoring.progress.shapes import STEPPED, Measure
from nap_builder.monitoring.progress.totals import Turn
from nap_builder.monitoring.progress.values import value_of

NO_BASELINE, NO_BASELINE_DAY, NO_TARGET, NO_TARGET_DAY = "no_baseline", "no_baseline_day", "no_target", "no_target_day"
AGAINST, NO_ARITHMETIC = "against_direction", "no_arithmetic"
WHY_NOT = {
    NO_BASELINE: _l("There is no expected value: the baseline has no number."),
    NO_BASELINE_DAY: _l("There is no expected value: the baseline has no year."),
    NO_TARGET: _l("There is no expected value: no target has a number."),
    NO_TARGET_DAY: _l("There is no expected value: no target has a date after the baseline."),
    AGAINST: _l("There is no expected value: the last target lies the other way than the indicator should move."),
    NO_ARITHMETIC: _l("There is no expected value: the indicator is told in words."),
}


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from the baseline through the targets, level before and after; none where `reason` says why.

    A path of steps stays level until the day of each target.
    """

    turns: tuple[Turn, ...] = ()
    reason: str = ""
    steps: bool = False

    @property
    def sentence(self) -> str:
        """Why there is no path; empty where there is one."""
        return str(WHY_NOT[self.reason]) if self.reason else ""

    def at(self, day: date) -> Decimal | None:
        """The expected value on a day; None where there is no path."""
        if not self.turns:
            return None
        before = [turn for turn in self.turns if turn.day <= day]
        if self.steps or len(before) in (0, len(self.turns)):
            return before[-1].value if before else self.turns[0].value
        start, end = before[-1], self.turns[len(before)]
        way = scaled(minus(end.value, start.value), (day - start.day).days, (end.day - start.day).days)
        return settled(plus(start.value, way))


NO_WAY = Path()


def path_of(measure: Measure) -> Path:
    """The path of an indicator: through its baseline and each target that has a number and a date after it.

    What is to stay as it is has a level path at the target that comes next, else at the baseline.
    """
    start, baseline = value_of(measure, measure.baseline), measure.baseline
    if measure.direction == "maintain" and measure.kind not in (*STEPPED, "qualitative"):
        return _kept(measure)
    if measure.kind == "qualitative" or baseline is None or start is None:
        return Path(reason=NO_ARITHMETIC if measure.kind == "qualitative" else NO_BASELINE)
    if baseline.day is None:
        return Path(reason=NO_BASELINE_DAY)
    turns = [turn for turn in dated_targets(measure) if turn.day > baseline.day]
    if not turns:
        return Path(reason=NO_TARGET if last_target(measure) is None else NO_TARGET_DAY)
    if measure.kind != "yes_no" and _against(measure.direction, start, turns[-1].value):
        return Path(reason=AGAINST)
    return Path((Turn(baseline.day, start), *turns), steps=measure.kind in STEPPED)


def dated_targets(measure: Measure) -> list[Turn]:
    """The targets that have a number and a day, in the order of their days; of two for one day, the later said."""
    found = {}
    for target in measure.targets:
        value = value_of(measure, target)
        if value is not None and target.day is not None:
            found[target.day] = value
    return [Turn(day, found[day]) for day in sorted(found)]


def last_target(measure: Measure) -> Decimal | None:
    """The number of the last target: the latest by its day, else the last that is said."""
    dated = dated_targets(measure)
    if dated:
        return dated[-1].value
    values = [value for target in measure.targets if (value := value_of(measure, target)) is not None]
    return values[-1] if values else None


def _kept(measure: Measure) -> Path:
    start, targets = value_of(measure, measure.baseline), dated_targets(measure)
    day = measure.baseline.day if measure.baseline else None
    if not targets:
        value = last_target(measure)
        value = start if value is None else value
        return Path(reason=NO_TARGET) if value is None else Path((Turn(day or date.min, value),), steps=True)
    begins = [day or date.min, *(turn.day + timedelta(days=1) for turn in targets)]
    return Path(tuple(Turn(first, turn.value) for first, turn in zip(begins, targets, strict=False)), steps=True)


def _against(direction: str, start: Decimal, target: Decimal) -> bool:
    return target < start if direction == "increase" else direction == "decrease" and target > start
