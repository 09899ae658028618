"""Noting that an institution was reminded to report."""

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.models import ReportingPeriod, ReportReminder
from nap_builder.monitoring.queries.cycle import Reporter


def remind(by: Actor, period: ReportingPeriod, reporter: Reporter) -> None:
    """Notes that an institution was reminded of what it has not reported. Raises WrongState where that is nothing."""
    if not reporter.waiting:
        raise WrongState(_("This institution has reported everything, or the period is not open."))
    code = reporter.institution.code
    db.session.add(ReportReminder(period_id=period.id, institution_id=reporter.institution.id, by=by.name))
    ends = period.ends.isoformat()
    record(events.INSTITUTION_REMINDED, by, period, plan=period.plan.slug, institution=code, ends=ends)
