"""The doors to the documents of a consultation."""

from typing import Any

from flask import Response

from nap_builder.consultations.forms.records import DocumentForm, DocumentShownForm
from nap_builder.consultations.models.records import Consultation, ConsultationDocument
from nap_builder.consultations.queries import documents as queries
from nap_builder.consultations.queries.records import consultation_at
from nap_builder.consultations.routes.blueprint import ONE, rooms
from nap_builder.consultations.routes.records import to_one
from nap_builder.consultations.services import documents as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import DOCUMENTS, keep, served
from nap_builder.kernel.web import page
from nap_builder.plans.routes.saving import tried

WRITE = "consultations.record.write"
DOCUMENT = f"{ONE}/documents/<key:document>"


@rooms.get(f"{ONE}/documents/add")
@requires(WRITE, on=consultation_at)
def add_document(one: Consultation) -> str:
    """The form of a document."""
    return _page(one, DocumentForm(languages=one.plan.languages))


@rooms.post(f"{ONE}/documents/add")
@requires(WRITE, on=consultation_at)
def save_document(one: Consultation) -> Any:
    """Keeps a document; pictures are written anew, so that they say nothing of where they were taken."""
    form = DocumentForm(languages=one.plan.languages)

    def save() -> Response:
        with form.file.data.stream as stream:
            folder = f"consultations/{one.plan.key}/{one.key}"
            file = keep(folder, stream, field="file", kinds=DOCUMENTS, plain=True)
        title, public = form.title.data or {}, form.public.data == "yes"
        services.add(actor(), one, title, file, public=public, day=today(one.plan.timezone))
        return to_one(one, _("The document is added."), "documents")

    return tried(form, save) or (_page(one, form), 422)


@rooms.get(DOCUMENT)
@requires("consultations.record.read", on=queries.document_at)
def document(found: ConsultationDocument) -> Response:
    """A document, to be saved."""
    answer: Response = served(found.stored_as, f"document-{found.key[:8]}")
    return answer


@rooms.post(f"{DOCUMENT}/public")
@requires(WRITE, on=queries.document_at)
def show_document(found: ConsultationDocument) -> Response:
    """Says whether everybody may read it."""
    form = DocumentShownForm()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.show(actor(), found, public=form.public.data == "yes")
        return to_one(found.consultation, _("It is noted."), "documents")


@rooms.post(f"{DOCUMENT}/remove")
@requires(WRITE, on=queries.document_at)
def remove_document(found: ConsultationDocument) -> Response:
    """Removes it."""
    with transaction():
        services.remove(actor(), found)
        return to_one(found.consultation, _("The document is removed."), "documents")


def _page(one: Consultation, form: DocumentForm) -> str:
    return page(
        "consultations/document_form.html",
        plan=one.plan,
        one=one,
        form=form,
        may_be_public=queries.may_be_public(one),
    )
