"""A report on a period: the facts as they stood when it was made, and what people wrote beside them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, new_key
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.plans.models.plan import Plan

PROGRESS, CARD, FACTS = "progress", "card", "facts"
PILLARS, THEMES = "pillars", "themes"
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"


class Report(Base):
    """A report of one kind on one period.

    `facts` is what `queries.facts.facts_of` drew from monitoring at `drawn_at`: figures, and every sentence in each
    language that the plan had then. `texts` is what people wrote, by the name of its place (`places.py`) and by
    language. Neither changes while it is published, nor as it is withdrawn: a trigger of the database refuses it.
    """

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id", ondelete="CASCADE"))
    kind: Mapped[str]
    grouped_by: Mapped[str] = mapped_column(default=PILLARS)
    state: Mapped[str] = mapped_column(default=DRAFT)
    facts: Mapped[dict[str, Any]] = mapped_column(Data)
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(Data)
    drawn_at: Mapped[datetime] = mapped_column(Utc, default=now)
    published_at: Mapped[datetime | None] = mapped_column(Utc)
    published_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)
    withdrawn_reason: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    period: Mapped[ReportingPeriod] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("period_id", "kind"),
        CheckConstraint("kind in ('progress', 'card', 'facts')", name="kind"),
        CheckConstraint("grouped_by in ('pillars', 'themes')", name="grouped_by"),
        CheckConstraint("state in ('draft', 'published', 'withdrawn')", name="state"),
        CheckConstraint("state <> 'published' or published_at is not null", name="published"),
    )

    @property
    def languages(self) -> list[str]:
        """The languages that it is in, the plan's own first."""
        return list(self.facts["languages"])

    @property
    def public(self) -> bool:
        """Whether everybody may read it now: published, since the progress of its period was published last.

        When that is withdrawn, corrected and published again, the report has older facts until it is published anew.
        """
        since = self.period.published_at
        return self.state == PUBLISHED and bool(since and self.published_at and since <= self.published_at)
