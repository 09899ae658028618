"""People, the roles they hold, and how they sign in."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.actor import Role
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, new_key

GRANTED = tuple(role.value for role in Role if role is not Role.PUBLIC)
INVITATION, RESET = "invitation", "reset"
WEEKLY, URGENT, NEVER = "weekly", "urgent", "never"


class Person(UserMixin, Base):
    """Someone with an account. `email` is kept in lower case; `password` is an argon2id hash, None until chosen.

    `totp_secret` is encrypted at rest; `totp_step` is the last time step a code was taken at, so that none is
    taken twice; `recovery_codes` are hashes. `letters` is how often the person wants to be reminded by mail.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    post: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    letters: Mapped[str] = mapped_column(default=WEEKLY)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=lambda: uuid4().hex)
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None]
    recovery_codes: Mapped[list[Any] | None] = mapped_column(Data)
    created_at: Mapped[datetime] = mapped_column(Utc, default=now)
    row_version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list["RoleGrant"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="RoleGrant.id"
    )

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("letters in ('weekly', 'urgent', 'never')", name="letters"),)

    @property
    def roles(self) -> list[Any]:  # type: ignore[override]
        """Nothing: rights come from the access table, never from the sign-in library."""
        return []

    @property
    def called(self) -> str:
        """The name a page shows: the person's own, or the address until one is given."""
        return self.name or self.email


class RoleGrant(Base):
    """A role that a person holds, for an institution where the role is one's own institution's."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    granted_at: Mapped[datetime] = mapped_column(Utc, default=now)

    __table_args__ = (
        CheckConstraint(f"role in ({', '.join(repr(role) for role in GRANTED)})", name="role"),
        UniqueConstraint("person_id", "role", "institution_id", "plan_id"),
    )


class HandOver(Base):
    """All duties of one person given to another in one act, kept so that they can be handed back.

    `duties` are the grants that moved, each with role, institution_id, plan_id, and `new`: whether the successor did
    not hold it before. `closed` says whether the account was closed with it.
    """

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    duties: Mapped[list[dict[str, Any]]] = mapped_column(Data)
    closed: Mapped[bool]
    done_at: Mapped[datetime] = mapped_column(Utc, default=now)
    returned_at: Mapped[datetime | None] = mapped_column(Utc)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    successor: Mapped[Person] = relationship(foreign_keys=successor_id)


class SignIn(Base):
    """A session on the server. The browser holds the token, the table only its SHA-256."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(Utc, default=now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)

    person: Mapped[Person] = relationship(lazy="joined")


class OneTimeLink(Base):
    """A link that works once, for an invitation or a new password. Only the SHA-256 of its token is kept."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Utc, default=now)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("purpose in ('invitation', 'reset')", name="purpose"),)


class RememberedDevice(Base):
    """A device on which an official need not type a code again until a day; only its token's SHA-256 is kept."""

    __tablename__ = "remembered_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Utc)


class FailedTry(Base):
    """A sign-in that failed. Account and address are keyed digests; the rows are dropped after a day."""

    __tablename__ = "failed_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_digest: Mapped[str]
    address_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(Utc, default=now)

    __table_args__ = (Index("ix_failed_try_account_at", "account_digest", "at"),)
