"""The plan itself, its commitments, risks, policy reviews, and the codes it used before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.taskforce.models import Institution

DRAFTING, CONSULTATION, VALIDATION = "drafting", "consultation", "validation"
ADOPTED, IN_EXECUTION, UNDER_REVIEW, CLOSED = "adopted", "in_execution", "under_review", "closed"
NATIONAL = "national"
NOT_ASKED, ASKED, ACCEPTED, CHANGE_ASKED = "not_asked", "asked", "accepted", "change_asked"
BEING_WRITTEN = frozenset({DRAFTING, CONSULTATION, VALIDATION})


class Plan(Base):
    """A National Action Plan. Members bear the names of the exchange format (`nap-plan/1`).

    `languages` holds tags (BCP 47), the plan's own first. `country` is ISO 3166-1 alpha-3, `currency` ISO 4217.
    Members that are small and never asked for alone are kept as the format writes them (`adoption`, `rates`, …).
    `template` is the key of the template that it began from, whose advice stands beside its sections.
    `adopted_number` is the number of the version that stands adopted, also while an amendment of it is written.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    slug: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=DRAFTING)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    subtitle: Mapped[dict[str, str] | None] = mapped_column(Words)
    country: Mapped[str]
    level: Mapped[str] = mapped_column(default=NATIONAL)
    edition: Mapped[int] = mapped_column(default=1)
    starts: Mapped[date]
    ends: Mapped[date]
    languages: Mapped[list[str]] = mapped_column(Data)
    required_languages: Mapped[list[str] | None] = mapped_column(Data)
    currency: Mapped[str] = mapped_column(default="USD")
    reporting_months: Mapped[int] = mapped_column(default=12)
    labels: Mapped[dict[str, Any] | None] = mapped_column(Data)
    context: Mapped[list[str] | None] = mapped_column(Data)
    adoption: Mapped[dict[str, Any] | None] = mapped_column(Data)
    area: Mapped[dict[str, str] | None] = mapped_column(Words)
    issuing_body_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    reference: Mapped[str | None]
    part_of: Mapped[dict[str, Any] | None] = mapped_column(Data)
    succeeds: Mapped[dict[str, Any] | None] = mapped_column(Data)
    timezone: Mapped[str | None]
    fiscal_year_starts: Mapped[str] = mapped_column(default="01-01")
    regions: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    rates: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    abbreviations: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    signatures: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    vision: Mapped[dict[str, str] | None] = mapped_column(Words)
    civil_society_role: Mapped[str | None]
    monitoring: Mapped[dict[str, Any] | None] = mapped_column(Data)
    not_applicable: Mapped[list[dict[str, Any]] | None] = mapped_column(Data)
    template: Mapped[str | None]
    adopted_number: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Utc, default=now)
    changed_at: Mapped[datetime] = mapped_column(Utc, default=now)
    row_version: Mapped[int] = mapped_column(default=1)

    issuing_body: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(
            "state in ('drafting', 'consultation', 'validation', 'adopted', 'in_execution', 'under_review', 'closed')",
            name="state",
        ),
        CheckConstraint("starts <= ends", name="period"),
        CheckConstraint("edition >= 1", name="edition"),
    )

    @property
    def first_language(self) -> str:
        """The plan's own language."""
        return self.languages[0]

    @property
    def in_drafting(self) -> bool:
        """Whether the text may be changed: phases group the work and never lock it, so until the adoption."""
        return self.state in BEING_WRITTEN

    @property
    def being_amended(self) -> bool:
        """Whether the text may be changed although a version of it stands adopted."""
        return self.in_drafting and self.adopted_number is not None


class Commitment(Base):
    """How far an institution has committed itself to an objective or activity. Progress, not plan.

    `promised` is what it accepted, word for word (`plans/promises.py`); it is compared with the row after every change
    of the plan, and `changed_at` says since when the row says otherwise. `request` is the change that it asks for,
    `decision` what became of its last request, `correction` the last change that was called one of spelling. An answer
    that came by letter, call or paper bears its `source` until the institution confirms it.
    """

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), unique=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str]
    on: Mapped[date | None] = mapped_column("on_day")
    post: Mapped[dict[str, str] | None] = mapped_column(Words)
    asked_at: Mapped[datetime | None] = mapped_column(Utc)
    asked_by: Mapped[str | None]
    due: Mapped[date | None]
    reminded_at: Mapped[datetime | None] = mapped_column(Utc)
    answered_at: Mapped[datetime | None] = mapped_column(Utc)
    answered_by: Mapped[str | None]
    source: Mapped[str | None]
    entered_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(Utc)
    confirmed_by: Mapped[str | None]
    promised: Mapped[dict[str, Any] | None] = mapped_column(Data)
    changed_at: Mapped[datetime | None] = mapped_column(Utc)
    request: Mapped[dict[str, Any] | None] = mapped_column(Data)
    decision: Mapped[dict[str, Any] | None] = mapped_column(Data)
    correction: Mapped[dict[str, Any] | None] = mapped_column(Data)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint("state in ('not_asked', 'asked', 'accepted', 'change_asked')", name="state"),
        CheckConstraint("(objective_id is null) <> (activity_id is null)", name="one_row"),
        CheckConstraint("source is null or source in ('letter', 'call', 'paper')", name="source"),
    )

    @property
    def unconfirmed(self) -> bool:
        """Whether its answer was entered for the institution, which has not confirmed it yet."""
        return self.source is not None and self.confirmed_at is None


class Risk(Base):
    """Something that may go wrong, how likely and how grave, and the answer. `about` holds `kind:key` references."""

    __tablename__ = "risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str | None]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    likelihood: Mapped[str | None]
    impact: Mapped[str | None]
    response: Mapped[dict[str, str] | None] = mapped_column(Words)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    about: Mapped[list[str] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    owner: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        Index(
            "uq_risk_code",
            "plan_id",
            "code",
            unique=True,
            sqlite_where=text("archived_at is null and code is not null"),
            postgresql_where=text("archived_at is null and code is not null"),
        ),
    )


class PolicyReview(Base):
    """A policy held against a commitment: the gap found and what was decided (Pretoria 2007, recommendation 2.1a)."""

    __tablename__ = "policy_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    position: Mapped[int]
    policy: Mapped[dict[str, str]] = mapped_column(Words)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    title: Mapped[dict[str, str] | None] = mapped_column(Words)
    commitment: Mapped[dict[str, str] | None] = mapped_column(Words)
    finding: Mapped[dict[str, str] | None] = mapped_column(Words)
    gap: Mapped[dict[str, str] | None] = mapped_column(Words)
    entry_point: Mapped[dict[str, str] | None] = mapped_column(Words)
    objectives: Mapped[list[str] | None] = mapped_column(Data)
    decision: Mapped[str | None]
    decided_on: Mapped[date | None]
    done_on: Mapped[date | None]
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    institution: Mapped[Institution] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (UniqueConstraint("plan_id", "key"),)


class FormerCode(Base):
    """A code that a row bore before, so that an old address leads to the row."""

    __tablename__ = "former_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    kind: Mapped[str]
    code: Mapped[str]
    row_key: Mapped[str]
    until: Mapped[datetime] = mapped_column(Utc, default=now)

    __table_args__ = (Index("ix_former_code_kind_code", "plan_id", "kind", "code"),)
