"""Reports for tests, within the open transaction."""

from typing import Any

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.reports.models import PILLARS, Report
from nap_builder.reports.services import make, publish


def a_report(period: ReportingPeriod, kind: str = "card", *, published: bool = False, **given: Any) -> Report:
    """A report on a period; published if asked, which its period's progress must be too."""
    report = make(INSTALLATION, period, kind, given.pop("grouped_by", PILLARS))
    if published:
        publish(INSTALLATION, report, seen=report.row_version)
    return report
