"""What of the progress is published: the period that public pages show."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.plans.queries.plan import plans


def published_period() -> ReportingPeriod | None:
    """The newest published period of the plan that stands: the first in its order with one. A mere draft has none."""
    query = select(ReportingPeriod).where(ReportingPeriod.published_at.is_not(None))
    found = db.session.scalars(query.order_by(ReportingPeriod.ends.desc()).options(joinedload(ReportingPeriod.plan)))
    newest: dict[int, ReportingPeriod] = {}
    for period in found:
        newest.setdefault(period.plan_id, period)
    standing = [plan for plan in plans() if not plan.in_drafting or plan.being_amended] if newest else []
    return next((newest[plan.id] for plan in standing if plan.id in newest), None)
