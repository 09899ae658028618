"""The audited acts of reports."""

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l
from nap_builder.reports.names import KINDS

MADE = act("reports.report.made", _l("%(actor)s made a report on the period to %(ends)s: %(report)s."))
REFRESHED = act(
    "reports.report.refreshed", _l("%(actor)s drew the facts of a report on the period to %(ends)s anew: %(report)s.")
)
WRITTEN = act("reports.report.written", _l("%(actor)s changed a report on the period to %(ends)s: %(report)s."))
PUBLISHED = act("reports.report.published", _l("%(actor)s published a report on the period to %(ends)s: %(report)s."))
WITHDRAWN = act(
    "reports.report.withdrawn",
    _l("%(actor)s withdrew a report on the period to %(ends)s: %(report)s. The reason: %(reason)s"),
)
PDF_ASKED = act(
    "reports.report.asked", _l("%(actor)s asked for the PDF of a report on the period to %(ends)s: %(report)s.")
)

reads("report", lambda kind: str(KINDS.get(kind, kind)))
