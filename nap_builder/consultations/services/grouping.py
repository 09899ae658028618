"""Contributions put together to be read and answered once. Called inside a transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nap_builder.consultations.events import answering as events
from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.consultations.queries.grouping import members_of
from nap_builder.consultations.queries.records import next_code
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan

Words = dict[str, str]


def make(by: Actor, plan: Plan, title: Words, members: Sequence[Contribution], today: date) -> ContributionGroup:
    """Makes a group of two contributions or more; an answer that one has is today's for the others. Raises BadInput."""
    if len(members) < 2:
        raise BadInput("members", _("Tick two contributions at least."))
    group = ContributionGroup(plan=plan, code=next_code(plan, ContributionGroup, "G"), title=title)
    db.session.add(group)
    db.session.flush()
    _put(group, members, today)
    record(events.GROUPED, by, group, plan=plan.slug, code=group.code, members=_codes(members))
    return group


def name(by: Actor, group: ContributionGroup, title: Words, *, seen: int | None) -> None:
    """Gives a group another title. Raises StaleEdit."""
    unchanged_since(group, seen)
    group.title = title
    record(events.NAMED, by, group, plan=group.plan.slug, code=group.code)


def add(by: Actor, group: ContributionGroup, members: Sequence[Contribution], today: date) -> None:
    """Puts more contributions into a group; those without an answer get its, dated `today`. Raises BadInput."""
    if not members:
        raise BadInput("members", _("Tick what belongs to the group."))
    _put(group, members, today)
    touch(group)
    record(events.ADDED, by, group, plan=group.plan.slug, code=group.code, members=_codes(members))


def take_out(by: Actor, group: ContributionGroup, member: Contribution) -> None:
    """Takes a contribution out of a group; the answer that it has stays its own. Raises WrongState."""
    if member.group != group.code:
        raise WrongState(_("This was done already."))
    member.group = None
    touch(group)
    record(events.TAKEN_OUT, by, group, plan=group.plan.slug, code=group.code, member=member.code)


def dissolve(by: Actor, group: ContributionGroup, *, seen: int | None) -> None:
    """Dissolves a group; its contributions stay, each with the answer that it has. Raises StaleEdit."""
    unchanged_since(group, seen)
    for member in members_of(group.plan_id, group.code):
        member.group = None
    record(events.DISSOLVED, by, group, plan=group.plan.slug, code=group.code)
    db.session.delete(group)
    db.session.flush()


def _put(group: ContributionGroup, members: Sequence[Contribution], today: date) -> None:
    for member in members:
        member.group = group.code
    db.session.flush()
    everyone = members_of(group.plan_id, group.code)
    _share_response(everyone, today)
    _share_draft(everyone)
    _share_asking(everyone)


def _share_response(members: Sequence[Contribution], today: date) -> None:
    """Gives the one answer that a group has to those without one; where there are several, each keeps its own.

    It is dated by the day on which it became theirs: nobody is answered before they spoke.
    """
    there = [member.response for member in members if member.response]
    if there and all(_undated(one) == _undated(there[0]) for one in there):
        for member in _unanswered(members):
            member.response = there[0] | {"on": today.isoformat()}


def _share_draft(members: Sequence[Contribution]) -> None:
    there = [member.draft for member in members if member.draft]
    if there and all(one == there[0] for one in there):
        for member in _unanswered(members):
            member.draft = there[0]


def _undated(response: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in response.items() if name != "on"}


def _unanswered(members: Sequence[Contribution]) -> list[Contribution]:
    return [member for member in members if not member.withdrawn and member.response is None]


def _share_asking(members: Sequence[Contribution]) -> None:
    asked = {(member.asked_id, member.asked_on) for member in members if member.asked_id is not None}
    if len({body for body, _on in asked}) == 1:
        body, on = min(asked, key=str)
        for member in members:
            if member.asked_id is None:
                member.asked_id, member.asked_on = body, on


def _codes(members: Sequence[Contribution]) -> str:
    """Their codes in the order in which they were given out, whatever order the database answered in."""
    return ", ".join(member.code for member in sorted(members, key=lambda member: member.id))
