"""Institutions of the State, the State itself, and a plan's task force."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.database import Base, Data, Words, new_key
from nap_builder.taskforce.names import KINDS, SECTORS

POSTS = ("head", "manager", "staff")  # who answers for an institution's part
CORE_SECTORS = ("womens_affairs", "defence", "interior", "foreign_affairs")  # Pretoria 2007, paragraph 8


def _listed(column: str, values: Iterable[str]) -> str:
    return f"{column} in ({', '.join(repr(value) for value in values)})"


class Installation(Base):
    """The State that this installation serves; one row. `state_name` and `service_name` stand in every head.

    `brand` and `accent` are colours as `#rrggbb`, `crest` the name of a picture in the storage (`identity.py`).
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    state_name: Mapped[dict[str, str]] = mapped_column(Words)
    service_name: Mapped[dict[str, str] | None] = mapped_column(Words)
    brand: Mapped[str | None]
    accent: Mapped[str | None]
    crest: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class Institution(Base):
    """A body that leads, supports, funds or watches. Belongs to the installation; unique by code.

    `approves_reports` says that its focal point approves what its officials report, before anybody verifies it.
    """

    __tablename__ = "institution"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[dict[str, str]] = mapped_column(Words)
    short: Mapped[dict[str, str] | None] = mapped_column(Words)
    kind: Mapped[str]
    sector: Mapped[str | None]
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    focal_post: Mapped[dict[str, str] | None] = mapped_column(Words)
    accountable: Mapped[dict[str, Any] | None] = mapped_column(Data)
    approves_reports: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)

    part_of: Mapped["Institution | None"] = relationship(remote_side="Institution.id")

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(_listed("kind", KINDS), name="kind"),
        CheckConstraint(f"sector is null or {_listed('sector', SECTORS)}", name="sector"),
    )

    @property
    def called(self) -> dict[str, str]:
        """The short name where there is one, for lists and matrices."""
        return self.short or self.name


class TaskForce(Base):
    """What is said of a plan's task force as a body; its institutions are memberships."""

    __tablename__ = "task_force"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), unique=True)
    mandate: Mapped[dict[str, str] | None] = mapped_column(Words)
    chair_reason: Mapped[dict[str, str] | None] = mapped_column(Words)
    meets_every_months: Mapped[int | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("meets_every_months between 1 and 24", name="meets_every_months"),)


class Membership(Base):
    """An institution that a plan names, in the plan's order, and its seats in the task force, if any."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    position: Mapped[int]
    chair: Mapped[bool] = mapped_column(default=False)
    member: Mapped[bool] = mapped_column(default=False)
    observer: Mapped[bool] = mapped_column(default=False)

    institution: Mapped[Institution] = relationship(lazy="joined")

    __table_args__ = (UniqueConstraint("plan_id", "institution_id"),)
