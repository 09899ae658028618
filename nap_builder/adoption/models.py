"""Adoptions as they are proposed and settled, and amendments of an adopted plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.taskforce.models import Institution

OPEN, CONFIRMED, DECLINED, WITHDRAWN, EXPIRED = "open", "confirmed", "declined", "withdrawn", "expired"
OF_ADOPTION = "adoption"  # what the signatures of an adoption are said to be of


class Amendment(Base):
    """An adopted plan being changed: from which version (`version`), why, and until when. One at a time in a plan.

    `aside` holds what the plan said of its adoption and who signed it, which no text in between may bear.
    """

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    reason: Mapped[dict[str, str]] = mapped_column(Words)
    aside: Mapped[dict[str, Any]] = mapped_column(Data)
    begun_by: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(Utc, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)

    plan: Mapped[Plan] = relationship()
    version: Mapped[PlanVersion] = relationship()

    __table_args__ = (
        Index(
            "uq_amendment_open",
            "plan_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class Adoption(Base):
    """The adoption of a plan: one half is the chair's proposal, the other the answer of another member.

    `record` holds what the act says, as the exchange format names it (level, instrument, number, date, gazette), and
    for an amendment the `summary`. `version` is the text proposed; `adopted` the further version that bears the record.
    `proposing` are the row ids of the institutions that proposed: none of them may answer. The scan lies in the storage
    under `scan_stored_as`. `gate_reason` says why the plan is adopted although checks are open, and is printed
    with the version. A trigger of the database refuses every change once it is no longer open.
    """

    __tablename__ = "adoption"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"))
    state: Mapped[str] = mapped_column(default=OPEN)
    record: Mapped[dict[str, Any]] = mapped_column(Data)
    scan_stored_as: Mapped[str]
    scan_sha256: Mapped[str]
    scan_size: Mapped[int]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_by: Mapped[str]
    proposed_post: Mapped[str | None]
    proposing: Mapped[list[int]] = mapped_column(Data)
    proposed_at: Mapped[datetime] = mapped_column(Utc, default=now)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_by: Mapped[str | None]
    answered_post: Mapped[str | None]
    answered_for_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Utc)
    reason: Mapped[str | None]
    gate_reason: Mapped[dict[str, str] | None] = mapped_column(Words)
    adopted_id: Mapped[int | None] = mapped_column(ForeignKey("plan_version.id"))

    plan: Mapped[Plan] = relationship()
    version: Mapped[PlanVersion] = relationship(foreign_keys=[version_id])
    adopted: Mapped[PlanVersion | None] = relationship(foreign_keys=[adopted_id])
    amendment: Mapped[Amendment | None] = relationship()
    answered_for: Mapped[Institution | None] = relationship()

    __table_args__ = (
        CheckConstraint("state in ('open', 'confirmed', 'declined', 'withdrawn', 'expired')", name="state"),
        CheckConstraint("answered_by_id is null or answered_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint(
            "state <> 'confirmed' or "
            "(answered_by_id is not null and answered_for_id is not null and adopted_id is not null)",
            name="confirmed",
        ),
        Index(
            "uq_adoption_open",
            "plan_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    @property
    def standing(self) -> str:
        """Its state at this moment: an open one whose days have passed is expired."""
        return EXPIRED if self.state == OPEN and self.expires_at <= now() else self.state

    @property
    def scan_type(self) -> str:
        """The end of the scan's file name: pdf, jpg or png."""
        return self.scan_stored_as.rpartition(".")[2]
