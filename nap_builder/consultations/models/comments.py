"""What people send through the public form, before a person has looked at it, and what is sealed for the steward.

A comment waits here, apart from the contributions, so that no page, file or sum can show one by mistake; accepted, it
becomes a contribution. Its row id is drawn by lot and its day is all that is kept of the time, so that rows cannot be
put into the order in which they came (security study T1).
"""

import secrets
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ATTRIBUTIONS, COMMENT_STATES, listed
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, Words, new_key
from nap_builder.plans.models.plan import Plan


def drawn_by_lot() -> int:
    """A row id of 62 bits that tells nothing of when the row was made."""
    return 1 + secrets.randbits(62)


class Comment(Base):
    """A comment on one row of an open draft. `about` is a `kind:key` reference in the consultation's version.

    `sealed` is what only the steward's private key opens; `text` and `proposed` are then empty. `receipt` is a keyed
    digest (hex) of the number that the person was shown. `reason` says why it was refused; `reply` is what the holder
    of the receipt of a sealed comment reads; from the day `settled_on` its time to be kept counts. Nothing tells who
    sent it, from where, or when on its day.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False, default=drawn_by_lot
    )
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    about: Mapped[str]
    language: Mapped[str]
    text: Mapped[str | None]
    proposed: Mapped[str | None]
    name: Mapped[str | None]
    attribution: Mapped[str] = mapped_column(default="anonymous")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    stored_as: Mapped[str | None]
    entered_on: Mapped[date]
    settled_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[dict[str, str] | None] = mapped_column(Words)
    reply: Mapped[dict[str, str] | None] = mapped_column(Words)
    receipt: Mapped[str | None] = mapped_column(unique=True)
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id", ondelete="SET NULL"))
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    consultation: Mapped[Consultation] = relationship()
    contribution: Mapped[Contribution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(listed("state", COMMENT_STATES), name="state"),
        CheckConstraint(listed("attribution", ATTRIBUTIONS), name="attribution"),
        CheckConstraint("sealed is null or (text is null and proposed is null and name is null)", name="sealed_alone"),
    )


class StewardKey(Base):
    """The public half of the steward's key (X25519, 32 bytes). The private half is never on the server."""

    __tablename__ = "steward_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    set_by: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(Utc, default=now)
    retired_at: Mapped[datetime | None] = mapped_column(Utc)


class RetentionRun(Base):
    """The day on which it was last looked for what has been kept long enough; one row."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    ran_on: Mapped[date]


class Erasure(Base):
    """That the words of a contribution were erased on request: its key, so that old copies forget them too."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    erased_on: Mapped[date]
