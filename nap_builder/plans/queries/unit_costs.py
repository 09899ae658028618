"""The State's table of unit costs, and the budget lines that took a figure from it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, one
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable


def unit_costs(*, archived: bool = False) -> Sequence[UnitCost]:
    """The unit costs that may be taken, or those that are archived, as they were added."""
    gone = UnitCost.archived_at.is_not(None) if archived else UnitCost.archived_at.is_(None)
    return db.session.scalars(select(UnitCost).where(gone).order_by(UnitCost.id)).all()


def unit_cost_at(key: str) -> UnitCost:
    """A unit cost of the table. Raises Missing, also for an archived one."""
    return one(select(UnitCost).where(UnitCost.key == key, UnitCost.archived_at.is_(None)))


def archived_unit_cost_at(key: str) -> UnitCost:
    """An archived unit cost. Raises Missing."""
    return one(select(UnitCost).where(UnitCost.key == key, UnitCost.archived_at.is_not(None)))


def is_older(line: BudgetLine, plan: Plan) -> bool:
    """Whether the table says something else today than when this line took its cost of one from it."""
    rate = line.rate
    if rate is None:
        return False
    now = (rate.amount, rate.currency)
    return rate.archived_at is not None or now != (line.unit_cost, line.currency or plan.currency)


def older_lines(plan: Plan, who: Actor) -> list[BudgetLine]:
    """The budget lines that keep an older unit cost, as far as a person may read, in order; one statement."""
    query = (
        select(BudgetLine)
        .join(BudgetLine.rate)
        .join(BudgetLine.activity)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id))
        .options(contains_eager(BudgetLine.rate), contains_eager(BudgetLine.activity))
        .order_by(*IN_PLAN_ORDER, BudgetLine.position)
    )
    return [line for line in db.session.scalars(query) if is_older(line, plan)]
