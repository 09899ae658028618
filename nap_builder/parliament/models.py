"""What happened to a plan in parliament, entry by entry, and how often parliament reviews it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Utc, Words, new_key
from nap_builder.parliament.names import KEPT, KINDS, LATE, OPEN, TABLING, UNDERTAKING
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


class HouseEntry(Base):
    """An entry of the record of parliament. `kind` says which of the columns it uses (see `names.SAYS`).

    `about` names rows of the `version` as people read them, `paragraph:41`, `activity:2.1.3`, `indicator:1.1.a`: a
    version never changes, so its numbers never come to mean something else. `body` is the committee or chamber. Of an
    undertaking, `owner` is the institution that keeps it, and it is open while `kept_on` is empty. Of a tabling,
    `embargoed_until` is the last day on which nobody else reads the version.
    """

    __tablename__ = "house_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str]
    day: Mapped[date]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    text: Mapped[dict[str, str] | None] = mapped_column(Words)
    version: Mapped[int | None]
    about: Mapped[list[str] | None] = mapped_column(Data)
    source: Mapped[str | None]
    public: Mapped[bool] = mapped_column(default=False)
    body: Mapped[dict[str, str] | None] = mapped_column(Words)
    embargoed_until: Mapped[date | None]
    asked_by: Mapped[str | None]
    answer: Mapped[dict[str, str] | None] = mapped_column(Words)
    answered_on: Mapped[date | None]
    debate_id: Mapped[int | None] = mapped_column(ForeignKey("house_entry.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    due: Mapped[date | None]
    kept_on: Mapped[date | None]
    kept_note: Mapped[dict[str, str] | None] = mapped_column(Words)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    owner: Mapped[Institution | None] = relationship(lazy="joined")
    debate: Mapped["HouseEntry | None"] = relationship(remote_side="HouseEntry.id")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        CheckConstraint(f"kind in ({', '.join(repr(kind) for kind in KINDS)})", name="kind"),
        CheckConstraint(f"(kind = '{UNDERTAKING}') = (owner_id is not null)", name="owner"),
        CheckConstraint("(owner_id is null) = (due is null)", name="due"),
        CheckConstraint(f"embargoed_until is null or kind = '{TABLING}'", name="embargo"),
        CheckConstraint("(answer is null) = (answered_on is null)", name="answered"),
    )

    @property
    def paragraphs(self) -> list[str]:
        """The numbers of the paragraphs that it is about."""
        return self._about("paragraph")

    @property
    def activities(self) -> list[str]:
        """The numbers of the activities that it is about."""
        return self._about("activity")

    @property
    def indicators(self) -> list[str]:
        """The numbers of the indicators that it is about."""
        return self._about("indicator")

    def _about(self, kind: str) -> list[str]:
        named = (one.split(":", 1) for one in self.about or ())
        return [code for of, code in named if of == kind]

    def standing(self, today: date) -> str:
        """How an undertaking stands on a day: a key of `STANDINGS`."""
        if self.kept_on is not None:
            return KEPT
        return LATE if self.due is not None and self.due < today else OPEN


class ReviewRhythm(Base):
    """That parliament reviews a plan every so many months; no months mean that nothing is agreed."""

    __tablename__ = "review_rhythm"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), unique=True)
    months: Mapped[int | None]
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
