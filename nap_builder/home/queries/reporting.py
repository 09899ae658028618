"""What reporting needs of a person: reports to write, to approve, to verify, and periods to open, close and publish."""

from collections.abc import Iterator, Sequence

from nap_builder.accounts.queries import with_an_account
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.need import LATE, WAIT, WARN, Need, Wait
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _, _n, day
from nap_builder.monitoring.models import CLOSED, RETURNED, ReportingPeriod
from nap_builder.monitoring.names import TO_APPROVE
from nap_builder.monitoring.queries.cycle import Cycle, standing_of
from nap_builder.monitoring.queries.due import Due, subject_of
from nap_builder.monitoring.queries.periods import is_carried_out, why_not_opened
from nap_builder.monitoring.queries.written import open_corrections

SOON, AT_ONCE, TOLD_ANEW = 14, 2, 7  # days before the reports are due, and for how long a stage is news
LATE_FOR_ALL, LATE_FOR_THE_CHAIR = 7, 21  # days after: the focal point is told as well, and then the chair
# The stages of a reminder, by the number of days since reports were due: each is written in a letter of its own.
STAGES = (-SOON, -AT_ONCE, 0, LATE_FOR_ALL, LATE_FOR_THE_CHAIR)


def on_reporters(who: Actor, facts: Facts) -> Iterator[Need]:
    """What the institutions of a person have to report, mend and approve in the periods that are open."""
    writes, approves = POLICY["monitoring.update.write"], POLICY["monitoring.update.approve"]
    for period in facts.open_periods:
        dues = facts.cycle(period).dues
        if waiting := [due for due in dues if due.waits and writes.allows(who, due)]:
            yield _to_report(who, facts, period, waiting)
        written = [due.stands for due in dues if standing_of(due) == TO_APPROVE]
        if count := sum(update is not None and approves.allows(who, update) for update in written):
            label = _("Approve what your institution reports")
            said, parts = _n("%(num)s report", "%(num)s reports", count), {**_place(period), "state": TO_APPROVE}
            yield Need(label, WAIT, said, "", "monitoring.cycle", parts, Wait.SOMEBODY)


def on_correctors(who: Actor, facts: Facts) -> Iterator[Need]:
    """The corrections that a person began and has not sent: what they correct counts until then."""
    for update in open_corrections(who, facts.plan):
        if update.author_id == who.id:
            back = update.state == RETURNED
            row = subject_of(update)
            why = _("%(code)s, period to %(day)s", code=row.code, day=day(update.period.ends))
            kind, said = (WARN, _("Sent back")) if back else (WAIT, _("Not sent yet"))
            label = _("Finish your correction of a report")
            parts = {**_place(update.period), "kind": row.__tablename__, "key": row.key}
            yield Need(label, kind, said, why, "monitoring.update", parts, Wait.SOMEBODY)


def on_those_who_run_it(who: Actor, facts: Facts) -> Iterator[Need]:
    """What the secretariat and the chair have to do about the periods: lay out, open, remind, close, publish."""
    plan = facts.plan
    if is_carried_out(plan) and not facts.periods and POLICY["monitoring.period.prepare"].allows(who, plan):
        label, why = _("Lay out the reporting periods"), _("Nobody can report before that.")
        yield Need(label, WARN, _("To do"), why, "monitoring.lay_out", {"slug": plan.slug}, Wait.SOMEBODY)
    opens = POLICY["monitoring.period.open"].allows(who, plan)
    for period in facts.open_periods:
        yield from _late(who, facts, facts.cycle(period))
        if opens:
            yield from _to_close(facts, facts.cycle(period))
    if opens:
        yield from _to_open(facts)
        yield from _to_publish(facts)


def on_verifiers(facts: Facts) -> Iterator[Need]:
    """The reports that wait to be verified by a person; they are asked for where some period was ever opened."""
    if not any(period.opened_at for period in facts.periods) or not facts.to_verify:
        return
    said = _n("%(num)s report", "%(num)s reports", len(facts.to_verify))
    parts = {**_place(facts.to_verify[0].period), "_anchor": "to-verify"}
    yield Need(_("Verify what was reported"), WAIT, said, "", "monitoring.cycle", parts, Wait.SOMEBODY)


def _to_report(who: Actor, facts: Facts, period: ReportingPeriod, waiting: Sequence[Due]) -> Need:
    """What is still to be written for a period; each stage of the reminders makes it news again."""
    days = (facts.today - period.due).days
    returned = sum(due.state == RETURNED for due in waiting)
    why = _n("%(num)s was sent back.", "%(num)s were sent back.", returned) if returned else ""
    label, kind = _to_write(period, waiting), LATE if days > 0 else WARN if returned else WAIT
    wait = Wait.SOMEBODY if days > 0 or returned else _until(-days)
    urgent = _is_news(days) and _is_told(who, waiting, days)
    stage = f"{period.ends.isoformat()} {_stage(days)}"
    return Need(label, kind, _when(days), why, "home.my", {}, wait, urgent, stage)


def _to_write(period: ReportingPeriod, waiting: Sequence[Due]) -> str:
    """What is to be written by when: about activities alone, or about indicators and milestones as well."""
    count, due = len(waiting), day(period.due)
    if all(one.kind == "activity" for one in waiting):
        return _n("Report on %(num)s activity by %(day)s", "Report on %(num)s activities by %(day)s", count, day=due)
    return _n("Write %(num)s report by %(day)s", "Write %(num)s reports by %(day)s", count, day=due)


def _is_told(who: Actor, waiting: Sequence[Due], days: int) -> bool:
    """Whether a letter goes to this person at once: officials always, their focal point from a week after the day.

    Where an institution has no official, its focal point is told as one would be.
    """
    if days >= LATE_FOR_ALL:
        return True
    officials = with_an_account(Role.OFFICIAL)
    reports = who.speaks_for({Role.OFFICIAL}) if Role.OFFICIAL in who.roles else frozenset()
    return any(due.institution_id in reports or due.institution_id not in officials for due in waiting)


def _late(who: Actor, facts: Facts, found: Cycle) -> Iterator[Need]:
    """The institutions that are late: for the secretariat from the first day, for the chair from three weeks on."""
    period, after = found.period, (facts.today - found.period.due).days
    from_day = 1 if Role.SECRETARIAT in who.roles_for(facts.plan.id) else LATE_FOR_THE_CHAIR
    if not found.late or after < from_day:
        return
    said = _n("%(num)s institution is late", "%(num)s institutions are late", len(found.late))
    label, why = _("Remind those who have not reported"), _("Reports were due on %(day)s.", day=day(period.due))
    urgent, stage = after >= LATE_FOR_THE_CHAIR and _is_news(after), _stage(after)
    yield Need(label, LATE, said, why, "monitoring.cycle", _place(period), Wait.OVERDUE, urgent, stage)


def _to_close(facts: Facts, found: Cycle) -> Iterator[Need]:
    """An open period whose day has passed: once everything is verified, or three weeks after it."""
    after = (facts.today - found.period.due).days
    if after >= LATE_FOR_THE_CHAIR or (after > 0 and not found.missing_from and not found.to_verify):
        yield _step(_("Close the reporting period"), found.period, WAIT, Wait.SOON, "close")


def _to_open(facts: Facts) -> Iterator[Need]:
    """A planned period that may be opened; once it is over, institutions wait for that."""
    for period in facts.periods:
        if not why_not_opened(period, facts.today):
            over = period.ends < facts.today
            kind, wait = (WARN, Wait.SOMEBODY) if over else (WAIT, Wait.SOON)
            yield _step(_("Open the reporting period"), period, kind, wait, "open", urgent=over)


def _to_publish(facts: Facts) -> Iterator[Need]:
    """The newest closed period, if the public does not see its progress."""
    closed = [period for period in facts.periods if period.state == CLOSED]
    if closed and closed[-1].published_at is None:
        period = closed[-1]
        label, why = _("Publish the progress"), _("Period to %(day)s", day=day(period.ends))
        yield Need(label, WAIT, _("To do"), why, "monitoring.confirm_publication", _place(period), Wait.SOMEBODY)


def _step(label: str, period: ReportingPeriod, kind: str, wait: Wait, step: str, *, urgent: bool = False) -> Need:
    parts = {**_place(period), "step": step}
    why = _("Period to %(day)s", day=day(period.ends))
    return Need(label, kind, _("To do"), why, "monitoring.confirm_step", parts, wait, urgent)


def _place(period: ReportingPeriod) -> dict[str, str]:
    return {"slug": period.plan.slug, "ends": period.ends.isoformat()}


def _until(days: int) -> Wait:
    return Wait.SOON if days <= SOON else Wait.NOBODY


def _when(days: int) -> str:
    """How long until, or since, reports are due, by the number of days since."""
    if days > 0:
        return _n("%(num)s day late", "%(num)s days late", days)
    return _("Due today") if days == 0 else _n("%(num)s day left", "%(num)s days left", -days)


def _stage(days: int) -> str:
    """Which stage of the reminders has begun, so that each is news; empty before the first."""
    return str(max((stage for stage in STAGES if stage <= days), default=""))


def _is_news(days: int) -> bool:
    """Whether a stage began within the last week, so that a letter about it is due if none was written."""
    return any(0 <= days - stage < TOLD_ANEW for stage in STAGES)
