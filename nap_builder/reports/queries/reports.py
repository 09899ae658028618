"""Which reports there are, for those who write them and for everybody."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import PLANNED, ReportingPeriod
from nap_builder.monitoring.queries.published import published_period
from nap_builder.plans.models.plan import Plan
from nap_builder.reports.models import PUBLISHED, Report

PUBLIC = (Report.state == PUBLISHED, ReportingPeriod.published_at <= Report.published_at)  # as `Report.public` says


def reports(plan: Plan) -> Sequence[Report]:
    """Every report of a plan, those of the newest period first."""
    return db.session.scalars(_all().where(Report.plan_id == plan.id)).all()


def report_of(period: ReportingPeriod, kind: str) -> Report | None:
    """The report of a kind on a period, if there is one."""
    return db.session.scalar(_all().where(Report.period_id == period.id, Report.kind == kind))


def report_at(slug: str, ends: str, kind: str) -> Report:
    """The report of a kind on the period of a plan that ends on a day (YYYY-MM-DD). Raises Missing."""
    query = _all().join(Plan, Plan.id == Report.plan_id)
    return one(query.where(Plan.slug == slug, ReportingPeriod.ends == _day(ends), Report.kind == kind))


def begun_periods(plan: Plan) -> Sequence[ReportingPeriod]:
    """The periods on which a report can be made: those begun, the newest first."""
    query = select(ReportingPeriod).where(ReportingPeriod.plan_id == plan.id, ReportingPeriod.state != PLANNED)
    return db.session.scalars(query.order_by(ReportingPeriod.ends.desc())).all()


def published_reports() -> list[Report]:
    """What everybody may read: the published reports of the plan whose progress public pages show."""
    period = published_period()
    if period is None:
        return []
    return list(db.session.scalars(_all().where(Report.plan_id == period.plan_id, *PUBLIC)))


def any_published(plan_id: int) -> bool:
    """Whether everybody may read any report of a plan."""
    query = select(Report.id).join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
    return db.session.scalar(query.where(Report.plan_id == plan_id, *PUBLIC).limit(1)) is not None


def published_report(ends: str, kind: str) -> Report:
    """One of them. Raises Missing."""
    day = _day(ends)
    for report in published_reports():
        if report.period.ends == day and report.kind == kind:
            return report
    raise Missing


def _all() -> Select[Report]:
    query = select(Report).join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
    both = (joinedload(Report.period), joinedload(Report.plan))
    return query.options(*both).order_by(ReportingPeriod.ends.desc(), Report.kind.desc())


def _day(ends: str) -> date:
    try:
        return date.fromisoformat(ends)
    except ValueError:
        raise Missing from None
