"""What has been issued: versions opened to the public, the documents made of them, and the list of every file."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, new_key
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion


class Publication(Base):
    """A version that the public may read, from a moment until it is withdrawn.

    `heard` is what was said about the plan and what was answered, as everybody could read it when the version was
    published: contributions go on, and a version does not hold them (`publishing/heard.py`).
    """

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    published_at: Mapped[datetime] = mapped_column(Utc, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)
    heard: Mapped[dict[str, Any] | None] = mapped_column(Data)
    row_version: Mapped[int] = mapped_column(default=1)

    version: Mapped[PlanVersion] = relationship()

    __mapper_args__ = {"version_id_col": row_version}


class IssuedDocument(Base):
    """A file made of a version, kept under `stored_as` and served again byte for byte. `sha256` is the file's own.

    `heard_sha256` is the digest of what was heard that is printed in it; None where nothing is. `faults` are those that
    `publishing/file_checks.py` found in it, and `letters` those that no font has a sign for.
    """

    __tablename__ = "issued_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    kind: Mapped[str]
    profile: Mapped[str]
    language: Mapped[str]
    release: Mapped[str]
    stored_as: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Utc, default=now)
    heard_sha256: Mapped[str | None]
    faults: Mapped[list[str] | None] = mapped_column(Data)
    letters: Mapped[str | None]

    version: Mapped[PlanVersion] = relationship()

    __table_args__ = (UniqueConstraint("version_id", "kind", "profile", "language"),)


class IssuedFile(Base):
    """A file that was once handed out, known for good by the SHA-256 of its bytes (hex).

    `kind` is a key of `verifying.KINDS`. Of the files with one `slot` the newest stands, and took the place of those
    before it. `number` is the version it was made of; None for what is no version's. `size` is in bytes; None for
    what was noted before sizes were.
    """

    __tablename__ = "issued_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    slot: Mapped[str] = mapped_column(index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int | None]
    profile: Mapped[str]
    language: Mapped[str]
    size: Mapped[int | None]
    issued_at: Mapped[datetime] = mapped_column(Utc, default=now)

    plan: Mapped[Plan] = relationship()
