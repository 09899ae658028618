"""Who reports, approves, verifies and corrects; who opens and closes periods; what the public sees."""

from typing import Any

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.monitoring.models import OPEN, ReportingPeriod
from nap_builder.plans.policy import DRAFTERS, MINISTRIES, speaks_for_an_institution
from nap_builder.taskforce.queries import chairing

EVERYBODY = frozenset(Role)
OUTSIDE = frozenset({Role.AUDITOR, Role.FOCAL_POINT})  # who may judge what the chairing ministry reports


def period_of(subject: Any) -> ReportingPeriod:
    """The period of an update, or of what is due; or the period itself."""
    return subject if isinstance(subject, ReportingPeriod) else subject.period


def is_open(_who: Actor, subject: Any) -> bool:
    """While the reporting period is open."""
    return period_of(subject).state == OPEN


def is_published(_who: Actor, period: ReportingPeriod) -> bool:
    """Once the chair published what was reported in the period."""
    return period.published_at is not None


def reports_for(who: Actor, subject: Any) -> bool:
    """Whether the person speaks for the institution that reports."""
    return subject.institution_id in who.institutions


def waits_for_approval(who: Actor, update: Any) -> bool:
    """Where the institution has its focal point approve what is reported; never what one wrote."""
    return bool(update.institution.approves_reports) and not _wrote(who, update)


def of_another(who: Actor, update: Any) -> bool:
    """Never what one wrote or approved, nor one's institution's; the chairing ministry's by another or the auditor."""
    if has_a_part(who, update):
        return False
    return update.institution_id not in chairing(update.plan_id) or bool(who.roles_for(update.plan_id) & OUTSIDE)


def has_a_part(who: Actor, update: Any) -> bool:
    """Whether the person wrote or approved it, or is of the institution that reports."""
    return _wrote(who, update) or _approved(who, update) or reports_for(who, update)


def of_the_chair(who: Actor, update: Any) -> bool:
    """Whether it is the chairing ministry's own report, and the person speaks for another institution."""
    return bool(who.institutions) and update.institution_id in chairing(update.plan_id)


def _wrote(who: Actor, update: Any) -> bool:
    return who.id is not None and update.author_id == who.id


def _approved(who: Actor, update: Any) -> bool:
    return who.id is not None and update.approver_id == who.id


POLICY.declare(
    Rule(
        "monitoring.progress.read",
        row="A01",
        y=EVERYBODY,
        when=is_published,
        hidden=True,
        says=_l("Read the progress that is published"),
    ),
    Rule(
        "monitoring.update.write",
        row="A22",
        o=MINISTRIES,
        own=reports_for,
        when=is_open,
        says=_l("Report progress for one's institution"),
    ),
    Rule(
        "monitoring.update.enter",
        row="A23",
        y=DRAFTERS,
        says=_l("Enter a report of an institution that came by letter, call or paper"),
    ),
    Rule(
        "monitoring.update.confirm",
        row="A22",
        o=MINISTRIES,
        own=reports_for,
        says=_l("Confirm a report that was entered for one's institution"),
    ),
    Rule(
        "monitoring.update.approve",
        row="A24",
        o={Role.FOCAL_POINT},
        own=reports_for,
        when=waits_for_approval,
        says=_l("Approve what one's institution reports, but for what one wrote"),
    ),
    Rule(
        "monitoring.update.verify",
        row="A25",
        y={Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR},
        o={Role.FOCAL_POINT},
        own=of_the_chair,
        when=of_another,
        says=_l("Verify a report of another institution, or return it with a reason"),
    ),
    Rule(
        "monitoring.update.correct",
        row="A26",
        o=MINISTRIES,
        own=reports_for,
        says=_l("Correct what was verified or whose period is closed, by a new record"),
    ),
    Rule(
        "monitoring.period.prepare",
        row="A27",
        y={Role.SECRETARIAT},
        f={Role.CHAIR},
        says=_l("Prepare reporting periods and their days"),
    ),
    Rule(
        "monitoring.period.remind",
        row="A23",
        y=DRAFTERS,
        says=_l("Remind institutions that have not reported"),
    ),
    Rule("monitoring.period.open", row="A27", f={Role.CHAIR}, says=_l("Open and close a reporting period")),
    Rule("monitoring.period.publish", row="A29", f={Role.CHAIR}, says=_l("Publish the progress of a period")),
    Rule(
        "monitoring.assessment.write",
        row="A37",
        y={Role.AUDITOR},
        o={Role.CONTRIBUTOR},
        own=speaks_for_an_institution,
        says=_l("Say how one’s organisation sees an objective, beside what the government reports"),
    ),
    Rule(
        "monitoring.rule.write",
        row="A44",
        f={Role.CHAIR, Role.ADMINISTRATOR},
        says=_l("Set by which rule progress is judged"),
    ),
)
