"""Frozen versions of a plan, and the records of the gates that were passed with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.plans.models.plan import Plan


class PlanVersion(Base):
    """A numbered, frozen version: two files of canonical bytes with their SHA-256 (hex).

    A trigger of the database refuses every change and removal. `former_numbers` says which number each paragraph
    had in the version before, by paragraph key. `photographs` are those that stood in it, as
    `plans.queries.photographs.told` writes them; the hashes do not cover them. `worn` is what
    the State wore, as `taskforce.identity.chosen` tells it; None for a version from before that was kept.
    """

    __tablename__ = "plan_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    frozen_at: Mapped[datetime] = mapped_column(Utc, default=now)
    frozen_by: Mapped[str]
    note: Mapped[dict[str, str] | None] = mapped_column(Words)
    working: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    working_sha256: Mapped[str]
    public: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    public_sha256: Mapped[str]
    former_numbers: Mapped[dict[str, str] | None] = deferred(mapped_column(Data))
    photographs: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    worn: Mapped[dict[str, str] | None] = mapped_column(Data)

    plan: Mapped[Plan] = relationship()

    __table_args__ = (UniqueConstraint("plan_id", "number"),)


class VersionRecord(Base):
    """How a plan stood when it passed a gate, with the version frozen then. The database refuses every change.

    `skipped` are the gates before it that were left out. `checks` is what was asked, in the order of the gates, as
    `plans.services.versions.Asked` writes it; `public_checks` the same of what the public may read.
    """

    __tablename__ = "version_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), unique=True)
    gate: Mapped[str]
    skipped: Mapped[list[str]] = mapped_column(Data)
    passed_at: Mapped[datetime] = mapped_column(Utc, default=now)
    passed_by: Mapped[str]
    reason: Mapped[dict[str, str] | None] = mapped_column(Words)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(Data)
    public_checks: Mapped[list[dict[str, Any]]] = mapped_column(Data)

    version: Mapped[PlanVersion] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("gate in ('consult', 'cabinet', 'parliament', 'adoption')", name="gate"),)
