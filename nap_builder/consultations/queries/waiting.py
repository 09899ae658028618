"""What waits in the record of consultations, as its first page shows it."""

from dataclasses import dataclass

from nap_builder.consultations.queries.contributions import waiting
from nap_builder.consultations.queries.letters import late_in
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class Waits:
    """Contributions without a published answer, those that wait too long, and who was asked and is late (by key)."""

    unanswered: int
    too_long: int
    late: dict[str, int]


def waits(plan: Plan) -> Waits:
    """What waits in a plan, as far as who acts now may know of it."""
    return Waits(waiting(plan), waiting(plan, late=True), late_in(plan))
