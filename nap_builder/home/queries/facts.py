"""What the pages about a plan being written are drawn from, read once."""

from dataclasses import dataclass

from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import narrative
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.plan import Counts, LastVersion
from nap_builder.taskforce.queries import Seats, seats


@dataclass(frozen=True)
class Facts:
    """How far a plan is, as far as the reader may see it."""

    plan: Plan
    counts: Counts
    version: LastVersion | None
    seats: Seats
    sections: list[narrative.SectionLine]


def facts_of(plan: Plan) -> Facts:
    """How far a plan is now."""
    return Facts(plan, plans.counts_of(plan), plans.last_version(plan), seats(plan.id), narrative.section_lines(plan))
