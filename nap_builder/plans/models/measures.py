"""What is measured and paid for: indicators with their figures, milestones, budget lines."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Exact, Utc, Words, new_key
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar, unique_code
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

BASELINE, TARGET, BENCHMARK = "baseline", "target", "benchmark"


def _filled(*columns: str) -> str:
    return " + ".join(f"(case when {column} is null then 0 else 1 end)" for column in columns)


class Indicator(Base):
    """What shows whether something is reached; it hangs on one pillar, objective, output or activity.

    `also_measures` holds `kind:key` references to what else it shows.
    """

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    pillar_id: Mapped[int | None] = mapped_column(ForeignKey("pillar.id", ondelete="CASCADE"), index=True)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    output_id: Mapped[int | None] = mapped_column(ForeignKey("output.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    kind: Mapped[str]
    unit: Mapped[dict[str, str] | None] = mapped_column(Words)
    direction: Mapped[str] = mapped_column(default="increase")
    total: Mapped[str] = mapped_column(default="last")
    means_of_verification: Mapped[dict[str, str] | None] = mapped_column(Words)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    frequency_months: Mapped[int | None]
    references: Mapped[list[str] | None] = mapped_column("refers_to", Data)
    level: Mapped[str | None]
    counts: Mapped[str | None]
    disaggregation: Mapped[list[str] | None] = mapped_column(Data)
    no_sex_reason: Mapped[dict[str, str] | None] = mapped_column(Words)
    definition: Mapped[dict[str, str] | None] = mapped_column(Words)
    method: Mapped[dict[str, str] | None] = mapped_column(Words)
    not_counted: Mapped[dict[str, str] | None] = mapped_column(Words)
    threshold: Mapped[dict[str, str] | None] = mapped_column(Words)
    scale: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    reported_by: Mapped[str] = mapped_column(default="state")
    also_measures: Mapped[list[str] | None] = mapped_column(Data)
    baseline_due: Mapped[str | None]
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    pillar: Mapped[Pillar | None] = relationship()
    objective: Mapped[Objective | None] = relationship()
    output: Mapped[Output | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    responsible: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("indicator"),
        CheckConstraint(f"{_filled('pillar_id', 'objective_id', 'output_id', 'activity_id')} = 1", name="one_row"),
    )


class Figure(Base):
    """A baseline, a target or the benchmark of an indicator. Numerator and denominator go together.

    `cells` is the disaggregation as the exchange format writes it (figures as decimal strings); `by` is as precise
    as the plan says.
    """

    __tablename__ = "figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    part: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    value: Mapped[Decimal | None] = mapped_column(Exact)
    text: Mapped[dict[str, str] | None] = mapped_column(Words)
    year: Mapped[int | None]
    source: Mapped[dict[str, str] | None] = mapped_column(Words)
    by: Mapped[str | None] = mapped_column("by_when")
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    cells: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    estimate: Mapped[bool] = mapped_column(default=False)

    indicator: Mapped[Indicator] = relationship()

    __table_args__ = (
        UniqueConstraint("indicator_id", "part", "position"),
        CheckConstraint("part in ('baseline', 'target', 'benchmark')", name="part"),
        CheckConstraint("(numerator is null) = (denominator is null)", name="fraction"),
    )


class Milestone(Base):
    """Something that will have happened by a date: of the plan as a whole, an objective or an activity."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    kind: Mapped[str] = mapped_column(default="other")
    due: Mapped[str | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    objective: Mapped[Objective | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    responsible: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("milestone"),
        CheckConstraint(f"{_filled('objective_id', 'activity_id')} <= 1", name="at_most_one_row"),
    )


class BudgetLine(Base):
    """Money for an activity: an amount, a range, or quantity × times × unit cost, in one currency.

    `year` is the fiscal year that begins in that calendar year; `currency` None means the plan's. `rate` is the
    unit cost of the State's table that `unit_cost` was taken from: the line keeps the amount of that day.
    """

    __tablename__ = "budget_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    amount: Mapped[Decimal | None] = mapped_column(Exact)
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    quantity: Mapped[Decimal | None] = mapped_column(Exact)
    times: Mapped[Decimal | None] = mapped_column(Exact)
    unit_cost: Mapped[Decimal | None] = mapped_column(Exact)
    unit: Mapped[dict[str, str] | None] = mapped_column(Words)
    year: Mapped[int | None]
    source: Mapped[dict[str, str] | None] = mapped_column(Words)
    funding: Mapped[str] = mapped_column(default="unknown")
    kind: Mapped[str | None]
    currency: Mapped[str | None]
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    beneficiary: Mapped[dict[str, str] | None] = mapped_column(Words)
    conditions: Mapped[dict[str, str] | None] = mapped_column(Words)
    for_womens_organisations: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[dict[str, str] | None] = mapped_column(Words)
    rate_id: Mapped[int | None] = mapped_column(ForeignKey("unit_cost.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    activity: Mapped[Activity] = relationship()
    rate: Mapped[UnitCost | None] = relationship()
    funder: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint("funding in ('secured', 'pledged', 'gap', 'unknown')", name="funding"),
        CheckConstraint(
            "amount is not null or (low is not null and high is not null)"
            " or (quantity is not null and unit_cost is not null)",
            name="some_money",
        ),
    )
