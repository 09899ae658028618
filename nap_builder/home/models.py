"""The reminders that a person was sent, and who keeps a task of a plan moving."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, new_key
from nap_builder.taskforce.models import Institution


class Reminder(Base):
    """A letter that told a person what needs them. `needs` are the keys of what it named."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Utc, default=now)
    urgent: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[list[str]] = mapped_column(Data)


class TaskOwner(Base):
    """What is said of a task of a plan: the institution that keeps it moving, and that it counts as finished."""

    __tablename__ = "task_owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    task: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    finished_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (UniqueConstraint("plan_id", "task"),)
