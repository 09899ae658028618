"""Who sits in the task force of a plan, and which institutions it names: a change of the plan as well."""

from nap_builder.kernel.actor import Actor
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.touch import changed
from nap_builder.taskforce import services
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.services import TaskForceFacts


def name_institution(by: Actor, plan: Plan, body: Institution) -> None:
    """Adds an institution to the plan's list. Raises BadInput when it is there already, and WrongState."""
    services.list_in_plan(by, plan.id, plan.slug, body)
    changed(plan)


def seat(by: Actor, plan: Plan, facts: TaskForceFacts, *, seen: int | None) -> None:
    """Says who sits in the task force, and its terms. Raises StaleEdit, WrongState, and BadInput for odd seats."""
    services.seat_task_force(by, plan.id, plan.slug, facts, seen=seen)
    changed(plan)
