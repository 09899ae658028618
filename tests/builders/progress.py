"""A plan that is carried out since 2024, with two years of reports, within the open transaction."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nap_builder.kernel.clock import now
from nap_builder.monitoring.models import CLOSED, OPEN, VERIFIED, ReportingPeriod
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.plan import IN_EXECUTION, Plan
from tests.builders.framework import a_figure, a_line, a_pillar, an_activity, an_indicator, an_objective
from tests.builders.monitoring import a_period, an_update
from tests.builders.plans import a_plan
from tests.builders.world import World


@dataclass
class Carried:
    """A plan of 2024 to 2028, its two pillars with an objective each, and the years 2024 (closed) and 2025 (open)."""

    plan: Plan
    pillars: list[Pillar]
    objectives: list[Objective]
    first: ReportingPeriod
    second: ReportingPeriod
    activities: list[Activity] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the plan's pages begin."""
        return f"/en/w/{self.plan.slug}"

    def add(self, world: World, place: int, *, lead: str | None, **given: Any) -> Activity:
        """An activity under the objective of a pillar (0 or 1), led by an institution of the small State."""
        body = world.institutions[lead].id if lead else None
        code = f"{place + 1}.1.{len(self.activities) + 1}"
        self.activities.append(an_activity(self.objectives[place], code=code, lead_id=body, **given))
        return self.activities[-1]


def carried_out(*, published: bool = False, **given: Any) -> Carried:
    """Such a plan without activities; the progress of both years is published if asked."""
    moment = {"published_at": now() if published else None}
    plan = a_plan(starts=date(2024, 1, 1), ends=date(2028, 12, 31), **{"state": IN_EXECUTION, **given})
    pillars = [a_pillar(plan, code="1", title="Protection", theme="protection"), a_pillar(plan, code="2", title="Rest")]
    return Carried(
        plan,
        pillars,
        [an_objective(pillar, code=f"{pillar.code}.1", title=f"Aim {pillar.code}") for pillar in pillars],
        a_period(plan, "2024-12-31", state=CLOSED, **moment),
        a_period(plan, "2025-12-31", state=OPEN, **moment),
    )


def two_years(world: World, **given: Any) -> Carried:
    """Such a plan with five activities: one of each fate, and one that is restricted to the Ministry of Defence."""
    found = carried_out(**given)
    rest = found.add(world, 0, lead="DEF", title="Train officers", starts="2024", ends="2028", mandates=["S/RES/1325"])
    late = found.add(world, 0, lead="INT", title="Amend the law", starts="2024", ends="2024")
    done = found.add(world, 1, lead="INT", title="Open a desk", starts="2024", ends="2025")
    found.add(world, 1, lead="JUS", title="Pay for aid", starts="2024", ends="2028")
    found.add(world, 1, lead="DEF", title="Zyxwvut act", restricted=True)
    an_update(found.first, rest, status="late", state=VERIFIED)
    an_update(found.first, late, status="on_track")
    an_update(found.first, done, status="at_risk")
    line = a_line(rest, amount="1000", year=2025, funding="secured", funder_id=world.institutions["FOR"].id)
    spending = {line.key: {"disbursed": "500", "spent": "250"}}
    share = an_indicator(found.objectives[0], code="A", title="Women officers", kind="number")
    a_figure(share, value="10", year=2023)
    a_figure(share, part="target", value="50", by="2028")
    an_update(found.second, rest, status="on_track", state=VERIFIED, spending=spending)
    an_update(found.second, share, state=VERIFIED, institution_id=rest.lead_id, figures={share.key: {"value": "12"}})
    an_update(found.second, done, status="completed", state=VERIFIED)
    return found


def a_milestone(activity: Activity, *, code: str, due: str) -> Milestone:
    """A milestone of an activity."""
    place = {"plan_id": activity.plan_id, "activity_id": activity.id}
    return Milestone(**place, code=code, position=0, title={"en": f"Step {code}"}, due=due)
