"""A plan moved on by the chair alone."""

from nap_builder.adoption import queries
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.lifecycle import MOVES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.lifecycle import move


def move_on(by: Actor, plan: Plan, name: str) -> None:
    """Makes a move that no gate lies before. Raises WrongState before a gate, and where the state does not allow it.

    Through a gate leads `readiness.pass_gate` alone: it freezes what goes there, and keeps what was open and why.
    """
    if plan.state in MOVES[name].before and queries.gates_before(plan, [name])[name]:
        raise WrongState(_("The plan comes there through its gate, which it has not passed yet."))
    move(by, plan, name)
