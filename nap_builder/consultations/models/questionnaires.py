"""The questions that a consultation asks on paper, and how often each answer was given, by sex."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import QUESTION_KINDS, listed
from nap_builder.consultations.suppression import TOTAL, Shown, shown
from nap_builder.kernel.database import Base, Data, Utc, Words, new_key

SEXES = ("women", "men", "other", "undisclosed")


class Question(Base):
    """A question. `options` are the texts to choose from, for a choice; its answers in words are contributions.

    `sensitive` are questions about violence, ethnicity or disability: counts under ten are then not shown.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[dict[str, str]] = mapped_column(Words)
    kind: Mapped[str]
    options: Mapped[list[dict[str, str]] | None] = mapped_column(Data)
    sensitive: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()
    tallies: Mapped[list["Tally"]] = relationship(order_by="Tally.option", cascade="all, delete-orphan")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint(listed("kind", QUESTION_KINDS), name="kind"),)


class Tally(Base):
    """How many people gave one answer to a question: its place among the options (from 0), and counts by sex."""

    __tablename__ = "tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    option: Mapped[int]
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    other: Mapped[int] = mapped_column(default=0)
    undisclosed: Mapped[int] = mapped_column(default=0)
    counts_shown: Mapped[dict[str, Any] | None] = mapped_column(Data)

    __table_args__ = (
        UniqueConstraint("question_id", "option"),
        CheckConstraint("women >= 0 and men >= 0 and other >= 0 and undisclosed >= 0", name="counts"),
    )

    def tell(self, counts: dict[str, int], *, limit: int) -> None:
        """Takes counts by sex (keys of SEXES), and what may be shown of them after what was; `limit` as in `shown`."""
        before = Shown.from_data(self.counts_shown) if self.counts_shown else None
        for sex in SEXES:
            setattr(self, sex, counts.get(sex, 0))
        told = {sex: counts.get(sex, 0) for sex in SEXES}
        self.counts_shown = shown({TOTAL: sum(told.values()), **told}, before, limit=limit).as_data()
