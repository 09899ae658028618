"""Backups that were made, so that Home can say how old the last one is."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, new_key


class Backup(Base):
    """A backup: when, how large (bytes), its SHA-256 (hex), and when it was last found whole."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    made_at: Mapped[datetime] = mapped_column(Utc, default=now)
    size: Mapped[int]
    sha256: Mapped[str]
    stored_as: Mapped[str | None]
    verified_at: Mapped[datetime | None] = mapped_column(Utc)
