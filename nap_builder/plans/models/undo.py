"""What a person did last, kept for a while so that it can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, new_key
from nap_builder.plans.models.plan import Plan


class Undo(Base):
    """One act of one person on rows of a plan, and how they stood before it.

    `first_entry` to `last_entry` are the numbers of the audit trail that tell the act. `steps` are those of
    `services.standing`. `report` is what an act on several rows did with each (`services.bulk`).
    """

    __tablename__ = "undo"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Utc, default=now, index=True)
    undone_at: Mapped[datetime | None] = mapped_column(Utc)
    first_entry: Mapped[int]
    last_entry: Mapped[int]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Data)
    report: Mapped[dict[str, Any] | None] = mapped_column(Data)

    plan: Mapped[Plan] = relationship()
