"""What an import and an export ask of the database."""

from collections import defaultdict
from typing import Any

from sqlalchemy import literal, select, union

from nap_builder.kernel.database import db
from nap_builder.monitoring.models import ActivityProgress, IndicatorValue, MilestoneProgress, Spending
from nap_builder.plans.document import institutions_said
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

SPENT = "spent"


def reported_in(plan: Plan) -> dict[str, set[str]]:
    """The keys of the rows of a plan on which institutions reported, by kind; under SPENT of activities, of money."""
    asked: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
        ("activity", Activity, (ActivityProgress,)),
        ("milestone", Milestone, (MilestoneProgress,)),
        ("indicator", Indicator, (IndicatorValue,)),
        (SPENT, Activity, (BudgetLine, Spending)),
    )
    parts = []
    for kind, row, joined in asked:
        query = select(literal(kind), row.key)
        for one in joined:
            query = query.join(one)
        parts.append(query.where(row.plan_id == plan.id, joined[-1].update_id.is_not(None)))
    found: dict[str, set[str]] = defaultdict(set)
    for kind, key in db.session.execute(union(*parts)):
        found[kind].add(key)
    return found


def known_institutions() -> dict[str, dict[str, Any]]:
    """Every institution of the installation as the format says it, by code."""
    return {said["code"]: said for said in institutions_said().values()}


def codes_of(institutions: frozenset[int]) -> frozenset[str]:
    """The codes of some institutions."""
    return frozenset(db.session.scalars(select(Institution.code).where(Institution.id.in_(institutions))))
