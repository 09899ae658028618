"""The reporting periods of a plan."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import OPEN, ReportingPeriod, StatusRule
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.plans.models.plan import Plan


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
        day = date.fromisoformat(ends)
    except ValueError:
        raise Missing from None
    query = select(ReportingPeriod).join(Plan).where(Plan.slug == slug, ReportingPeriod.ends == day)
    return one(query.options(joinedload(ReportingPeriod.plan)))


def period_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The period that ended last before another one."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == period.plan_id, ReportingPeriod.ends < period.ends)
    return db.session.scalar(query.order_by(ReportingPeriod.ends.desc()).limit(1))


def last_published(plan: Plan) -> ReportingPeriod | None:
    """The newest period whose progress is published."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == plan.id, ReportingPeriod.published_at.is_not(None))
    return db.session.scalar(query.order_by(ReportingPeriod.ends.desc()).limit(1))


def status_rule(plan: Plan) -> StatusRule:
    """By which rule a plan judges its figures; the defaults, not saved, where none is set."""
    found = db.session.scalar(select(StatusRule).where(StatusRule.plan_id == plan.id))
    return found or StatusRule(
        plan_id=plan.id, on_track=90, at_risk=60, late_days=90, jump=25, stale_years=3, row_version=0
    )


def thresholds_of(rule: StatusRule) -> Thresholds:
    """A plan's rule as the arithmetic of progress takes it; what no plan can set keeps its default."""
    return Thresholds(
        on_track=Decimal(rule.on_track),
        at_risk=Decimal(rule.at_risk),
        very_late_days=rule.late_days,
        jump=Decimal(rule.jump),
        source_years=rule.stale_years,
    )
