"""The State's own table of unit costs."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.database import Base, Exact, Utc, Words, new_key


class UnitCost(Base):
    """What one of something costs the State, such as a trainer for a day; belongs to the installation.

    `currency` is ISO 4217; `valid_from` the calendar year from which the amount holds; `basis` where it comes from.
    """

    __tablename__ = "unit_cost"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    unit: Mapped[dict[str, str]] = mapped_column(Words)
    amount: Mapped[Decimal] = mapped_column(Exact)
    currency: Mapped[str]
    basis: Mapped[dict[str, str] | None] = mapped_column(Words)
    valid_from: Mapped[int]
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
