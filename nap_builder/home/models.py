"""The reminders that a person was sent, the link of a calendar, and who keeps a task of a plan moving."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.accounts.models import Person
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


class CalendarLink(Base):
    """A secret address under which a calendar reads the days of one person. Only a digest of its token is kept.

    A person has one that works at most; one that was revoked or replaced never works again. `used_on` is the last day
    (UTC) on which a calendar asked.
    """

    __tablename__ = "calendar_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Utc, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)
    used_on: Mapped[date | None]

    person: Mapped[Person] = relationship()


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
