"""What became of a plan's money by what was reported until a day: line by line, and added up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.monitoring.progress.exact import HUNDRED, plus, scaled
from nap_builder.monitoring.progress.spending import PLANNED, Outlay, Use, outlay_of, use_of
from nap_builder.monitoring.queries.record import Record
from nap_builder.plans.calendar import fiscal_year_begins
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Spending, source_of, total
from nap_builder.plans.queries.costs import as_said, reckoning_of
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.taskforce.models import Institution

SECURED, PLEDGED = "secured", "pledged"
PROMISED = (SECURED, PLEDGED)


@dataclass(frozen=True)
class MoneyRow:
    """A budget line with its activity and what became of it."""

    line: BudgetLine
    outlay: Outlay

    @property
    def planned(self) -> Spending:
        """What the plan says of it, counted in the plan's currency where a rate is stated."""
        return self.outlay.stages[PLANNED]

    @property
    def activity(self) -> Activity:
        """The activity that it pays for."""
        return self.line.activity

    @property
    def funder(self) -> Institution | None:
        """The institution that pays."""
        return self.line.funder


@dataclass(frozen=True)
class MoneyShare:
    """The lines that have something in common, such as their year or who pays: `key` is what that is."""

    key: Any
    rows: Sequence[MoneyRow]

    @cached_property
    def use(self) -> Use:
        """What they come to at each stage, and how much of it is spent."""
        return use_of(row.outlay for row in self.rows)

    @cached_property
    def promised(self) -> Use:
        """The same of those lines whose money is secured or pledged."""
        return use_of(row.outlay for row in self.rows if row.planned.state in PROMISED)


@dataclass(frozen=True)
class Coming:
    """The money of the fiscal years that begin after a day: all of it, what is secured, and that in per cent.

    The share is a range where the plan gives ranges; None where nothing is planned.
    """

    whole: Use
    secured: Use
    low: Decimal | None = None
    high: Decimal | None = None


def money_rows(plan: Plan, who: Actor, record: Record) -> list[MoneyRow]:
    """Every budget line of a plan that a person may read, in the order of the plan; one statement."""
    query = (
        select(BudgetLine)
        .join(Activity, Activity.id == BudgetLine.activity_id)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id))
        .options(contains_eager(BudgetLine.activity), joinedload(BudgetLine.funder))
        .order_by(*IN_PLAN_ORDER, BudgetLine.position, BudgetLine.id)
    )
    reckoning = reckoning_of(plan)
    return [
        MoneyRow(
            line,
            outlay_of(
                reckoning,
                as_said(line, line.funder.code if line.funder else None),
                dict(record.amounts(line)),
                dict(record.checked_amounts(line)),
            ),
        )
        for line in db.session.scalars(query)
    ]


def money_shares(
    rows: Iterable[MoneyRow], by: Callable[[MoneyRow], Any], order: Iterable[Any] | None = None
) -> list[MoneyShare]:
    """The lines by what they have in common: in an order, which may name what has no line, then as they come."""
    found: dict[Any, list[MoneyRow]] = {key: [] for key in order or ()}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return [MoneyShare(key, own) for key, own in found.items()]


def by_year(rows: Iterable[MoneyRow]) -> list[MoneyShare]:
    """By fiscal year (the calendar year in which it begins), lines without a year last, under 0."""
    return sorted(money_shares(rows, lambda row: row.planned.year), key=lambda share: share.key or 9999)


def by_source(rows: Iterable[MoneyRow], plan: Plan) -> list[MoneyShare]:
    """By who pays, else by the source as it is worded; what is not said last, under an empty key."""
    found = money_shares(rows, lambda row: source_of(row.planned, plan.first_language))
    return sorted(found, key=lambda share: (not share.key, share.key))


def by_kind(rows: Iterable[MoneyRow]) -> list[MoneyShare]:
    """By the kind of money; what is not said last, under an empty key."""
    return sorted(money_shares(rows, lambda row: row.planned.kind), key=lambda share: (not share.key, share.key))


def coming_years(plan: Plan, rows: Iterable[MoneyRow], on: date) -> Coming:
    """How much of the money of the fiscal years that begin after a day is secured already."""
    ahead = [row for row in rows if row.line.year and fiscal_year_begins(row.line.year, plan.fiscal_year_starts) > on]
    secured = [row for row in ahead if row.planned.state == SECURED]
    mine = total(row.planned for row in secured)
    other = total(row.planned for row in ahead if row.planned.state != SECURED)
    low = high = None
    if plus(mine.low, other.high) and plus(mine.high, other.low):
        low = scaled(mine.low, HUNDRED, plus(mine.low, other.high))
        high = scaled(mine.high, HUNDRED, plus(mine.high, other.low))
    return Coming(use_of(row.outlay for row in ahead), use_of(row.outlay for row in secured), low, high)
