"""The reports on a period of the first plan, published; their PDFs are made by the worker."""

from collections.abc import Mapping
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.jobs import enqueue
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.reports import services
from nap_builder.reports.jobs import print_report
from nap_builder.reports.models import PILLARS
from nap_builder.reports.names import KINDS


def publish_reports(period: ReportingPeriod, people: Mapping[str, Actor]) -> None:
    """The secretariat makes the report of each kind, with the texts that are proposed; the chair publishes it.

    Called inside a transaction.
    """
    plan, ends = period.plan, period.ends.isoformat()
    for kind in KINDS:
        report = services.make(people["secretariat"], period, kind, PILLARS)
        services.publish(people["chair"], report, seen=report.row_version)
        given: dict[str, Any] = {"slug": plan.slug, "ends": ends, "kind": kind, "languages": list(plan.languages)}
        enqueue(print_report, plan_slug=plan.slug, href=f"/en/w/{plan.slug}/reports/{ends}/{kind}", **given)
