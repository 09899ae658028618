"""What is remembered of reporting. Acts on an update are about its activity, indicator or milestone, and hidden so."""

from datetime import date

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l, day
from nap_builder.monitoring.names import SOURCES

PERIODS_MADE = act("monitoring.period.made", _l("%(actor)s made %(count)s reporting periods."))
PERIOD_ADDED = act("monitoring.period.added", _l("%(actor)s added the reporting period to %(ends)s."))
PERIOD_REMOVED = act("monitoring.period.removed", _l("%(actor)s removed the planned reporting period to %(ends)s."))
PERIOD_CHANGED = act("monitoring.period.changed", _l("%(actor)s changed the days of the reporting period to %(ends)s."))
PERIOD_OPENED = act("monitoring.period.opened", _l("%(actor)s opened the reporting period to %(ends)s."))
PERIOD_CLOSED = act("monitoring.period.closed", _l("%(actor)s closed the reporting period to %(ends)s."))
PERIOD_PUBLISHED = act("monitoring.period.published", _l("%(actor)s published the progress to %(ends)s."))
PERIOD_WITHDRAWN = act("monitoring.period.withdrawn", _l("%(actor)s withdrew the progress to %(ends)s: %(reason)s"))
INSTITUTION_REMINDED = act(
    "monitoring.institution.reminded", _l("%(actor)s reminded %(institution)s to report for the period to %(ends)s.")
)
RULE_SET = act("monitoring.rule.set", _l("%(actor)s set by which rule progress is judged."))

SAVED = act("monitoring.update.saved", _l("%(actor)s saved a draft of the update of %(code)s for %(institution)s."))
SUBMITTED = act("monitoring.update.submitted", _l("%(actor)s reported on %(code)s for %(institution)s."))
UNCHANGED = act(
    "monitoring.update.unchanged", _l("%(actor)s confirmed for %(institution)s that nothing changed in %(code)s.")
)
ENTERED = act(
    "monitoring.update.entered",
    _l("%(actor)s entered what %(institution)s reported on %(code)s. Source: %(source)s."),
)
CONFIRMED = act(
    "monitoring.update.confirmed",
    _l("%(actor)s confirmed the report on %(code)s that was entered for %(institution)s."),
)
APPROVED = act("monitoring.update.approved", _l("%(actor)s approved the report of %(institution)s on %(code)s."))
VERIFIED = act("monitoring.update.verified", _l("%(actor)s verified the report of %(institution)s on %(code)s."))
RETURNED = act(
    "monitoring.update.returned", _l("%(actor)s returned the report of %(institution)s on %(code)s: %(reason)s")
)
CORRECTED = act(
    "monitoring.update.corrected",
    _l("%(actor)s opened a correction of the report of %(institution)s on %(code)s: %(reason)s"),
)
EVIDENCE_ADDED = act("monitoring.evidence.added", _l("%(actor)s added evidence to the report on %(code)s."))
EVIDENCE_REMOVED = act("monitoring.evidence.removed", _l("%(actor)s took evidence from the report on %(code)s."))

ASSESSED = act("monitoring.assessment.written", _l("%(actor)s assessed objective %(code)s in the period to %(ends)s."))
ASSESSMENT_WITHDRAWN = act(
    "monitoring.assessment.withdrawn",
    _l("%(actor)s withdrew the assessment of objective %(code)s in the period to %(ends)s."),
)

reads("source", lambda source: str(SOURCES.get(source, source)))
reads("ends", lambda ends: day(date.fromisoformat(ends)))
