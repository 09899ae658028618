"""Letters that ask for contributions, and the roster of who was asked, answered, or is late (S/2007/567, 4-5)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.consultations.models.records import Consultation, Organisation
from nap_builder.kernel.database import Base, Words, new_key
from nap_builder.taskforce.models import Institution


class ConsultationLetter(Base):
    """The launch letter of a consultation, or one that follows it up, with the day by which an answer is asked for."""

    __tablename__ = "consultation_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    on_day: Mapped[date]
    answer_by: Mapped[date | None]
    text: Mapped[dict[str, str]] = mapped_column(Words)
    row_version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (CheckConstraint("kind in ('launch', 'follow_up')", name="kind"),)


class Addressee(Base):
    """One who was asked to contribute: an institution, an organisation of the directory, or one named in words."""

    __tablename__ = "consultation_addressee"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str | None]
    asked_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    note: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship()
    institution: Mapped[Institution | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (
        CheckConstraint(
            "(case when institution_id is null then 0 else 1 end)"
            " + (case when organisation_id is null then 0 else 1 end)"
            " + (case when name is null then 0 else 1 end) = 1",
            name="one_of",
        ),
        UniqueConstraint("consultation_id", "institution_id"),
        UniqueConstraint("consultation_id", "organisation_id"),
    )
