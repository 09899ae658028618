"""Meetings of a plan's task force with all that minutes hold, and the dated steps of the process."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.meetings.names import (
    APPROVED,
    ATTENDANCE,
    CANCELLED,
    DRAFTED,
    HELD,
    OPEN,
    PHASES,
    PLANNED,
    STEP_STATES,
    STEPS,
)
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


def _listed(column: str, values: Iterable[str]) -> str:
    return f"{column} in ({', '.join(repr(value) for value in values)})"


class Meeting(Base):
    """A meeting of the task force. `begins` and `until` are hours on the wall (HH:MM) in the IANA zone `timezone`.

    `minutes_version` counts the writings of the minutes, so that who writes them meets nobody who writes the rest.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    day: Mapped[date]
    begins: Mapped[str]
    until: Mapped[str | None]
    timezone: Mapped[str]
    place: Mapped[dict[str, str] | None] = mapped_column(Words)
    link: Mapped[str | None]
    minutes: Mapped[dict[str, str] | None] = mapped_column(Words)
    minutes_version: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    agenda: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", back_populates="meeting")
    attendance: Mapped[list["Attendance"]] = relationship(order_by="Attendance.id", back_populates="meeting")
    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.position", back_populates="meeting")
    approval: Mapped["Approval | None"] = relationship(back_populates="meeting", lazy="joined")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (UniqueConstraint("plan_id", "number"), CheckConstraint("number >= 1", name="number"))

    @property
    def starts_at(self) -> datetime:
        """When it begins, in its own zone."""
        return self._at(self.begins)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends, in its own zone, where that is said."""
        return self._at(self.until) if self.until else None

    def _at(self, hour: str) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(hour), ZoneInfo(self.timezone))

    @property
    def approved(self) -> bool:
        """Whether its minutes are approved, so that nothing in them changes any more."""
        return self.approval is not None

    def state_on(self, today: date) -> str:
        """How it stands on a day: a key of `MEETING_STATES`."""
        if self.approved:
            return APPROVED
        if self.cancelled_at is not None:
            return CANCELLED
        if self.minutes:
            return DRAFTED
        return PLANNED if self.day >= today else HELD

    def called(self, institution: Institution) -> dict[str, str]:
        """The name of an institution as these minutes give it: approved ones keep the name of that day."""
        kept = self.approval.institution_names.get(str(institution.id)) if self.approval else None
        return kept or institution.name


class AgendaItem(Base):
    """An item of a meeting's agenda, in order."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    note: Mapped[dict[str, str] | None] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship(back_populates="agenda")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def plan(self) -> Plan:
        """The plan of its meeting."""
        return self.meeting.plan


class Attendance(Base):
    """Whether an institution was at a meeting, and by whom: the post, not the person."""

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    state: Mapped[str]
    post: Mapped[dict[str, str] | None] = mapped_column(Words)

    meeting: Mapped[Meeting] = relationship(back_populates="attendance")
    institution: Mapped[Institution] = relationship(lazy="joined")

    __table_args__ = (
        UniqueConstraint("meeting_id", "institution_id"),
        CheckConstraint(_listed("state", ATTENDANCE), name="state"),
    )


class Decision(Base):
    """What a meeting decided, the institution that does it, and by when. It is open while `done_on` is empty."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[dict[str, str]] = mapped_column(Words)
    owner_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    due: Mapped[date]
    done_on: Mapped[date | None]
    done_by: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    owner: Mapped[Institution] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("(done_on is null) = (done_by is null)", name="done"),)

    @property
    def plan(self) -> Plan:
        """The plan of its meeting."""
        return self.meeting.plan

    def is_late(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.done_on is None and self.due < today


class Approval(Base):
    """That the minutes of a meeting are approved; from then on the database refuses to change what they hold.

    `institution_names` maps row ids of the institutions in the minutes to their names on that day. The table's name
    comes after those of what it closes, since a backup is restored in that order.
    """

    __tablename__ = "minutes_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    approved_on: Mapped[date]
    approved_by: Mapped[str]
    institution_names: Mapped[dict[str, dict[str, str]]] = mapped_column(Data)

    meeting: Mapped[Meeting] = relationship(back_populates="approval")


class Step(Base):
    """A dated step of the process. `kind` is one of the usual steps; a step of the State's own has a `title`."""

    __tablename__ = "process_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    kind: Mapped[str | None]
    title: Mapped[dict[str, str] | None] = mapped_column(Words)
    phase: Mapped[str]
    position: Mapped[int]
    due: Mapped[date]
    state: Mapped[str] = mapped_column(default=OPEN)
    done_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "kind"),
        CheckConstraint(f"kind is null or {_listed('kind', STEPS)}", name="kind"),
        CheckConstraint("(kind is null) <> (title is null)", name="title"),
        CheckConstraint(_listed("phase", PHASES), name="phase"),
        CheckConstraint(_listed("state", STEP_STATES), name="state"),
        CheckConstraint("(state = 'done') = (done_on is not null)", name="done"),
    )

    def is_late(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.state == OPEN and self.due < today
