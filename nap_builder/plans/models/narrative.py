"""The plan's text: sections, and one row a paragraph, with its history."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, Words, new_key
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


class Section(Base):
    """A part of the narrative. Its `key` is the stable name in the address; the `owner` is who writes it."""

    __tablename__ = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    key: Mapped[str]
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(Words)
    place: Mapped[str] = mapped_column(default="body")
    restricted: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    easy: Mapped[dict[str, str] | None] = mapped_column(Words)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    owner: Mapped[Institution | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("place in ('front', 'body', 'annex')", name="place"),
    )


class Paragraph(Base):
    """One paragraph, heading or table, in the safe Markdown subset of `kernel.paragraphs`."""

    __tablename__ = "paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="paragraph")
    text: Mapped[dict[str, str]] = mapped_column(Words)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    section: Mapped[Section] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("kind in ('paragraph', 'heading', 'table')", name="kind"),
    )


class Photograph(Base):
    """A photograph in a section, under the paragraph whose key is `after`, or at the head where there is none.

    The picture is kept in two sizes (`services/photographs.py`): `stored_as` names the one for print, `width` and
    `height` are its own, in pixels. `alt` says in words what is to be seen, in every language of the plan (WCAG 2.2,
    1.1.1). It is no part of nap-plan/1; a version keeps its own list (`PlanVersion.photographs`).
    """

    __tablename__ = "photograph"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(default=new_key)
    after: Mapped[str | None]
    stored_as: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[dict[str, str]] = mapped_column(Words)
    caption: Mapped[dict[str, str] | None] = mapped_column(Words)
    credit: Mapped[str | None]
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    row_version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship()
    section: Mapped[Section] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (UniqueConstraint("plan_id", "key"),)


class ParagraphText(Base):
    """What a paragraph said from a moment on: its history, never rewritten. `act` says what brought it about."""

    __tablename__ = "paragraph_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Utc, default=now)
    by: Mapped[str]
    act: Mapped[str]
    text: Mapped[dict[str, str] | None] = mapped_column(Words)

    __table_args__ = (Index("ix_paragraph_text_paragraph_at", "paragraph_id", "id"),)
