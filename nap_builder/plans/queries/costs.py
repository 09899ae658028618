"""Budget lines as the arithmetic of money takes them: those of some activities, and those of a whole plan."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Reckoning, Spending
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.taskforce.models import Institution

SAID = (
    *("amount", "low", "high", "quantity", "times", "unit_cost", "currency", "year", "source", "funding", "kind"),
    "for_womens_organisations",
)
_Lead = aliased(Institution)


@dataclass(frozen=True)
class Place:
    """The activity that a budget line belongs to; `lead` is the code of who leads it, empty for nobody."""

    key: str
    code: str
    restricted: bool
    lead: str = ""


def reckoning_of(plan: Plan) -> Reckoning:
    """How the money of a plan is counted."""
    return Reckoning(plan.currency, plan.rates)


def as_said(line: BudgetLine, funder: str | None = None) -> dict[str, Any]:
    """A budget line with the members of nap-plan/1; figures stay decimals. `funder` is the code of who pays."""
    said = {name: getattr(line, name) for name in SAID if getattr(line, name) is not None}
    return {**said, "funder": funder} if funder else said


def spending_of(line: BudgetLine) -> Spending:
    """One budget line, counted."""
    return reckoning_of(line.activity.plan).spending(as_said(line))


def spendings_by_activity(plan: Plan, activities: Collection[int]) -> dict[int, list[Spending]]:
    """The budget lines of activities by their row ids, each in its order; one statement."""
    reckoning, found = reckoning_of(plan), defaultdict(list)
    query = select(BudgetLine).where(BudgetLine.activity_id.in_(activities))
    for line in db.session.scalars(query.order_by(BudgetLine.position, BudgetLine.id)):
        found[line.activity_id].append(reckoning.spending(as_said(line)))
    return found


def spendings_of(plan: Plan, who: Actor) -> list[Spending]:
    """Every budget line of a plan that a person may read, in the order of the plan; one statement.

    `activity` is its Place, `pillar` the row id.
    """
    reckoning = reckoning_of(plan)
    query = _lines_of(plan, who, func.coalesce(Objective.theme, Pillar.theme, ""), Institution.code, _Lead.code)
    return [
        reckoning.spending(
            as_said(line, funder),
            activity=Place(key, code, restricted, lead or ""),
            pillar=pillar,
            theme=theme,
            marker=marker,
        )
        for line, key, code, restricted, pillar, marker, theme, funder, lead in db.session.execute(query)
    ]


def _lines_of(plan: Plan, who: Actor, *more: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """The budget lines of the living activities that a person may read, in its order, with their places."""
    place = (Activity.key, Activity.code, Activity.restricted, Activity.pillar_id, Activity.gender_marker)
    return (
        select(BudgetLine, *place, *more)
        .join(Activity, Activity.id == BudgetLine.activity_id)
        .outerjoin(Institution, Institution.id == BudgetLine.funder_id)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(_Lead, _Lead.id == EFFECTIVE_LEAD)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id))
        .order_by(*IN_PLAN_ORDER, BudgetLine.position, BudgetLine.id)
    )
