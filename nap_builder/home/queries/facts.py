"""What the pages about a plan are drawn from, read once."""

from dataclasses import dataclass
from datetime import date

from nap_builder.adoption.models import Adoption
from nap_builder.adoption.queries import open_adoption
from nap_builder.commitments.queries import Standing, standing
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.meetings.models import Step
from nap_builder.meetings.queries import steps_of
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries import narrative
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.matrix import lines_of_plan
from nap_builder.plans.queries.plan import Counts
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.publishing.queries import published_version
from nap_builder.readiness.queries import State, state_of
from nap_builder.taskforce.queries import Seats, seats


@dataclass(frozen=True)
class Facts:
    """How far a plan is, as far as the reader may see it."""

    plan: Plan
    counts: Counts
    version: PlanVersion | None
    seats: Seats
    sections: list[narrative.SectionLine]
    commitments: Standing
    steps: list[Step]
    readiness: State
    today: date
    costed: int
    proposal: Adoption | None
    published: int | None


def facts_of(plan: Plan, who: Actor) -> Facts:
    """How far a plan is now."""
    public = published_version(plan)
    return Facts(
        plan,
        plans.counts_of(plan),
        last_frozen(plan),
        seats(plan.id),
        narrative.section_lines(plan),
        standing(plan, who),
        list(steps_of(plan)),
        state_of(plan, who),
        today(plan.timezone),
        _costed(plan, who),
        open_adoption(plan) if plan.in_drafting else None,
        public.number if public else None,
    )


def _costed(plan: Plan, who: Actor) -> int:
    """How many activities say what they cost, or that they cost nothing of their own."""
    return sum(line.costing != "not_costed" for line in lines_of_plan(plan, "", who))
