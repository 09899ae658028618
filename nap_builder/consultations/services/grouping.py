"""Contributions put together to be read and answered once. Called inside a transaction."""

from collections.abc import Sequence

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


def make(by: Actor, plan: Plan, title: Words, members: Sequence[Contribution]) -> ContributionGroup:
    """Makes a group of two contributions or more. Raises BadInput."""
    if len(members) < 2:
        raise BadInput("members", _("Tick two contributions at least."))
    group = ContributionGroup(plan=plan, code=next_code(plan, ContributionGroup, "G"), title=title)
    db.session.add(group)
    db.session.flush()
    _put(group, members)
    record(events.GROUPED, by, group, plan=plan.slug, code=group.code, members=_codes(members))
    return group


def name(by: Actor, group: ContributionGroup, title: Words, *, seen: int | None) -> None:
    """Gives a group another title. Raises StaleEdit."""
    unchanged_since(group, seen)
    group.title = title
    record(events.NAMED, by, group, plan=group.plan.slug, code=group.code)


def add(by: Actor, group: ContributionGroup, members: Sequence[Contribution]) -> None:
    """Puts more contributions into a group; they get the answer that it has, if they have none. Raises BadInput."""
    if not members:
        raise BadInput("members", _("Tick what belongs to the group."))
    _put(group, members)
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


def _put(group: ContributionGroup, members: Sequence[Contribution]) -> None:
    for member in members:
        member.group = group.code
    db.session.flush()
    everyone = members_of(group.plan_id, group.code)
    for column in ("response", "draft"):
        _share(everyone, column)
    _share_asking(everyone)


def _share(members: Sequence[Contribution], column: str) -> None:
    """Gives the one answer that a group has to those without one; where there are several, each keeps its own."""
    there = [getattr(member, column) for member in members if getattr(member, column)]
    if there and all(one == there[0] for one in there):
        for member in members:
            if not member.withdrawn and member.response is None:
                setattr(member, column, there[0])


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
