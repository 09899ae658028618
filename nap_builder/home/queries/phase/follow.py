"""The tasks of following a plan: who follows it, its reporting periods, and how the one at hand stands."""

from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, WAITING, Task
from nap_builder.kernel.languages import _, _n, day
from nap_builder.monitoring.models import PLANNED, ReportingPeriod
from nap_builder.monitoring.queries.periods import uncovered, why_not_opened
from nap_builder.plans.queries.mechanism import OWNER, mechanism_of


def follow(facts: Facts) -> list[Task]:
    """Who follows the plan, the periods, and of the one at hand: opened, reported, verified, published.

    That is the one that is open and due first, else the newest that has begun.
    """
    begun = [one for one in reversed(facts.periods) if one.starts <= facts.today]
    period = next(iter([*facts.open_periods, *begun]), None)
    return [
        _mechanism(facts),
        _periods(facts),
        _opening(facts, period),
        _reporting(facts, period),
        _verifying(facts, period),
        _publishing(facts, period),
    ]


def _mechanism(facts: Facts) -> Task:
    """Done once the plan says all of it."""
    parts = {"slug": facts.plan.slug, "_anchor": "mechanism"}
    task = Task("mechanism", _("Say who follows the plan"), "monitoring.periods", parts, closes=False)
    missing = mechanism_of(facts.plan).missing
    if not missing:
        return replace(task, state=DONE)
    hint = _n("%(num)s thing is not said.", "%(num)s things are not said.", len(missing))
    return replace(task, state=NOT_STARTED if OWNER in missing else RUNNING, hint=hint)


def _periods(facts: Facts) -> Task:
    """Done once every day of the plan has its period."""
    label, parts = _("Lay out the reporting periods"), {"slug": facts.plan.slug}
    task = Task("periods", label, "monitoring.periods", parts, closes=False)
    if not facts.periods:
        return task
    hint = _n("%(num)s period", "%(num)s periods", len(facts.periods))
    return replace(task, state=RUNNING if uncovered(facts.plan, facts.periods) else DONE, hint=hint)


def _opening(facts: Facts, period: ReportingPeriod | None) -> Task:
    task = _of("opening", _("Open the reporting period"), facts, period)
    if period is None:
        return task
    if period.state != PLANNED:
        return replace(task, state=DONE)
    why_not = why_not_opened(period, facts.today)
    return replace(task, state=NOT_STARTED if why_not else ATTENTION, hint=why_not or task.hint)


def _reporting(facts: Facts, period: ReportingPeriod | None) -> Task:
    task = _of("reporting", _("Have every institution report"), facts, period)
    if period is None or period.state == PLANNED:
        return task
    found = facts.cycle(period)
    if not found.missing_from:
        return replace(task, state=DONE)
    given = {"reported": found.came.sent, "all": len(found.dues)}
    hint = _("%(reported)s of %(all)s reports are here.", **given)
    late = len(found.late)
    said = _n("%(num)s institution is late", "%(num)s institutions are late", late) if late else ""
    return replace(task, state=WAITING if late else RUNNING, status=said, hint=hint)


def _verifying(facts: Facts, period: ReportingPeriod | None) -> Task:
    task = _of("verifying", _("Verify what was reported"), facts, period, anchor="to-verify")
    if period is None or period.state == PLANNED:
        return task
    found = facts.cycle(period)
    if found.dues and found.came.verified == len(found.dues):
        return replace(task, state=DONE)
    hint = _("%(verified)s of %(all)s are verified.", verified=found.came.verified, all=len(found.dues))
    return replace(task, state=RUNNING if found.to_verify or found.came.verified else NOT_STARTED, hint=hint)


def _publishing(facts: Facts, period: ReportingPeriod | None) -> Task:
    task = _of("progress-public", _("Publish the progress"), facts, period)
    return replace(task, state=DONE) if period is not None and period.published_at else task


def _of(key: str, label: str, facts: Facts, period: ReportingPeriod | None, anchor: str | None = None) -> Task:
    """A task about the period at hand; it leads to the page of all periods while there is none."""
    parts = {"slug": facts.plan.slug}
    if period is None:
        return Task(key, label, "monitoring.periods", parts, closes=False)
    place = {**parts, "ends": period.ends.isoformat(), **({"_anchor": anchor} if anchor else {})}
    hint = _("Period to %(day)s", day=day(period.ends))
    return Task(key, label, "monitoring.cycle", place, hint=hint, closes=False)
