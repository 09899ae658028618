"""What a person's own page shows beside what needs them."""

from typing import Any

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.plans.history import told
from nap_builder.plans.models.plan import CLOSED, Plan
from nap_builder.plans.queries import framework
from nap_builder.plans.queries import plan as plans
from nap_builder.publishing.queries import standing_version
from nap_builder.taskforce.models import Institution


def plan_at_work() -> Plan | None:
    """The plan that people work on: one being written (the one that the public reads first), else the one in force."""
    open_plans = [plan for plan in plans.readable_plans() if plan.state != CLOSED]
    drafts, standing = [plan for plan in open_plans if plan.in_drafting], standing_version()
    newest = next(iter([*drafts, *open_plans]), None)
    return next((plan for plan in drafts if standing and plan.id == standing.plan_id), newest)


def places_of(who: Actor, plan: Plan | None) -> list[Institution]:
    """The institutions that a person acts for and that the plan names; each has a page in it."""
    if plan is None or not who.institutions:
        return []
    return [body for body in framework.named_institutions(plan) if body.id in who.institutions]


def last_acts(who: Actor, plan: Plan | None, limit: int = 6) -> list[dict[str, Any]]:
    """The newest acts on a plan, as sentences, as far as the person may read the draft."""
    if plan is None or not POLICY["plans.draft.read"].allows(who, plan):
        return []
    return [told(entry, changes=False) for entry in plans.last_changes(plan, limit)]
