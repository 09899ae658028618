"""Requests for support, and the steps that each has taken."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Exact, Utc, Words, new_key
from nap_builder.plans.levels import ref
from nap_builder.plans.models.framework import Activity, Objective
from nap_builder.plans.models.plan import Plan
from nap_builder.support.names import STATES
from nap_builder.taskforce.models import Institution

LISTED = f"state in ({', '.join(repr(state) for state in STATES)})"


class SupportRequest(Base):
    """A need that the plan asks others to meet. `owner` is the institution whose request it is.

    It asks `addressee_id`, an institution, or whom `addressee` names in words. It may be about one objective or one
    activity; about a restricted activity it is as secret as that. `number` counts within the plan.
    """

    __tablename__ = "support_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    need: Mapped[dict[str, str]] = mapped_column(Words)
    change: Mapped[dict[str, str] | None] = mapped_column(Words)
    contact: Mapped[dict[str, str] | None] = mapped_column(Words)
    owner_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    addressee: Mapped[dict[str, str] | None] = mapped_column(Words)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id", ondelete="SET NULL"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    amount: Mapped[Decimal | None] = mapped_column(Exact)
    currency: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="draft")
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    owner: Mapped[Institution] = relationship(foreign_keys=owner_id)
    asked: Mapped[Institution | None] = relationship(foreign_keys=addressee_id)
    objective: Mapped[Objective | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    steps: Mapped[list["SupportStep"]] = relationship(order_by="SupportStep.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(LISTED, name="state"),
        CheckConstraint("objective_id is null or activity_id is null", name="one_row"),
        UniqueConstraint("plan_id", "number"),
    )

    @property
    def about(self) -> Objective | Activity | None:
        """The row of the plan that it is for, if there is one."""
        return self.activity or self.objective

    @property
    def reference(self) -> str | None:
        """That row as `kind:key`."""
        return ref(self.about) if self.about else None

    @property
    def restricted(self) -> bool:
        """Whether it is about something that not every reader of the draft may know of."""
        return self.activity is not None and self.activity.restricted


class SupportStep(Base):
    """A state that a request came into, on a day, with what is to be remembered of it. Never changed."""

    __tablename__ = "support_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    on_day: Mapped[date]
    note: Mapped[dict[str, str] | None] = mapped_column(Words)
    at: Mapped[datetime] = mapped_column(Utc, default=now)

    __table_args__ = (CheckConstraint(LISTED, name="state"),)
