"""Moving a plan from state to state."""

from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.events.lifecycle import PLAN_MOVED, PLAN_MOVED_BY_TWO
from nap_builder.plans.lifecycle import MOVES, STATES
from nap_builder.plans.models.plan import Plan


def move(by: Actor, plan: Plan, name: str, *, proposed_by: str | None = None) -> None:
    """Makes one of the moves of `lifecycle.MOVES`. Raises WrongState where the plan's state does not allow it.

    A move changes no text, so the plan stays dated by its last change. Where it takes two people, `proposed_by` is the
    name of the one whose proposal the actor confirms.
    """
    asked = MOVES[name]
    if plan.state not in asked.before:
        raise WrongState(_("The plan has moved on meanwhile: %(state)s.", state=STATES[plan.state]))
    before, plan.state = plan.state, asked.after
    said: dict[str, Any] = {"plan": plan.slug, "changes": {"state": (before, asked.after)}, "state": asked.after}
    if proposed_by is None:
        record(PLAN_MOVED, by, plan, **said)
    else:
        record(PLAN_MOVED_BY_TWO, by, plan, proposer=proposed_by, **said)
