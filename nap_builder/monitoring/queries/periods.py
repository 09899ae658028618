"""The reporting periods of a plan."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, day
from nap_builder.monitoring.models import OPEN, PLANNED, ReportingPeriod, ReportReminder, StatusRule
from nap_builder.monitoring.progress.rhythm import Span, gaps
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.plans.lifecycle import STATES
from nap_builder.plans.models.plan import ADOPTED, IN_EXECUTION, UNDER_REVIEW, Plan

CARRIED_OUT = (ADOPTED, IN_EXECUTION, UNDER_REVIEW)

DEFAULTS = {"on_track": 90, "at_risk": 60, "late_days": 90, "jump": 25, "stale_years": 3}


def periods(plan: Plan) -> Sequence[ReportingPeriod]:
    """All reporting periods of a plan, the first one first."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == plan.id).order_by(ReportingPeriod.ends)
    return db.session.scalars(query.options(joinedload(ReportingPeriod.plan))).all()


def open_periods(plan: Plan) -> list[ReportingPeriod]:
    """The periods on which institutions may report now, the one due first first."""
    return sorted((period for period in periods(plan) if period.state == OPEN), key=lambda period: period.due)


def period_at(slug: str, ends: str) -> ReportingPeriod:
    """The period of a plan that ends on a day (YYYY-MM-DD). Raises Missing."""
    try:
        last = date.fromisoformat(ends)
    except ValueError:
        raise Missing from None
    if last.isoformat() != ends:  # other ways to write the same day are no address of ours
        raise Missing
    query = select(ReportingPeriod).join(Plan).where(Plan.slug == slug, ReportingPeriod.ends == last)
    return one(query.options(joinedload(ReportingPeriod.plan)))


def period_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The period that ended last before another one."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == period.plan_id, ReportingPeriod.ends < period.ends)
    return db.session.scalar(query.order_by(ReportingPeriod.ends.desc()).limit(1))


def period_after(period: ReportingPeriod) -> ReportingPeriod | None:
    """The period that ends first after another one."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == period.plan_id, ReportingPeriod.ends > period.ends)
    return db.session.scalar(query.order_by(ReportingPeriod.ends).limit(1))


def span_of(plan: Plan) -> Span:
    """The first and last day of a plan."""
    return Span(plan.starts, plan.ends)


def uncovered(plan: Plan, some: Sequence[ReportingPeriod]) -> list[Span]:
    """The days of a plan that none of these periods covers."""
    return gaps(span_of(plan), [Span(period.starts, period.ends) for period in some])


def is_carried_out(plan: Plan) -> bool:
    """Whether institutions report on a plan: it is adopted, and goes on while an amendment of it is written."""
    return plan.state in CARRIED_OUT or plan.being_amended


def why_not_opened(period: ReportingPeriod, today: date) -> str:
    """Why a period cannot be opened on a day, in the reader's language; empty where it can."""
    if period.state != PLANNED:
        return _("This period was opened before.")
    if not is_carried_out(period.plan):
        state = STATES[period.plan.state]
        return _("A period is opened once the plan is adopted. The plan is now: %(state)s.", state=state)
    if today < period.starts:
        return _("The period begins on %(day)s. It can be opened from that day on.", day=day(period.starts))
    return ""


def last_reminded(period: ReportingPeriod) -> dict[int, datetime]:
    """When institutions were last reminded of a period, by the institution's row id."""
    query = select(ReportReminder.institution_id, func.max(ReportReminder.at))
    query = query.where(ReportReminder.period_id == period.id).group_by(ReportReminder.institution_id)
    return dict(db.session.execute(query).all())


def last_published(plan: Plan) -> ReportingPeriod | None:
    """The newest period whose progress is published."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == plan.id, ReportingPeriod.published_at.is_not(None))
    return db.session.scalar(query.order_by(ReportingPeriod.ends.desc()).limit(1))


def status_rule(plan: Plan) -> StatusRule:
    """By which rule a plan judges its figures; the defaults, not saved, where none is set."""
    found = db.session.scalar(select(StatusRule).where(StatusRule.plan_id == plan.id))
    return found or StatusRule(plan_id=plan.id, row_version=0, **DEFAULTS)


def thresholds_of(rule: StatusRule) -> Thresholds:
    """A plan's rule as the arithmetic of progress takes it; what no plan can set keeps its default."""
    return Thresholds(
        on_track=Decimal(rule.on_track),
        at_risk=Decimal(rule.at_risk),
        very_late_days=rule.late_days,
        jump=Decimal(rule.jump),
        source_years=rule.stale_years,
    )
