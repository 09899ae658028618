"""Consultations held, the papers that belong to them, and the organisations that take part."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from nap_builder.consultations.names import ACCESSES, RISKS, VISIBILITIES, listed
from nap_builder.consultations.suppression import Shown, shown
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.plans.models.framework import unique_code
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


class Consultation(Base):
    """A meeting, hearing or call for comments. `participants` holds counts of people, never names; `counts` says
    what of them may be shown, and `counts_shown` keeps that with what earlier editions showed.

    `version` is the number of the frozen version that people are asked about. The window stands open from `opened_at`,
    the act of the chair, on the days `starts` to `ends` of the plan's time zone, until `closed_at`. A high `risk` hides
    place, date and organisations from all but those who keep the record (WHO 2007, recommendation 4; domain study 6).
    """

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
    counts_shown: Mapped[dict[str, Any] | None] = mapped_column(Data)
    organisations: Mapped[list[Any] | None] = mapped_column(Data)
    agenda: Mapped[dict[str, str] | None] = mapped_column(Words)
    summary: Mapped[dict[str, str] | None] = mapped_column(Words)
    access: Mapped[str] = mapped_column(default="public")
    other_ways: Mapped[dict[str, str] | None] = mapped_column(Words)
    takes_files: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None] = mapped_column(Utc)
    closed_at: Mapped[datetime | None] = mapped_column(Utc)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    host: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("consultation"),
        CheckConstraint(listed("visibility", VISIBILITIES), name="visibility"),
        CheckConstraint(listed("risk", RISKS), name="risk"),
        CheckConstraint(listed("access", ACCESSES), name="access"),
        CheckConstraint("opened_at is null or version is not null", name="opened_version"),
        CheckConstraint("closed_at is null or opened_at is not null", name="closed_after_opened"),
    )

    @validates("participants")
    def _keep_small_numbers(self, _name: str, counts: dict[str, int] | None) -> dict[str, int] | None:
        """Whoever counts the people anew, by hand or by a file: what may be shown of it follows from what was."""
        before = Shown.from_data(self.counts_shown) if self.counts_shown else None
        if counts:
            self.counts_shown = shown(counts, before).as_data()
        return counts

    @property
    def counts(self) -> dict[str, int | None]:
        """The numbers of people as they may be shown beyond the keepers of the record; None where one is not."""
        if not self.participants:
            return {}
        kept = self.counts_shown or shown(self.participants).as_data()
        return dict(kept["counts"])

    @property
    def hides_where(self) -> bool:
        """Whether place, date and organisations are shown to nobody but those who keep the record."""
        return self.risk == "high"


class ConsultationDocument(Base):
    """A file that belongs to a consultation, such as its agenda, its list of questions or its report."""

    __tablename__ = "consultation_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    stored_as: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    public: Mapped[bool] = mapped_column(default=False)
    entered_on: Mapped[date]

    consultation: Mapped[Consultation] = relationship()


class Organisation(Base):
    """An organisation of civil society that the State knows: what it works on, and whether it may be named.

    Belongs to the installation. It holds no person and no address: the directory is no list of members.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    name: Mapped[str] = mapped_column(unique=True)
    focus: Mapped[list[str] | None] = mapped_column(Data)
    region: Mapped[str | None]
    may_be_named: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class ProcessStage(Base):
    """What the secretariat says of women's groups' part in one stage of making the plan, where the log does not."""

    __tablename__ = "process_stage"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    stage: Mapped[str]
    part: Mapped[str]
    text: Mapped[dict[str, str] | None] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint("part in ('yes', 'partly', 'no')", name="part"),
        UniqueConstraint("plan_id", "stage"),
    )
