"""Documents of a consultation added, shown to everybody or not, and removed."""

from datetime import date

from nap_builder.consultations.events import records as events
from nap_builder.consultations.models.records import Consultation, ConsultationDocument
from nap_builder.consultations.queries.documents import may_be_public
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import Kept


def add(
    by: Actor, consultation: Consultation, title: dict[str, str], file: Kept, *, public: bool, day: date
) -> ConsultationDocument:
    """Adds a kept file, entered on a day. Raises BadInput where it may not be public."""
    if public and not may_be_public(consultation):
        raise BadInput("public", _refusal())
    document = ConsultationDocument(
        consultation=consultation,
        title=title,
        stored_as=file.stored_as,
        sha256=file.sha256,
        size=file.size,
        public=public,
        entered_on=day,
    )
    db.session.add(document)
    db.session.flush()
    _record(events.DOCUMENT_ADDED, by, document)
    return document


def show(by: Actor, document: ConsultationDocument, *, public: bool) -> None:
    """Says whether everybody may read a document. Raises WrongState where it may not be public."""
    if public and not may_be_public(document.consultation):
        raise WrongState(_refusal())
    before, document.public = document.public, public
    _record(events.DOCUMENT_SHOWN, by, document, (before, public))


def remove(by: Actor, document: ConsultationDocument) -> None:
    """Removes a document from its consultation."""
    _record(events.DOCUMENT_REMOVED, by, document)
    db.session.delete(document)


def _refusal() -> str:
    return _("Documents are public only where the consultation is, and is not of high risk.")


def _record(done: Act, by: Actor, document: ConsultationDocument, public: tuple[bool, bool] | None = None) -> None:
    consultation = document.consultation
    changes = {"public": public} if public else None
    record(done, by, consultation, changes=changes, plan=consultation.plan.slug, code=consultation.code)
