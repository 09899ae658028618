"""Commitments for tests: rows that were asked for or accepted, through the services, within the open transaction."""

from datetime import timedelta
from typing import Any

from nap_builder.commitments import queries
from nap_builder.commitments.queries import standing
from nap_builder.commitments.services import answering, asking
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.clock import today
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Commitment
from nap_builder.plans.queries.promised import value_of

SECRETARY = Actor(id=None, name="Tomas Osei", roles=frozenset({Role.SECRETARIAT}))
COLONEL = Actor(id=None, name="Daniel Sato", roles=frozenset({Role.FOCAL_POINT}))
IN_TWO_WEEKS = timedelta(days=14)


def asked(*activities: Activity) -> list[Commitment]:
    """Activities that were asked for, to be answered in two weeks."""
    plan = activities[0].plan
    keys = [activity.key for activity in activities]
    lines = [line for line in standing(plan, SECRETARY).lines if line.activity.key in keys]
    asking.ask(SECRETARY, plan, lines, today() + IN_TWO_WEEKS)
    return [known(activity) for activity in activities]


def accepted(activity: Activity) -> Commitment:
    """An activity that was asked for and accepted."""
    [commitment] = asked(activity)
    post = {"en": "Director of planning"}
    answering.accept(COLONEL, activity, post=post, **as_it_stands(activity))
    return commitment


def as_it_stands(activity: Activity) -> dict[str, Any]:
    """What a page would show now."""
    commitment = queries.commitment_of(activity)
    return {"shown": value_of(activity), "seen": commitment.row_version if commitment else None}


def known(activity: Activity) -> Commitment:
    """The commitment about an activity, which has to be there."""
    found = queries.commitment_of(activity)
    assert found is not None
    return found
