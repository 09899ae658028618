"""The champion of a plan, and the posts and yearly budget of the machinery that coordinates it; none is exported."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Exact, Words, new_key
from nap_builder.taskforce.models import Institution


class Champion(Base):
    """The office that stands up for the plan at the highest level; one a plan. `since` is a date as exact as known."""

    __tablename__ = "champion"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), unique=True)
    post: Mapped[dict[str, str]] = mapped_column(Words)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    since: Mapped[str | None]
    task: Mapped[dict[str, str] | None] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": row_version}


class MachineryPost(Base):
    """Posts of one title in the machinery: how many are filled, and how many vacant."""

    __tablename__ = "machinery_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    filled: Mapped[int] = mapped_column(default=0)
    vacant: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("filled >= 0 and vacant >= 0", name="counts"),)


class MachineryBudget(Base):
    """Money of the machinery's own in one fiscal year, named by the year in which it begins. `currency` is ISO 4217."""

    __tablename__ = "machinery_budget"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Exact)
    currency: Mapped[str]
    source: Mapped[dict[str, str] | None] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


KINDS: dict[str, type[Champion | MachineryPost | MachineryBudget]] = {
    "champion": Champion,
    "post": MachineryPost,
    "budget": MachineryBudget,
}
