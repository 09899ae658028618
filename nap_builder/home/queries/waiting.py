"""Where somebody waits for a person: answers, changes, decisions, minutes, an adoption."""

from collections.abc import Iterator
from datetime import date, timedelta

from nap_builder.adoption.queries import objection, other_members
from nap_builder.commitments.queries import Line
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.need import LATE, WAIT, WARN, Need, Wait
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _, _n, day
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.queries import minutes_to_approve, minutes_to_write, open_decisions
from nap_builder.parliament.queries.record import next_review, open_undertakings
from nap_builder.plans.policy import DRAFTERS

SOON = timedelta(days=14)
AT_ONCE = timedelta(days=3)


def on_drafters(who: Actor, facts: Facts) -> Iterator[Need]:
    """What the secretariat and the chair are waited for, and whom they should call."""
    here, commitments = {"slug": facts.plan.slug}, facts.commitments
    if count := len(commitments.requests_to_decide):
        said = _n("%(num)s change asked for", "%(num)s changes asked for", count)
        label, why = _("Decide what ministries ask to change"), _("Each stands beside what the plan says now.")
        yield Need(label, WARN, said, why, "commitments.board", here, Wait.SOMEBODY)
    late = [ministry for ministry in commitments.waiting_on if ministry.late]
    if late:
        said = _n("%(num)s ministry is late", "%(num)s ministries are late", len(late))
        label, why = _("Remind those who have not answered"), _("The day by which you asked has passed.")
        yield Need(label, LATE, said, why, "commitments.board", here, Wait.OVERDUE)
    adopted = facts.plan.adopted_number
    unread = adopted is not None and not facts.plan.in_drafting and (facts.published or 0) < adopted
    if unread and POLICY["publishing.version.publish"].allows(who, facts.plan):
        label, why = _("Publish the adopted version"), _("The public cannot read it yet.")
        yield Need(label, WAIT, _("To do"), why, "publishing.versions", here, Wait.SOMEBODY)
    if meetings := minutes_to_approve(facts.plan):
        yield _minutes(facts, meetings[0], _("Approve the minutes of a meeting"), _("They wait for you."))
    elif meetings := minutes_to_write(facts.plan):
        yield _minutes(facts, meetings[0], _("Write the minutes of a meeting"), "")


def _minutes(facts: Facts, meeting: Meeting, label: str, why: str) -> Need:
    where = {"slug": facts.plan.slug, "key": meeting.key}
    said = _("Held on %(day)s", day=day(meeting.day))
    return Need(label, WAIT, said, why, "meetings.meeting", where, Wait.SOMEBODY)


def on_ministries(who: Actor, facts: Facts) -> Iterator[Need]:
    """What a ministry's focal point is waited for: the answers to what it was asked, its word on those entered."""
    may = POLICY["commitments.answer"]
    lines = [line for line in facts.commitments.lines if line.waits or line.to_confirm]
    own = [line for line in lines if may.allows(who, line.activity)]
    if waiting := [line for line in own if line.waits]:
        yield _to_answer(waiting, facts)
    if count := sum(line.to_confirm for line in own):
        said = _n("%(num)s answer", "%(num)s answers", count)
        label, why = _("Confirm what was entered for your institution"), _("The secretariat entered it for you.")
        yield Need(label, WAIT, said, why, "home.my", {}, Wait.SOMEBODY)


def _to_answer(waiting: list[Line], facts: Facts) -> Need:
    due = min((line.due for line in waiting if line.due), default=None)
    said = _n("%(num)s activity", "%(num)s activities", len(waiting))
    why = _("Answer by %(day)s", day=day(due)) if due else _("The task force asked your institution.")
    urgent = due is not None and due - facts.today <= AT_ONCE
    kind = LATE if due is not None and due < facts.today else WAIT
    label = _("Answer what your institution is asked for")
    return Need(label, kind, said, why, "home.my", {}, Wait.SOMEBODY, urgent)


def decisions(who: Actor, facts: Facts) -> Iterator[Need]:
    """Decisions of the task force that are a person's to carry out, or for who runs the plan, all that are late."""
    mine = None if who.roles & DRAFTERS else who.institutions
    found = [one for one in open_decisions(facts.plan, mine) if one.late or mine is not None]
    late = sum(one.late for one in found)
    if not found:
        return
    said = _n("%(num)s late", "%(num)s late", late) if late else _n("%(num)s decision", "%(num)s decisions", len(found))
    first = min(found, key=lambda one: one.due)
    where = {"slug": facts.plan.slug, "key": first.decision.meeting.key}
    wait = Wait.OVERDUE if late else _before(first.due, facts.today)
    label, why = _("Carry out what the task force decided"), _("The first is due on %(day)s.", day=day(first.due))
    if count := sum(not one.decision.meeting.approved for one in found):
        unsure = _n(
            "%(num)s stands in minutes that are not approved yet.",
            "%(num)s stand in minutes that are not approved yet.",
            count,
        )
        why = f"{why} {unsure}"
    yield Need(label, LATE if late else WAIT, said, why, "meetings.meeting", where, wait)


def _before(due: date, today: date) -> Wait:
    return Wait.SOON if due - today <= SOON else Wait.NOBODY


def adoption(who: Actor, facts: Facts) -> Iterator[Need]:
    """The adoption that the chair proposed, for the focal points of other members."""
    proposal = facts.proposal
    if proposal is None or Role.FOCAL_POINT not in who.roles:
        return
    if objection(who, proposal, other_members(facts.plan, proposal.proposing)) is None:
        until, where = proposal.expires_at.date(), {"slug": facts.plan.slug, "adoption": proposal.key}
        label, why = _("Confirm the adoption of the plan"), _("Until %(day)s.", day=day(until))
        said = _("Waiting for you")
        yield Need(label, WAIT, said, why, "adoption.adoption", where, Wait.SOMEBODY, urgent=True)


def undertakings(who: Actor, facts: Facts) -> Iterator[Need]:
    """What the government undertook in parliament and is a person's to keep, or for who runs the plan, what is late."""
    mine = None if who.roles & DRAFTERS else who.institutions
    found = [one for one in open_undertakings([facts.plan], mine) if one.late or mine is not None]
    if not found:
        return
    first, late = found[0], sum(one.late for one in found)
    said = _n("%(num)s late", "%(num)s late", late)
    if not late:
        said = _n("%(num)s undertaking", "%(num)s undertakings", len(found))
    wait = Wait.OVERDUE if late else _before(first.due, facts.today)
    label, why = _("Keep what was undertaken in parliament"), _("The first is due on %(day)s.", day=day(first.due))
    where = {"slug": facts.plan.slug, "key": first.entry.key}
    yield Need(label, LATE if late else WAIT, said, why, "parliament.entry", where, wait)


def review(facts: Facts) -> Iterator[Need]:
    """That parliament should look at the plan again, from two weeks before the day that was agreed."""
    due = next_review(facts.plan)
    if due is None or due - facts.today > SOON:
        return
    late = due < facts.today
    label, said = _("Ask parliament to review the plan"), _("Late") if late else _("To do")
    where, why = {"slug": facts.plan.slug, "_anchor": "review"}, _("Due by %(day)s.", day=day(due))
    yield Need(
        label, LATE if late else WAIT, said, why, "parliament.record", where, Wait.OVERDUE if late else Wait.SOON
    )
