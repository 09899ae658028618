"""The numbers of checks that a State sets itself."""

from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.database import Base


class Threshold(Base):
    """The number that a State set for the check of this key; without a row, the usual one holds."""

    __tablename__ = "threshold"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[int]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
