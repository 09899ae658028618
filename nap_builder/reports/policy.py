"""Who writes reports, who publishes them, and who reads them."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.policy import DRAFTERS
from nap_builder.reports.models import Report

EVERYBODY = frozenset(Role)


def is_public(_who: Actor, report: Report | None) -> bool:
    """While the report is published, and since then the progress of its period."""
    return report is None or report.public


POLICY.declare(
    Rule(
        "reports.report.read",
        row="A01",
        y=EVERYBODY,
        when=is_public,
        hidden=True,
        says=_l("Read the reports that are published"),
    ),
    Rule(
        "reports.report.write",
        row="A33",
        y=DRAFTERS,
        says=_l("Make, write and refresh the reports of a period"),
    ),
    Rule("reports.report.publish", row="A29", f={Role.CHAIR}, says=_l("Publish or withdraw a report of a period")),
)
