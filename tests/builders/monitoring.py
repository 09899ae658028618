"""Reporting periods and updates for tests, within the open transaction."""

from datetime import date, timedelta
from typing import Any

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.monitoring.models import CLOSED, DRAFT, OPEN, SUBMITTED, VERIFIED, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.queries.due import effective_lead
from nap_builder.monitoring.services.settling import settle
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import Indicator, Milestone
from nap_builder.plans.models.plan import IN_EXECUTION, Plan


def a_period(plan: Plan, ends: str = "2027-12-31", *, state: str = OPEN, **given: Any) -> ReportingPeriod:
    """A period of a year that ends on a day, due a month later; open unless said otherwise."""
    last = date.fromisoformat(ends)
    days = {"starts": last.replace(year=last.year - 1) + timedelta(days=1), "ends": last, "due": last + timedelta(31)}
    moments = {"opened_at": now() if state in (OPEN, CLOSED) else None, "closed_at": now() if state == CLOSED else None}
    period = ReportingPeriod(plan_id=plan.id, **{**days, **moments, "state": state, **given})
    db.session.add(period)
    db.session.flush()
    return period


def in_execution(plan: Plan) -> Plan:
    """The plan, carried out since it was adopted."""
    plan.state = IN_EXECUTION
    db.session.flush()
    return plan


def an_update(period: ReportingPeriod, row: Any, *, state: str = SUBMITTED, **given: Any) -> ProgressUpdate:
    """What the institution that leads a row reported on it, settled."""
    kinds = {Activity: "activity", Indicator: "indicator", Milestone: "milestone"}
    lead = effective_lead(row)
    given.setdefault("institution_id", lead.id if lead else None)
    begun = DRAFT if state == DRAFT else SUBMITTED
    sent = None if state == DRAFT else now()
    moments = {
        "first_sent_at": sent,
        "submitted_at": sent,
        "verified_at": now() if state == VERIFIED else None,
    }
    place = {"plan_id": period.plan_id, "period_id": period.id, f"{kinds[type(row)]}_id": row.id}
    update = ProgressUpdate(**{**place, **moments, "author": "Petra Lind", "state": begun, **given})
    db.session.add(update)
    settle(update)
    if state != begun:
        update.state = state
        settle(update)
    return update
