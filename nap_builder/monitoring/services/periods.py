"""Reporting periods: laid out from the plan's rhythm, changed, opened, closed, and their progress made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _, day
from nap_builder.monitoring import events
from nap_builder.monitoring.models import CLOSED, OPEN, PLANNED, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.progress.rhythm import Span, first_overlap, spans
from nap_builder.monitoring.queries.periods import period_at, periods, span_of, why_not_opened
from nap_builder.plans.models.plan import Plan

LATEST_AFTER = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """The first and last day of a period, and the day by which reports are handed in."""

    starts: date
    ends: date
    due: date

    @property
    def span(self) -> Span:
        """First and last day alone."""
        return Span(self.starts, self.ends)


@dataclass(frozen=True)
class LaidOut:
    """What follows from the plan's rhythm: the periods to come, those that stay, and those that go."""

    new: Sequence[Days]
    stay: Sequence[ReportingPeriod]
    go: Sequence[ReportingPeriod]


def changeable_at(slug: str, ends: str) -> ReportingPeriod:
    """A period of a plan whose days may still be changed. Raises Missing, and WrongState for one that is closed."""
    period = period_at(slug, ends)
    _refuse_closed(period)
    return period


def laid_out(plan: Plan, days_to_hand_in: int) -> LaidOut:
    """The periods that follow from the rhythm and the fiscal year of a plan, within its days.

    Those that were opened stay, and the new ones begin after the last of them; those that are only planned give way.
    """
    there = periods(plan)
    stay = [period for period in there if period.state != PLANNED]
    after = max((period.ends for period in stay), default=None)
    cut = spans(span_of(plan), plan.reporting_months, plan.fiscal_year_starts)
    left = [_after(one, after) for one in cut if after is None or one.ends > after]
    allowed = timedelta(days=days_to_hand_in)
    new = [Days(one.starts, one.ends, one.ends + allowed) for one in left]
    return LaidOut(new, stay, [period for period in there if period.state == PLANNED])


def make(by: Actor, plan: Plan, days_to_hand_in: int) -> int:
    """Saves what `laid_out` shows; gives the number of periods. Raises BadInput where no day is left for one."""
    found = laid_out(plan, days_to_hand_in)
    if not found.new:
        raise BadInput("days", _("Every day of the plan has its period already."))
    planned = {period.ends: period for period in found.go}
    for period in found.go:
        if period.ends not in {one.ends for one in found.new}:
            _refuse_reported(period)
            db.session.delete(period)
    db.session.flush()
    for one in found.new:
        period = planned.get(one.ends) or ReportingPeriod(plan=plan)
        period.starts, period.ends, period.due = one.starts, one.ends, one.due
        db.session.add(period)
    record(events.PERIODS_MADE, by, plan, plan=plan.slug, count=len(found.new))
    return len(found.new)


def add(by: Actor, plan: Plan, days: Days) -> ReportingPeriod:
    """Adds a period. Raises BadInput for days that cannot be, lie outside the plan, or belong to another one."""
    _refuse_odd(plan, days)
    _refuse_overlap(plan, days)
    period = ReportingPeriod(plan=plan, starts=days.starts, ends=days.ends, due=days.due)
    db.session.add(period)
    db.session.flush()
    _record(events.PERIOD_ADDED, by, period, changes=_changes(None, days))
    return period


def change(by: Actor, period: ReportingPeriod, days: Days, *, seen: int | None) -> None:
    """Writes the days of a period: of one that is open only the day by which reports are due.

    Raises StaleEdit, BadInput as `add`, and WrongState for one that is closed.
    """
    unchanged_since(period, seen)
    _refuse_closed(period)
    if period.state == OPEN:
        days = Days(period.starts, period.ends, days.due)
    _refuse_odd(period.plan, days)
    _refuse_overlap(period.plan, days, but=period)
    before = Days(period.starts, period.ends, period.due)
    period.starts, period.ends, period.due = days.starts, days.ends, days.due
    _record(events.PERIOD_CHANGED, by, period, changes=_changes(before, days))


def remove(by: Actor, period: ReportingPeriod, *, seen: int | None) -> None:
    """Takes a period away that was never opened. Raises StaleEdit, and WrongState for another one."""
    unchanged_since(period, seen)
    if period.state != PLANNED:
        raise WrongState(_("This period was opened. It can no longer be removed."))
    _refuse_reported(period)
    _record(events.PERIOD_REMOVED, by, period)
    db.session.delete(period)


def open_period(by: Actor, period: ReportingPeriod, *, seen: int | None) -> None:
    """Lets institutions report on a period.

    Raises StaleEdit, and WrongState where it is no longer planned, has not begun, or the plan is not carried out.
    """
    unchanged_since(period, seen)
    if why := why_not_opened(period, today(period.plan.timezone)):
        raise WrongState(why)
    period.state, period.opened_at = OPEN, now()
    _record(events.PERIOD_OPENED, by, period)


def close(by: Actor, period: ReportingPeriod, *, seen: int | None) -> None:
    """Locks a period for good. Raises StaleEdit, and WrongState where it is not open."""
    unchanged_since(period, seen)
    if period.state != OPEN:
        raise WrongState(_("Only a period that is open can be closed."))
    period.state, period.closed_at = CLOSED, now()
    _record(events.PERIOD_CLOSED, by, period)


def publish(by: Actor, period: ReportingPeriod, *, seen: int | None) -> None:
    """Lets everybody see what is verified in a period. Raises StaleEdit, and WrongState where that cannot be."""
    unchanged_since(period, seen)
    if period.state == PLANNED or period.published_at is not None:
        raise WrongState(_("The progress of this period cannot be published: it was not opened, or is public already."))
    period.published_at = now()
    _record(events.PERIOD_PUBLISHED, by, period)


def withdraw(by: Actor, period: ReportingPeriod, reason: str, *, seen: int | None) -> None:
    """Takes the progress of a period from the public. Raises StaleEdit, and WrongState where it is not public."""
    unchanged_since(period, seen)
    if period.published_at is None:
        raise WrongState(_("The progress of this period is not public."))
    period.published_at = None
    _record(events.PERIOD_WITHDRAWN, by, period, reason=reason)


def _refuse_closed(period: ReportingPeriod) -> None:
    if period.state == CLOSED:
        raise WrongState(_("This period is closed. Its days stay as they are."))


def _after(one: Span, day_before: date | None) -> Span:
    return one if day_before is None else Span(max(one.starts, day_before + timedelta(days=1)), one.ends)


def _refuse_odd(plan: Plan, days: Days) -> None:
    if days.ends < days.starts:
        raise BadInput("ends", _("The period ends before it starts. Choose a later day."))
    if days.starts < plan.starts:
        raise BadInput("starts", _("The plan begins on %(day)s. Choose that day or a later one.", day=day(plan.starts)))
    if days.ends > plan.ends:
        raise BadInput("ends", _("The plan ends on %(day)s. Choose that day or an earlier one.", day=day(plan.ends)))
    if not days.ends <= days.due <= days.ends + LATEST_AFTER:
        raise BadInput("due", _("Choose a day after the period ends, within a year of it."))


def _refuse_overlap(plan: Plan, days: Days, but: ReportingPeriod | None = None) -> None:
    others = [Span(one.starts, one.ends) for one in periods(plan) if but is None or one.id != but.id]
    if other := first_overlap(days.span, others):
        name = "starts" if other.starts <= days.starts else "ends"
        message = _(
            "Another period has some of these days: %(starts)s to %(ends)s.",
            starts=day(other.starts),
            ends=day(other.ends),
        )
        raise BadInput(name, message)


def _refuse_reported(period: ReportingPeriod) -> None:
    if db.session.scalar(select(ProgressUpdate.id).where(ProgressUpdate.period_id == period.id).limit(1)) is not None:
        raise WrongState(_("Something is reported in this period. It can no longer be removed."))


def _changes(before: Days | None, after: Days) -> dict[str, tuple[date | None, date]]:
    pairs = {name: (getattr(before, name, None), getattr(after, name)) for name in ("starts", "ends", "due")}
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _record(done: Act, by: Actor, period: ReportingPeriod, **said: Any) -> None:
    record(done, by, period, plan=period.plan.slug, ends=period.ends.isoformat(), **said)
