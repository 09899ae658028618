"""The documents of consultations, and which of them everybody may read."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.records import Consultation, ConsultationDocument
from nap_builder.consultations.queries.records import consultation_at, sees_where
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing


def documents(consultation: Consultation) -> Sequence[ConsultationDocument]:
    """The documents of a consultation in the order in which they came; none to whom it does not show where it was."""
    if not sees_where(consultation):
        return ()
    query = select(ConsultationDocument).where(ConsultationDocument.consultation_id == consultation.id)
    return db.session.scalars(query.order_by(ConsultationDocument.id)).all()


def document_at(slug: str, key: str, document: str) -> ConsultationDocument:
    """A document of a consultation. Raises Missing, also where it is not for this reader to know."""
    consultation = consultation_at(slug, key)
    if not sees_where(consultation):
        raise Missing
    return _of(consultation, document)


def may_be_public(consultation: Consultation) -> bool:
    """Whether documents of a consultation may be shown to everybody: it is public itself and not of high risk."""
    return consultation.visibility == "public" and not consultation.hides_where


def public_documents(consultation: Consultation) -> Sequence[ConsultationDocument]:
    """Those that everybody may read."""
    if not may_be_public(consultation) or consultation.archived_at is not None:
        return ()
    query = select(ConsultationDocument).where(
        ConsultationDocument.consultation_id == consultation.id, ConsultationDocument.public.is_(True)
    )
    return db.session.scalars(query.order_by(ConsultationDocument.id)).all()


def _of(consultation: Consultation, key: str) -> ConsultationDocument:
    query = select(ConsultationDocument).where(
        ConsultationDocument.consultation_id == consultation.id, ConsultationDocument.key == key
    )
    found: ConsultationDocument = one(query.options(joinedload(ConsultationDocument.consultation)))
    return found
