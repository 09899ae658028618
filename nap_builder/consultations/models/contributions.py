"""What was said, in which group it is shown, and what was answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ATTRIBUTIONS, listed
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.plans.models.framework import unique_code
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

GONE = "–"  # what stands for words that were withdrawn or erased; the exchange format knows no empty text


class Contribution(Base):
    """Something that was said, and the answer. `about` and the response's `changed` hold `kind:key` references.

    `text` holds it in the `language` in which it was said, and beside it in those into which it was translated.
    `proposed` is the wording that it suggests for the first row it is about. `draft` is an answer that is not
    published, as `response` is: `{decision, text, changed, by, on}`. A contribution is hidden with `hidden_because`,
    never deleted; one that is withdrawn has lost its text.
    """

    __tablename__ = "contribution"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    code: Mapped[str]
    position: Mapped[int]
    text: Mapped[dict[str, str]] = mapped_column(Words)
    language: Mapped[str | None]
    proposed: Mapped[str | None]
    taken_over_on: Mapped[date | None]
    by: Mapped[str | None] = mapped_column("said_by")
    attribution: Mapped[str] = mapped_column(default="anonymous")
    channel: Mapped[str | None]
    held_on: Mapped[date | None]
    entered_on: Mapped[date | None]
    entered_by: Mapped[str | None]
    theme: Mapped[str | None]
    group: Mapped[str | None] = mapped_column("grouped_as")
    about: Mapped[list[str] | None] = mapped_column(Data)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    hidden_because: Mapped[dict[str, str] | None] = mapped_column(Words)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    asked_on: Mapped[date | None]
    draft: Mapped[dict[str, Any] | None] = mapped_column(Data)
    response: Mapped[dict[str, Any] | None] = mapped_column(Data)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    consultation: Mapped[Consultation] = relationship()
    asked: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        *unique_code("contribution"),
        CheckConstraint(listed("attribution", ATTRIBUTIONS), name="attribution"),
    )

    def forget(self) -> None:
        """Takes its words and its name away for good; that something was said, and the answer, stay."""
        self.withdrawn, self.by, self.attribution = True, None, "anonymous"
        self.text, self.proposed, self.draft = dict.fromkeys(self.text, GONE), None, None

    @property
    def shown(self) -> bool:
        """Whether its text may be shown at all: it is neither withdrawn nor hidden."""
        return not self.withdrawn and self.hidden_because is None


class ContributionGroup(Base):
    """Contributions that say the same, put together to be read and answered once. `code` is their `group`."""

    __tablename__ = "contribution_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    code: Mapped[str]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (UniqueConstraint("plan_id", "code"),)
