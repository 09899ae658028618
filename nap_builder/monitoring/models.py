"""How the plan goes: figures reported, the state of activities and milestones, money spent."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.database import Base, Data, Exact, Words


class IndicatorValue(Base):
    """A figure for a period. `series` keeps several series of one thing apart; `corrects` marks a correction."""

    __tablename__ = "indicator_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    period_starts: Mapped[date | None]
    period_ends: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    text: Mapped[dict[str, str] | None] = mapped_column(Words)
    source: Mapped[dict[str, str] | None] = mapped_column(Words)
    cells: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    quality: Mapped[str] = mapped_column(default="provisional")
    missing: Mapped[str | None]
    note: Mapped[dict[str, str] | None] = mapped_column(Words)
    series: Mapped[str | None]
    corrects: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("quality in ('verified', 'provisional', 'estimate')", name="quality"),)


class ActivityProgress(Base):
    """The status of an activity as last said."""

    __tablename__ = "activity_progress"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str]


class MilestoneProgress(Base):
    """The state of a milestone as last said, with the reason where one is given."""

    __tablename__ = "milestone_progress"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str | None]
    met_on: Mapped[date | None]
    reason: Mapped[dict[str, str] | None] = mapped_column(Words)


class Spending(Base):
    """What became of a budget line's money, in the line's currency."""

    __tablename__ = "spending"

    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id", ondelete="CASCADE"), primary_key=True)
    approved: Mapped[Decimal | None] = mapped_column(Exact)
    committed: Mapped[Decimal | None] = mapped_column(Exact)
    disbursed: Mapped[Decimal | None] = mapped_column(Exact)
    spent: Mapped[Decimal | None] = mapped_column(Exact)
