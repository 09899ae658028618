"""How an organisation outside the government, or the auditor, judges an objective at the end of a period."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, Words, new_key
from nap_builder.monitoring.assessments.names import JUDGEMENTS
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.plans.models.framework import Objective
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

ONE_AUDITOR = "institution_id is null"


class Assessment(Base):
    """What one organisation says of an objective: `judgement`, and `said` in the languages it was written in.

    It stands beside what the government reports and is part of no sum. Without an institution it is the auditor's. An
    organisation has one of each objective and period: it is changed or withdrawn, and can be written again.
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id", ondelete="CASCADE"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    judgement: Mapped[str]
    said: Mapped[dict[str, str]] = mapped_column(Words)
    author: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(Utc, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    period: Mapped[ReportingPeriod] = relationship()
    objective: Mapped[Objective] = relationship()
    institution: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(f"judgement in ({', '.join(repr(one) for one in JUDGEMENTS)})", name="judgement"),
        Index("uq_assessment_institution", "period_id", "objective_id", "institution_id", unique=True),
        Index(
            "uq_assessment_auditor",
            "period_id",
            "objective_id",
            unique=True,
            sqlite_where=text(ONE_AUDITOR),
            postgresql_where=text(ONE_AUDITOR),
        ),
    )
