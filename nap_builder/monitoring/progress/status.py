"""How an indicator stands on a day, with the rule that says so."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nap_builder.kernel.languages import _, _l, day, number
from nap_builder.monitoring.progress import totals
from nap_builder.monitoring.progress.exact import HUNDRED, minus, rounded, scaled, settled
from nap_builder.monitoring.progress.names import AT_RISK, BEHIND, NO_DATA, NONE, ON_TRACK, REACHED
from nap_builder.monitoring.progress.path import NO_WAY, Path, dated_targets, last_target, path_of
from nap_builder.monitoring.progress.shapes import STEPPED, Measure
from nap_builder.monitoring.progress.thresholds import DEFAULT, Thresholds
from nap_builder.monitoring.progress.totals import Total, Turn, adds_up, counted_points, course_of, total_of
from nap_builder.monitoring.progress.values import Series
from nap_builder.plans.calendar import months_later

IN_WORDS, NO_VALUE, NO_TOTAL, STALE, NO_PATH, MET, BY_WAY, BY_DISTANCE, BY_STEP = (
    "in_words no_value no_total stale no_path met by_way by_distance by_step".split()
)

WHOLE = Total()


@dataclass(frozen=True, slots=True)
class Status:
    """How an indicator stands: `name` is one of `names.STATUSES`, `because` says by which rule.

    `value` is the figure that is judged, of the period that ended on `ends`; `expected` is what its path expects on
    that day. `share` is how much of the expected way is done, in per cent, below 0 and above 100 as it comes; for what
    is to stay as it is, 100 less its distance from the target in per cent of it. None where there is no way to go.
    """

    name: str
    because: str
    value: Decimal | None = None
    ends: date | None = None
    expected: Decimal | None = None
    share: Decimal | None = None
    path: Path = NO_WAY
    thresholds: Thresholds = DEFAULT
    total: Total = WHOLE

    @property
    def sentence(self) -> str:
        """The rule in a sentence, with the figures that it was applied to."""
        if self.because == NO_PATH:
            return self.path.sentence
        if self.because == NO_TOTAL:
            return self.total.sentence
        if self.because == STALE:
            return _("The last value is for %(day)s: it is older than one reporting cycle.", day=day(self.ends))
        if self.because == BY_WAY and self.share is not None:
            return self._way(self.share)
        if self.because == BY_DISTANCE and self.share is not None:
            return self._distance(self.share)
        return str(_RULES[self.because])

    def _way(self, share: Decimal) -> str:
        return _(
            "%(share)s%% of the way expected by %(day)s is done."
            " On track from %(on_track)s%%, at risk from %(at_risk)s%%.",
            share=number(rounded(share)),
            day=day(self.ends),
            on_track=number(self.thresholds.on_track),
            at_risk=number(self.thresholds.at_risk),
        )

    def _distance(self, share: Decimal) -> str:
        return _(
            "The value is %(away)s%% away from the target. On track up to %(near)s%%, at risk up to %(far)s%%.",
            away=number(rounded(minus(HUNDRED, share))),
            near=number(self.thresholds.tolerance),
            far=number(self.thresholds.tolerance_at_risk),
        )


_RULES = {
    IN_WORDS: _l("This indicator is told in words: no arithmetic judges it."),
    NO_VALUE: _l("No value has been reported yet."),
    MET: _l("The last target is met."),
    BY_WAY: _l("No change is expected yet: on track is a value at least as good as the baseline."),
    BY_DISTANCE: _l("The target is 0: on track is 0, anything else is behind."),
    BY_STEP: _l("It goes by steps: on track is what the last target that is due asks for, anything less is behind."),
}


def status_of(measure: Measure, series: Series, on: date, thresholds: Thresholds = DEFAULT) -> Status:
    """How one series of an indicator stands on a day, by what was reported for periods that ended by then."""
    if measure.kind == "qualitative":
        return Status(NONE, IN_WORDS, thresholds=thresholds)
    known = series.until(on)
    path, course, total = path_of(measure), course_of(measure, known), total_of(measure, counted_points(measure, known))
    if total.reason not in ("", totals.NO_VALUE):
        return Status(NONE, NO_TOTAL, path=path, thresholds=thresholds, total=total)
    if not course:
        return Status(NO_DATA, NO_VALUE, path=path, thresholds=thresholds)
    last = course[-1]
    reached = is_reached(measure, last, thresholds)
    stays = measure.kind == "yes_no" or adds_up(measure)
    if is_stale(measure, last.day, on, thresholds) and not (reached and stays):
        return Status(NO_DATA, STALE, last.value, last.day, path.at(last.day), path=path, thresholds=thresholds)
    if reached:
        name, because, share = REACHED, MET, share_of_way(measure, path, last)
    else:
        name, because, share = _judged(measure, path, last, thresholds)
    return Status(name, because, last.value, last.day, path.at(last.day), share, path, thresholds)


def is_stale(measure: Measure, ends: date, on: date, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether a value for a period that ended then is older than one reporting cycle of the indicator on a day."""
    cycle = measure.frequency_months or thresholds.cycle_months
    return months_later(ends + timedelta(days=1), cycle) <= on


def is_reached(measure: Measure, last: Turn, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether the last target is met; what is to stay as it is meets it on its day or later, not before."""
    target, dated = last_target(measure), dated_targets(measure)
    if target is None:
        return False
    if measure.kind == "yes_no":
        return last.value == target
    if measure.direction != "maintain":
        return as_good(measure.direction, last.value, target)
    if not dated or last.day < dated[-1].day:
        return False
    return last.value == target or (target != 0 and _distance(last.value, target) <= thresholds.tolerance)


def share_of_way(measure: Measure, path: Path, last: Turn) -> Decimal | None:
    """How much of the way expected by the day of a value is done, in per cent; None where there is no way to go."""
    expected = path.at(last.day)
    if expected is None or measure.kind in STEPPED:
        return None
    if measure.direction == "maintain":
        return minus(HUNDRED, _distance(last.value, expected)) if expected else None
    start = path.turns[0].value
    way = minus(expected, start)
    return settled(scaled(minus(last.value, start), HUNDRED, way)) if way else None


def as_good(direction: str, value: Decimal, target: Decimal) -> bool:
    """Whether a value is at least as good as a target."""
    distance = settled(minus(value, target))
    if direction == "maintain":
        return distance == 0
    return distance >= 0 if direction == "increase" else distance <= 0


def _judged(measure: Measure, path: Path, last: Turn, thresholds: Thresholds) -> tuple[str, str, Decimal | None]:
    expected, share = path.at(last.day), share_of_way(measure, path, last)
    if expected is None:
        return NONE, NO_PATH, None
    if measure.kind in STEPPED:
        good = as_good("maintain" if measure.kind == "yes_no" else measure.direction, last.value, expected)
        return (ON_TRACK if good else BEHIND), BY_STEP, None
    because = BY_DISTANCE if measure.direction == "maintain" else BY_WAY
    if share is None or _turns_back(measure, path, expected):
        good = as_good(measure.direction, last.value, expected)
        return (ON_TRACK if good else BEHIND), because, None
    if measure.direction == "maintain":
        limits = minus(HUNDRED, thresholds.tolerance), minus(HUNDRED, thresholds.tolerance_at_risk)
    else:
        limits = thresholds.on_track, thresholds.at_risk
    return _by_share(share, limits), because, share


def _turns_back(measure: Measure, path: Path, expected: Decimal) -> bool:
    """Whether the path asks, for a while, for less than the baseline: no share of that way means anything."""
    return measure.direction != "maintain" and not as_good(measure.direction, expected, path.turns[0].value)


def _by_share(share: Decimal, limits: tuple[Decimal, Decimal]) -> str:
    if share >= limits[0]:
        return ON_TRACK
    return AT_RISK if share >= limits[1] else BEHIND


def _distance(value: Decimal, target: Decimal) -> Decimal:
    return settled(scaled(abs(minus(value, target)), HUNDRED, abs(target)))
