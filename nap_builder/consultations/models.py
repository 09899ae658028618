"""Consultations held, and what was said in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.plans.models.framework import unique_code
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


class Consultation(Base):
    """A meeting, hearing or call for comments. `participants` holds counts of people, never names."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    kind: Mapped[str]
    round: Mapped[str | None]
    with_whom: Mapped[list[str] | None] = mapped_column(Data)
    starts: Mapped[date]
    ends: Mapped[date | None]
    entered_on: Mapped[date | None]
    place: Mapped[dict[str, str] | None] = mapped_column(Words)
    region: Mapped[str | None]
    languages: Mapped[list[str] | None] = mapped_column(Data)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    version: Mapped[int | None]
    visibility: Mapped[str] = mapped_column(default="task_force")
    attribution: Mapped[str | None]
    risk: Mapped[str] = mapped_column(default="low")
    participants: Mapped[dict[str, int] | None] = mapped_column(Data)
    organisations: Mapped[list[Any] | None] = mapped_column(Data)
    summary: Mapped[dict[str, str] | None] = mapped_column(Words)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    host: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("consultation"),
        CheckConstraint("visibility in ('public', 'task_force', 'steward')", name="visibility"),
        CheckConstraint("risk in ('low', 'medium', 'high')", name="risk"),
    )


class Contribution(Base):
    """Something that was said, and the answer. `about` and the response's `changed` hold `kind:key` references."""

    __tablename__ = "contribution"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    text: Mapped[dict[str, str]] = mapped_column(Words)
    by: Mapped[str | None] = mapped_column("said_by")
    attribution: Mapped[str] = mapped_column(default="anonymous")
    channel: Mapped[str | None]
    held_on: Mapped[date | None]
    entered_on: Mapped[date | None]
    theme: Mapped[str | None]
    group: Mapped[str | None] = mapped_column("grouped_as")
    about: Mapped[list[str] | None] = mapped_column(Data)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    response: Mapped[dict[str, Any] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    consultation: Mapped[Consultation] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = unique_code("contribution")
