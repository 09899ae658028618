"""What comes of it at this pace: the change so far, drawn on in a straight line."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from nap_builder.kernel.decimals import EXACTLY
from nap_builder.kernel.languages import _, _l, _n, day
from nap_builder.monitoring.progress.exact import minus, plus, rounded, scaled
from nap_builder.monitoring.progress.path import dated_targets, last_target
from nap_builder.monitoring.progress.shapes import STEPPED, Measure
from nap_builder.monitoring.progress.status import as_good
from nap_builder.monitoring.progress.totals import Turn, course_of
from nap_builder.monitoring.progress.values import Series

DAYS_OF_A_YEAR = Decimal("365.2425")
NO_TARGET, TOO_FEW, AWAY, MET, NOT_DRAWN, TOO_FAR = "no_target", "too_few", "away", "met", "not_drawn", "too_far"
WHY_NOT = {
    NO_TARGET: _l("There is no pace: no target has a number."),
    TOO_FEW: _l("There is no pace yet: it needs two values."),
    AWAY: _l("The values do not move towards the target."),
    MET: _l("The target is met."),
    NOT_DRAWN: _l("This kind of indicator has no pace."),
    TOO_FAR: _l("At this pace the target is not met in any foreseeable time."),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """From the first value to the last, and on. None of it is there where `reason` says why.

    `meets_on` is the first day on which the target would be met, `then` what the value would be on the target's day
    (`due`), `per_year` the change in a year, `years` those from the last value until `meets_on`.
    """

    reason: str = ""
    first: Turn | None = None
    last: Turn | None = None
    target: Decimal | None = None
    per_year: Decimal | None = None
    years: Decimal | None = None
    meets_on: date | None = None
    due: date | None = None
    then: Decimal | None = None

    @property
    def sentence(self) -> str:
        """When the target would be met, in a sentence; else why that cannot be said."""
        if self.reason or self.meets_on is None or self.years is None:
            return str(WHY_NOT[self.reason])
        years = int(rounded(self.years, 0))
        if not years:
            return _("At this pace the target is met in %(year)s.", year=self.meets_on.year)
        return _n(
            "At this pace the target is met in %(year)s: about %(num)s more year.",
            "At this pace the target is met in %(year)s: about %(num)s more years.",
            years,
            year=self.meets_on.year,
        )

    @property
    def assumption(self) -> str:
        """What it rests on, in a sentence; empty where nothing was drawn on."""
        if self.first is None or self.last is None:
            return ""
        return _(
            "This draws the change from %(first)s to %(last)s on in a straight line. It is no forecast.",
            first=day(self.first.day),
            last=day(self.last.day),
        )


def pace_of(measure: Measure, series: Series, on: date | None = None) -> Pace:
    """The pace of one series: from its first value on or after the baseline's day to its last by a day."""
    target = last_target(measure)
    if measure.kind in STEPPED or measure.kind == "qualitative" or measure.direction == "maintain":
        return Pace(NOT_DRAWN)
    if target is None:
        return Pace(NO_TARGET)
    begins = (measure.baseline.day if measure.baseline else None) or date.min
    course = [turn for turn in course_of(measure, series.until(on) if on else series) if turn.day >= begins]
    if course and as_good(measure.direction, course[-1].value, target):
        return Pace(MET, target=target)
    if not course or course[0].day == course[-1].day:
        return Pace(TOO_FEW, target=target)
    return _drawn_on(measure, course[0], course[-1], target)


def _drawn_on(measure: Measure, first: Turn, last: Turn, target: Decimal) -> Pace:
    change, days = minus(last.value, first.value), (last.day - first.day).days
    left = minus(target, last.value)
    if not change or (change > 0) != (left > 0):
        return Pace(AWAY, first, last, target)
    wait = scaled(left, days, change)
    dated = dated_targets(measure)
    due = dated[-1].day if dated else None
    then = plus(last.value, scaled(change, (due - last.day).days, days)) if due and due > last.day else None
    per_year = scaled(EXACTLY.multiply(change, DAYS_OF_A_YEAR), 1, days)
    drawn = Pace(TOO_FAR, first, last, target, per_year, due=due, then=then)
    whole = int(wait.to_integral_value(ROUND_CEILING))
    if whole > (date.max - last.day).days:
        return drawn
    return replace(drawn, reason="", years=scaled(wait, 1, DAYS_OF_A_YEAR), meets_on=last.day + timedelta(days=whole))
