"""How the plan goes: reporting periods, what institutions report in them, and what stands as last reported."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Exact, Utc, Words, new_key
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

PLANNED, OPEN, CLOSED = "planned", "open", "closed"
DRAFT, SUBMITTED, APPROVED, RETURNED, VERIFIED = "draft", "submitted", "approved", "returned", "verified"
COUNTED = (SUBMITTED, APPROVED, VERIFIED)  # what is said in an update counts from when it is submitted
ONLINE = "online"


def _only_one_of(*columns: str) -> str:
    return " + ".join(f"(case when {column} is null then 0 else 1 end)" for column in columns) + " = 1"


class ReportingPeriod(Base):
    """A span on which institutions report: first and last day, and the day by which reports are due.

    Days are in the plan's time zone. The chair opens and closes it; what a closed one holds is corrected by new
    records alone. `published_at` says since when the public sees what was verified in it.
    """

    __tablename__ = "reporting_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    starts: Mapped[date]
    ends: Mapped[date]
    due: Mapped[date]
    state: Mapped[str] = mapped_column(default=PLANNED)
    opened_at: Mapped[datetime | None] = mapped_column(Utc)
    closed_at: Mapped[datetime | None] = mapped_column(Utc)
    published_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "ends"),
        CheckConstraint("state in ('planned', 'open', 'closed')", name="state"),
        CheckConstraint("starts <= ends and ends <= due", name="days"),
    )


class ReportReminder(Base):
    """That an institution was reminded of what it has not reported in a period, and by whom."""

    __tablename__ = "report_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    at: Mapped[datetime] = mapped_column(Utc, default=now)
    by: Mapped[str] = mapped_column("by_name")


class ProgressUpdate(Base):
    """What an institution reports in a period on one activity, or on one indicator or milestone that stands alone.

    `status` is the activity's status; `said` the sentence in the languages it was written in. `figures` holds a value
    of nap-plan/1 by the key of each indicator, `spending` the amounts by the key of each budget line (decimals as
    text), `milestones` state, day met and reason by the key of each milestone: word for word what was reported.
    `unchanged` says that nothing changed since the update before. What came by letter, call or paper bears its
    `source` until the institution confirms it, and in `source_note` which document it was. A correction is a record of
    its own that points at what it `corrects`; `correction_reason` says why it was made. It came on `first_sent_at`, and
    was sent last on `submitted_at`.
    """

    __tablename__ = "progress_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), index=True)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"), unique=True)
    state: Mapped[str] = mapped_column(default=DRAFT)
    status: Mapped[str | None]
    said: Mapped[dict[str, str] | None] = mapped_column(Words)
    figures: Mapped[dict[str, dict[str, Any]] | None] = mapped_column(Data)
    spending: Mapped[dict[str, dict[str, str]] | None] = mapped_column(Data)
    milestones: Mapped[dict[str, dict[str, Any]] | None] = mapped_column(Data)
    unchanged: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default=ONLINE)
    source_note: Mapped[str | None]
    correction_reason: Mapped[str | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    author: Mapped[str]
    first_sent_at: Mapped[datetime | None] = mapped_column(Utc)
    submitted_at: Mapped[datetime | None] = mapped_column(Utc)
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(Utc)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None] = mapped_column(Utc)
    verifier_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_by: Mapped[str | None]
    verified_at: Mapped[datetime | None] = mapped_column(Utc)
    returned_by: Mapped[str | None]
    returned_at: Mapped[datetime | None] = mapped_column(Utc)
    return_reason: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    period: Mapped[ReportingPeriod] = relationship()
    institution: Mapped[Institution] = relationship()
    activity: Mapped[Activity | None] = relationship()
    indicator: Mapped[Indicator | None] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    corrects: Mapped["ProgressUpdate | None"] = relationship(remote_side="ProgressUpdate.id")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(_only_one_of("activity_id", "indicator_id", "milestone_id"), name="one_row"),
        CheckConstraint("state in ('draft', 'submitted', 'approved', 'returned', 'verified')", name="state"),
        CheckConstraint("source in ('online', 'letter', 'call', 'paper')", name="source"),
        CheckConstraint("approver_id is null or approver_id <> author_id", name="approver"),
        CheckConstraint("verifier_id is null or verifier_id <> author_id", name="verifier"),
        CheckConstraint("state <> 'verified' or verified_at is not null", name="verified"),
        *(
            Index(
                f"uq_progress_update_{kind}",
                "period_id",
                f"{kind}_id",
                unique=True,
                sqlite_where=text("corrects_id is null"),
                postgresql_where=text("corrects_id is null"),
            )
            for kind in ("activity", "indicator", "milestone")
        ),
    )

    @property
    def counts(self) -> bool:
        """Whether what it says counts: from when it is submitted, unless it is returned."""
        return self.state in COUNTED

    @property
    def is_open_correction(self) -> bool:
        """Whether it is a correction that its institution still writes: a draft, or returned."""
        return self.corrects_id is not None and self.state in (DRAFT, RETURNED)

    @property
    def is_its_own(self) -> bool:
        """Whether the institution writes it itself, as it does every correction; nobody enters over that."""
        return self.corrects_id is not None or self.source == ONLINE

    @property
    def unconfirmed(self) -> bool:
        """Whether it was entered for the institution, which has not confirmed it yet."""
        return self.source != ONLINE and self.confirmed_at is None


class Evidence(Base):
    """What shows that an update is true: an address on the web, or a file that is kept (its SHA-256; size in bytes)."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    update_id: Mapped[int] = mapped_column(ForeignKey("progress_update.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    url: Mapped[str | None]
    stored_as: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    removed_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    update: Mapped[ProgressUpdate] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("(url is null) <> (stored_as is null)", name="one_kind"),)

    @property
    def plan(self) -> Plan:
        """The plan of its update."""
        return self.update.plan


class StatusRule(Base):
    """How a plan judges its figures; one row a plan, absent while the defaults hold.

    `on_track` and `at_risk` are the least percentages of the expected way; `late_days` is after how many days a late
    milestone is grave, `jump` the change in per cent that is flagged, `stale_years` the age of a source that is.
    """

    __tablename__ = "status_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), unique=True)
    on_track: Mapped[int] = mapped_column(default=90)
    at_risk: Mapped[int] = mapped_column(default=60)
    late_days: Mapped[int] = mapped_column(default=90)
    jump: Mapped[int] = mapped_column(default=25)
    stale_years: Mapped[int] = mapped_column(default=3)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint("0 < at_risk and at_risk < on_track and on_track <= 100", name="order"),
        CheckConstraint("late_days > 0 and jump > 0 and stale_years > 0", name="positive"),
    )


class IndicatorValue(Base):
    """A figure for a period. `series` keeps several series of one thing apart; `corrects` marks a correction.

    `update_id` names the update that reported it; a value without one came in a file.
    """

    __tablename__ = "indicator_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id", ondelete="CASCADE"), index=True)
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

    update: Mapped[ProgressUpdate | None] = relationship()

    __table_args__ = (CheckConstraint("quality in ('verified', 'provisional', 'estimate')", name="quality"),)


class ActivityProgress(Base):
    """The status of an activity as last said: in an update, or in a file.

    `filed` keeps what a file had said before the first update, by column; so it is with milestones and money below.
    """

    __tablename__ = "activity_progress"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id", ondelete="CASCADE"), index=True)
    filed: Mapped[dict[str, Any] | None] = mapped_column(Data)
    status: Mapped[str]


class MilestoneProgress(Base):
    """The state of a milestone as last said, with the reason where one is given."""

    __tablename__ = "milestone_progress"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"), primary_key=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id", ondelete="CASCADE"), index=True)
    filed: Mapped[dict[str, Any] | None] = mapped_column(Data)
    state: Mapped[str | None]
    met_on: Mapped[date | None]
    reason: Mapped[dict[str, str] | None] = mapped_column(Words)


class Spending(Base):
    """What became of a budget line's money, in the line's currency."""

    __tablename__ = "spending"

    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id", ondelete="CASCADE"), primary_key=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id", ondelete="CASCADE"), index=True)
    filed: Mapped[dict[str, Any] | None] = mapped_column(Data)
    approved: Mapped[Decimal | None] = mapped_column(Exact)
    committed: Mapped[Decimal | None] = mapped_column(Exact)
    disbursed: Mapped[Decimal | None] = mapped_column(Exact)
    spent: Mapped[Decimal | None] = mapped_column(Exact)
