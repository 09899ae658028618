"""The results framework: pillars, objectives, outputs, activities, and the institutions involved in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.kernel.languages import folded
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

CO_LEAD, SUPPORTING = "co_lead", "supporting"


def unique_code(table: str) -> tuple[UniqueConstraint, Index]:
    """A plan uses a key once for ever, and a code once among the rows of a kind that are not archived."""
    living = sql("archived_at is null")
    code = Index(f"uq_{table}_code", "plan_id", "code", unique=True, sqlite_where=living, postgresql_where=living)
    return UniqueConstraint("plan_id", "key"), code


class Pillar(Base):
    """The first level: a pillar, outcome, line of effort, as the State calls it (`Plan.labels`)."""

    __tablename__ = "pillar"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    goal: Mapped[dict[str, str] | None] = mapped_column(Words)
    theme: Mapped[str | None]
    also_themes: Mapped[list[str] | None] = mapped_column(Data)
    areas: Mapped[list[str] | None] = mapped_column(Data)
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = unique_code("pillar")


class Objective(Base):
    """A change the State wants, below a pillar. `related` holds `kind:key` references."""

    __tablename__ = "objective"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    pillar_id: Mapped[int] = mapped_column(ForeignKey("pillar.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    description: Mapped[dict[str, str] | None] = mapped_column(Words)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    partners: Mapped[dict[str, str] | None] = mapped_column(Words)
    mandates: Mapped[list[str] | None] = mapped_column(Data)
    change_for_women: Mapped[dict[str, str] | None] = mapped_column(Words)
    theme: Mapped[str | None]
    topics: Mapped[list[str] | None] = mapped_column(Data)
    related: Mapped[list[str] | None] = mapped_column(Data)
    achieved_when: Mapped[dict[str, str] | None] = mapped_column(Words)
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    pillar: Mapped[Pillar] = relationship()
    lead: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = unique_code("objective")


class Output(Base):
    """An optional level between objective and activity."""

    __tablename__ = "output"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    partners: Mapped[dict[str, str] | None] = mapped_column(Words)
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    objective: Mapped[Objective] = relationship()
    lead: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = unique_code("output")


class Activity(Base):
    """What will be done. It stands under an output, an objective, or directly under a pillar.

    `pillar_id` is always set, `objective_id` also for an activity of an output, so that a page finds its rows with
    one condition. `starts` and `ends` are as precise as the plan says (`when` of the exchange format). `sought` is
    the folded code and title that the matrix searches.
    """

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    pillar_id: Mapped[int] = mapped_column(ForeignKey("pillar.id", ondelete="CASCADE"), index=True)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    output_id: Mapped[int | None] = mapped_column(ForeignKey("output.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    description: Mapped[dict[str, str] | None] = mapped_column(Words)
    expected_result: Mapped[dict[str, str] | None] = mapped_column(Words)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    partners: Mapped[dict[str, str] | None] = mapped_column(Words)
    starts: Mapped[str | None]
    ends: Mapped[str | None]
    timing: Mapped[str] = mapped_column(default="dated")
    time_as_stated: Mapped[dict[str, str] | None] = mapped_column(Words)
    costing: Mapped[str | None]
    costing_note: Mapped[dict[str, str] | None] = mapped_column(Words)
    restricted: Mapped[bool] = mapped_column(default=False)
    gender_marker: Mapped[int | None]
    regions: Mapped[list[str] | None] = mapped_column(Data)
    new: Mapped[bool | None]
    strategies: Mapped[list[str] | None] = mapped_column(Data)
    reach: Mapped[str | None]
    topics: Mapped[list[str] | None] = mapped_column(Data)
    related: Mapped[list[str] | None] = mapped_column(Data)
    mandates: Mapped[list[str] | None] = mapped_column(Data)
    more: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    sought: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    pillar: Mapped[Pillar] = relationship()
    objective: Mapped[Objective | None] = relationship()
    output: Mapped[Output | None] = relationship()
    lead: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("activity"),
        Index("ix_activity_plan_pillar", "plan_id", "pillar_id", "position"),
        CheckConstraint("output_id is null or objective_id is not null", name="place"),
        CheckConstraint("gender_marker between 0 and 2", name="gender_marker"),
    )


class Involvement(Base):
    """An institution that co-leads or supports an objective, output or activity."""

    __tablename__ = "involvement"

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    output_id: Mapped[int | None] = mapped_column(ForeignKey("output.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    part: Mapped[str]

    institution: Mapped[Institution] = relationship()

    __table_args__ = (
        CheckConstraint("part in ('co_lead', 'supporting')", name="part"),
        UniqueConstraint("objective_id", "institution_id", "part"),
        UniqueConstraint("output_id", "institution_id", "part"),
        UniqueConstraint("activity_id", "institution_id", "part"),
    )


@event.listens_for(Activity, "before_insert")
@event.listens_for(Activity, "before_update")
def _fold(_mapper: Mapper[Activity], _connection: Any, activity: Activity) -> None:
    activity.sought = folded("\n".join([activity.code, *activity.title.values()]))


# Who leads an activity, itself or by a row above, on rows joined with their output and objective.
EFFECTIVE_LEAD = func.coalesce(Activity.lead_id, Output.lead_id, Objective.lead_id)
