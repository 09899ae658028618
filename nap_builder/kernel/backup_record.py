"""The backups that were made, so that a page can say how old the last one is, and whether the next one is due."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, db, new_key

DUE_AFTER = timedelta(days=7)


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


def last_backup() -> Backup | None:
    """The newest backup that was made."""
    return db.session.scalar(select(Backup).order_by(Backup.made_at.desc()).limit(1))


def is_due(last: Backup | None) -> bool:
    """Whether a new backup is due, given the newest one: none was made in the last seven days."""
    return last is None or now() - last.made_at > DUE_AFTER


def backup_is_due() -> bool:
    """Whether there is no backup of the last seven days."""
    return is_due(last_backup())
