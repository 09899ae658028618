"""Making, writing, publishing and withdrawing reports. Called inside a transaction."""

from collections.abc import Mapping

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring.models import PLANNED, ReportingPeriod
from nap_builder.reports import events
from nap_builder.reports.models import DRAFT, PUBLISHED, WITHDRAWN, Report
from nap_builder.reports.places import proposed, proposed_anew
from nap_builder.reports.queries.facts import facts_of
from nap_builder.reports.queries.reports import report_of

Texts = Mapping[str, Mapping[str, str] | None]


def make(by: Actor, period: ReportingPeriod, kind: str, grouped_by: str) -> Report:
    """Makes a report with the facts as they stand, and with the texts that they propose. Raises WrongState."""
    if period.state == PLANNED:
        raise WrongState(_("This reporting period has not begun yet."))
    if report_of(period, kind) is not None:
        raise WrongState(_("There is a report of this kind on the period already. Refresh that one."))
    plan = period.plan
    facts = facts_of(plan, period, grouped_by)
    place = {"plan_id": plan.id, "period_id": period.id, "kind": kind, "grouped_by": grouped_by}
    report = Report(**place, facts=facts, texts=proposed(kind, facts))
    db.session.add(report)
    db.session.flush()
    _record(events.MADE, by, report)
    return report


def refresh(by: Actor, report: Report, *, seen: int | None) -> None:
    """Draws the facts anew and keeps what people wrote. Raises StaleEdit, WrongState.

    Where nobody changed what the facts proposed, in one language or another, the new ones propose it anew.
    """
    _unlocked(report, seen)
    facts = facts_of(report.plan, report.period, report.grouped_by)
    before, after = (proposed(report.kind, drawn) for drawn in (report.facts, facts))
    report.facts, report.texts = facts, proposed_anew(report.texts, before, after)
    report.drawn_at = now()
    _record(events.REFRESHED, by, report)


def write(by: Actor, report: Report, texts: Texts, *, seen: int | None) -> None:
    """Writes the texts of a report; a place without words stays empty. Raises StaleEdit, WrongState."""
    _unlocked(report, seen)
    before = report.texts
    report.texts = {**before, **{name: dict(text or {}) for name, text in texts.items()}}
    pairs = {name: (before.get(name) or None, report.texts[name] or None) for name in texts}
    _record(events.WRITTEN, by, report, changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]})


def publish(by: Actor, report: Report, *, seen: int | None) -> None:
    """Opens a report to everybody, as it stands. Raises StaleEdit, WrongState.

    Its facts must be those that everybody sees of the period now: verified, published, and nothing restricted. No text
    may still be what figures that are not published proposed.
    """
    _unlocked(report, seen)
    if report.period.published_at is None:
        raise WrongState(_("Publish the progress of the period first: a report tells what is published."))
    if report.facts != facts_of(report.plan, report.period, report.grouped_by):
        raise WrongState(_("The published figures are others by now. Refresh the facts, and read the report again."))
    if _proposed_otherwise(report):
        raise WrongState(_("Some texts still tell figures that are not published. Write them anew."))
    report.state, report.published_at, report.published_by = PUBLISHED, now(), by.name
    report.withdrawn_at = report.withdrawn_reason = None
    _record(events.PUBLISHED, by, report)


def _proposed_otherwise(report: Report) -> bool:
    """Whether a text, in any language, is just what the figures reported so far propose, and the published do not."""
    reported = proposed(report.kind, facts_of(report.plan, report.period, report.grouped_by, public=False))
    own = proposed(report.kind, report.facts)
    return any(
        text == reported.get(name, {}).get(language) != own.get(name, {}).get(language)
        for name, words in report.texts.items()
        for language, text in words.items()
    )


def withdraw(by: Actor, report: Report, reason: str, *, seen: int | None) -> None:
    """Closes a published report; it can be corrected and published again. Raises StaleEdit, WrongState."""
    unchanged_since(report, seen)
    if report.state != PUBLISHED:
        raise WrongState(_("This report is not published."))
    report.state, report.withdrawn_at, report.withdrawn_reason = WITHDRAWN, now(), reason
    _record(events.WITHDRAWN, by, report, reason=reason)


def _unlocked(report: Report, seen: int | None) -> None:
    unchanged_since(report, seen)
    if report.state not in (DRAFT, WITHDRAWN):
        raise WrongState(_("This report is published and stays as it is. The chair can withdraw it."))


def _record(act: Act, by: Actor, report: Report, **more: object) -> None:
    ends = report.period.ends.isoformat()
    record(act, by, report, plan=report.plan.slug, report=report.kind, ends=ends, **more)  # type: ignore[arg-type]
