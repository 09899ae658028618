"""The doors of the editions of a version: having one made, and taking it away."""

from typing import Any

from flask import Response, g, request

from nap_builder.kernel import storage
from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import words_in
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, version_at, versions
from nap_builder.publishing import events, queries
from nap_builder.publishing.asking import ask_for_editions
from nap_builder.publishing.edition import FULL, Which, which_of
from nap_builder.publishing.forms import EditionForm
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.routes import chosen_language, file_in, rooms

HOME = "/w/<slug:slug>/versions/<int:number>/editions"


@rooms.get(HOME)
@requires("plans.draft.read", on=version_at)
def editions(version: PlanVersion) -> str:
    """The editions of a version that are made, and the form that has another one made."""
    return _page(version, _form(version))


@rooms.post(HOME)
@requires("plans.draft.read", on=version_at)
def make_edition(version: PlanVersion) -> Any:
    """Has an edition made in a language."""
    form = _form(version)
    if not form.validate():
        return _page(version, form), 422
    with transaction():
        job = ask_for_editions(version, [form.which], [form.written_in.data or ""])
        record(events.DOCUMENT_ASKED, actor(), job, plan=version.plan.slug, number=version.number)
        return see_other("oversight.job", key=job.key)


@rooms.get("/plan/<slug:slug>/v/<int:number>/edition.pdf")
@requires("publishing.plan.read", on=queries.opened)
def edition_pdf(opened: Opened) -> Response:
    """An edition that was made; of a redline both versions have to be open to who reads it. Raises Missing."""
    which, language = _which(), chosen_language(opened.plan)
    g.personal = not opened.published
    if which.against is not None:
        older = queries.opened(opened.plan.slug, which.against)
        demand("publishing.plan.read", older)
        g.personal = g.personal or not older.published
    document = queries.issued(opened.version, kind=which.name, profile=PUBLIC, language=language)
    if document is None or not storage.exists(document.stored_as):
        raise Missing
    about = which.name.replace(":", "-")
    name = f"{opened.plan.slug}-v{opened.version.number}-{about}-{language}.pdf"
    return file_in(storage.get(document.stored_as), name, document.sha256)


def _which() -> Which:
    """The edition that the address asks for. Raises Missing where there is no such."""
    asked = request.args
    against = asked.get("against", "")
    if not (against == "" or (against.isascii() and against.isdigit() and len(against) < 10)):
        raise Missing
    which = Which(asked.get("edition", ""), int(against) if against else None, asked.get("institution") or None)
    if not which.consistent or which.kind == FULL:
        raise Missing
    return which


def _form(version: PlanVersion) -> EditionForm:
    document = frozen_document(version, PUBLIC)
    earlier = [one.number for one in versions(version.plan) if one.number < version.number]
    bodies = [(row["code"], _named(row["name"], version)) for row in document["institutions"]]
    return EditionForm(languages=version.plan.languages, versions=earlier, institutions=bodies)


def _named(name: Any, version: PlanVersion) -> str:
    return words_in(name if isinstance(name, dict) else {version.plan.first_language: name})


def _page(version: PlanVersion, form: EditionForm) -> str:
    made = queries.editions_of([version])[version.id]
    given = {"plan": version.plan, "version": version, "form": form, "made": made, "which_of": which_of}
    return page("publishing/editions.html", **given)
