"""Templates that this installation made of its own plans."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, Words


class SavedTemplate(Base):
    """A template made of a plan. `document` is nap-template/1; `key` names it in addresses and is never used again."""

    __tablename__ = "saved_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    document: Mapped[dict[str, Any]] = mapped_column(Data)
    made_at: Mapped[datetime] = mapped_column(Utc, default=now)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
