"""The doors of publishing: versions, their pages, comparisons and PDFs."""

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for

from nap_builder.kernel import storage
from nap_builder.kernel.access import can, demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.jobs import enqueue
from nap_builder.kernel.languages import Marked, _, read_first, tag
from nap_builder.kernel.web import page, see_other
from nap_builder.plans import reading
from nap_builder.plans.comparison import compare as compared
from nap_builder.plans.gates import GATE_NAMES
from nap_builder.plans.member_names import MEMBERS, value_said
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.names import COSTINGS, named
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.photographs import photograph_in
from nap_builder.plans.queries.versions import (
    PUBLIC,
    WORKING,
    former_key,
    frozen_document,
    record_of,
    records,
    version_at,
    versions,
)
from nap_builder.plans.services.photographs import small
from nap_builder.plans.services.versions import freeze as freeze_plan
from nap_builder.publishing import events, policy, queries, services  # noqa: F401 - rules and acts are declared
from nap_builder.publishing.asking import ask_for_all, ask_for_pdf
from nap_builder.publishing.edition import PDF, which_of
from nap_builder.publishing.file_checks import FAULTS
from nap_builder.publishing.forms import FreezeForm, PressForm
from nap_builder.publishing.jobs import make_draft
from nap_builder.publishing.models import Publication
from nap_builder.publishing.offered import offered
from nap_builder.publishing.photographs import still_there
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.renderers.letters import number_of

rooms = Blueprint("publishing", __name__)


@rooms.app_template_test("readable_version")
def readable_version(version: PlanVersion) -> bool:
    """Whether who asks may read a frozen version; for pages of rooms that know no publications."""
    return can("publishing.plan.read", Opened(version, queries.is_published(version)))


@rooms.get("/plan/<slug:slug>")
@requires("publishing.plan.read", on=queries.opened_plan)
def published(opened: Opened) -> str:
    return _reading_page(opened, "published")


@rooms.get("/plan/<slug:slug>/v/<int:number>")
@requires("publishing.plan.read", on=queries.opened)
def frozen(opened: Opened) -> str:
    return _reading_page(opened, "frozen")


def _reading_page(opened: Opened, where: str) -> str:
    g.personal = not opened.published or actor().signed_in
    document = frozen_document(opened.version, PUBLIC)
    read_first(reading.first_language(document))
    context = {"opened": opened, "plan": opened.plan, "document": document, "reading": reading, "where": where}
    chosen = request.args.get("part", "")
    issued = queries.issued_of([opened.version])[opened.version.id]
    if chosen.startswith("section-"):
        section = reading.section_of(document, chosen)
        shown = reading.photographs(document, section, still_there(opened.version.photographs or ()))
        return page("publishing/section.html", section=section, photographs=shown, chosen=chosen, **context)
    if chosen:
        return page("publishing/pillar.html", pillar=reading.pillar_of(document, chosen), chosen=chosen, **context)
    record = services.record_said(record_of(opened.version), PUBLIC)
    files = offered([opened.version])[opened.version.id]
    context |= {
        "issued": issued,
        "files": files,
        "which_of": which_of,
        "editions": queries.open_editions(opened.version),
    }
    return page("publishing/plan.html", record=record, **_record_words(), **context)


def _record_words() -> dict[str, Any]:
    """What templates use to say the record of a version; a rule is kept in English, and said in the page's language."""
    return {"gate_names": GATE_NAMES, "rule": lambda one: str(Marked(one["says"]))}


@rooms.get("/plan/<slug:slug>/v/<int:number>/photographs/<key:photograph>.jpg")
@requires("publishing.plan.read", on=queries.opened)
def version_photograph(opened: Opened, photograph: str) -> Response:
    """A photograph of a version in the size for screens, unless its section is not for publication."""
    found = photograph_in(opened.version, photograph)
    reading.section_of(frozen_document(opened.version, PUBLIC), f"section-{found['section']}")
    g.personal = not opened.published
    answer = Response(storage.get(small(found["stored_as"])), mimetype="image/jpeg")
    answer.set_etag(found["key"])
    answer.make_conditional(request)
    return answer


@rooms.get("/plan/<slug:slug>/activity/<code:code>")
@requires("publishing.plan.read", on=queries.opened_plan)
def activity(opened: Opened, code: str) -> Any:
    document = frozen_document(opened.version, PUBLIC)
    try:
        return _activity_page(opened, document, code)
    except Missing:
        key = former_key(opened.plan, "activity", code)
        present, _above = reading.activity_at(document, key=key)
        return redirect(url_for("publishing.activity", slug=opened.plan.slug, code=present["code"]), 301)


@rooms.get("/plan/<slug:slug>/v/<int:number>/activity/<code:code>")
@requires("publishing.plan.read", on=queries.opened)
def frozen_activity(opened: Opened, code: str) -> str:
    return _activity_page(opened, frozen_document(opened.version, PUBLIC), code)


def _activity_page(opened: Opened, document: reading.Document, code: str) -> str:
    g.personal = not opened.published or actor().signed_in
    found, above = reading.activity_at(document, code=code)
    read_first(reading.first_language(document))
    context = {"opened": opened, "plan": opened.plan, "document": document, "reading": reading}
    cost = named(COSTINGS, found.get("costing"))
    return page("publishing/activity.html", activity=found, above=above, cost=cost, **context)


@rooms.get("/plan/<slug:slug>/v/<int:before>..<int:number>")
@requires("publishing.plan.read", on=queries.opened)
def compare(opened: Opened, before: int) -> str:
    older = queries.opened(opened.plan.slug, before)
    demand("publishing.plan.read", older)
    profile = chosen_profile(opened.plan)
    old, new = frozen_document(older.version, profile), frozen_document(opened.version, profile)
    read_first(reading.first_language(new))
    context: dict[str, Any] = {
        "plan": opened.plan,
        "older": older.version,
        "newer": opened.version,
        "new": new,
        "reading": reading,
    }
    context |= {"member_name": lambda name: named(MEMBERS, name), "value_said": value_said}
    return page("publishing/compare.html", comparison=compared(old, new), profile=profile, **context)


def chosen_profile(plan: Plan) -> str:
    """The public profile, unless the working one is asked for by somebody who may read what is restricted."""
    if request.args.get("profile") != WORKING:
        return PUBLIC
    demand("plans.restricted.read", plan)
    return WORKING


@rooms.get("/plan/<slug:slug>/v/<int:number>.pdf")
@requires("publishing.plan.read", on=queries.opened)
def version_pdf(opened: Opened) -> Any:
    version, profile = opened.version, chosen_profile(opened.plan)
    language = chosen_language(opened.plan)
    document = queries.issued(version, kind=PDF, profile=profile, language=language)
    if document is None or not storage.exists(document.stored_as):
        waiting = page("publishing/no_pdf.html", opened=opened, plan=opened.plan, press=PressForm(), language=language)
        return waiting, 404, {"Retry-After": "30"}
    g.personal = profile == WORKING or not opened.published
    name = f"{opened.plan.slug}-v{version.number}-{language}.pdf"
    return file_in(storage.get(document.stored_as), name, document.sha256)


def file_in(content: bytes, name: str, digest: str | None = None) -> Response:
    """A PDF that a browser shows, under a name to save it by."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if digest:
        answer.set_etag(digest)
        answer.make_conditional(request)
    return answer


def chosen_language(plan: Plan) -> str:
    """The language asked for, else the reader's where the plan has it, else the plan's first."""
    asked = request.args.get("written_in") or request.form.get("written_in") or tag()
    return asked if asked in plan.languages else plan.first_language


@rooms.get("/w/<slug:slug>/versions", endpoint="versions")
@requires("plans.draft.read", on=plans.plan_at)
def all_versions(plan: Plan) -> str:
    return _versions_page(plan, FreezeForm(languages=plan.languages))


def _versions_page(plan: Plan, form: FreezeForm) -> str:
    found = versions(plan)
    return page(
        "publishing/versions.html",
        plan=plan,
        form=form,
        press=PressForm(),
        found=found,
        issued=queries.issued_of(found),
        editions=queries.editions_of(found),
        which_of=which_of,
        files=offered(found),
        publications={one.version_id: one for one in reversed(queries.publications(plan))},
        records={one.version_id: services.record_said(one, _profile_of(plan)) for one in records(plan)},
        **_record_words(),
        faults=FAULTS,
        number_of=number_of,
        drafts=[language for language in plan.languages if storage.exists(services.draft_name(plan, language))],
    )


def _profile_of(plan: Plan) -> str:
    """The working profile for who may read what is restricted."""
    return WORKING if can("plans.restricted.read", plan) else PUBLIC


@rooms.post("/w/<slug:slug>/versions")
@requires("plans.version.freeze", on=plans.plan_at)
def freeze(plan: Plan) -> Any:
    form = FreezeForm(languages=plan.languages)
    if not form.validate():
        return _versions_page(plan, form), 422
    with transaction():
        version = freeze_plan(actor(), plan, form.note.data)
        ask_for_pdf(version, [plan.first_language])
        said = _("Version %(number)s is frozen. Its PDF is being made.", number=version.number)
        return see_other("publishing.versions", slug=plan.slug, said=said)


@rooms.post("/plan/<slug:slug>/v/<int:number>/pdf")
@requires("plans.draft.read", on=version_at)
def make_pdf(version: PlanVersion) -> Response:
    language = chosen_language(version.plan)
    with transaction():
        job = ask_for_pdf(version, [language])
        record(events.DOCUMENT_ASKED, actor(), job, plan=version.plan.slug, number=version.number)
        return see_other("oversight.job", key=job.key)


@rooms.post("/w/<slug:slug>/versions/<int:number>/publish")
@requires("publishing.version.publish", on=version_at)
def publish(version: PlanVersion) -> Response:
    with transaction():
        services.publish(actor(), version)
        ask_for_all(version)
        said = _("Version %(number)s is published. Its PDFs are being made.", number=version.number)
        return see_other("publishing.versions", slug=version.plan.slug, said=said)


@rooms.post("/w/<slug:slug>/publications/<key:key>/withdraw")
@requires("publishing.version.publish", on=queries.publication_at)
def withdraw(publication: Publication) -> Response:
    form = PressForm()
    with transaction():
        services.withdraw(actor(), publication, seen=form.seen.data)
        version = publication.version
        said = _("Version %(number)s is withdrawn.", number=version.number)
        return see_other("publishing.versions", slug=version.plan.slug, said=said)


@rooms.get("/w/<slug:slug>/draft.pdf")
@requires("plans.draft.read", on=plans.plan_at)
def draft_pdf(plan: Plan) -> Any:
    language = chosen_language(plan)
    name = services.draft_name(plan, language)
    if not storage.exists(name):
        return page("publishing/no_draft.html", plan=plan, press=PressForm(), language=language)
    return file_in(storage.get(name), f"{plan.slug}-draft-{language}.pdf")


@rooms.post("/w/<slug:slug>/draft.pdf")
@requires("plans.draft.read", on=plans.plan_at)
def make_draft_pdf(plan: Plan) -> Response:
    language = chosen_language(plan)
    with transaction():
        href = url_for("publishing.draft_pdf", slug=plan.slug, written_in=language)
        given = {"slug": plan.slug, "written_in": language, "href": href}
        job = enqueue(make_draft, person_id=actor().id, plan_slug=plan.slug, language=tag(), **given)
        record(events.DRAFT_ASKED, actor(), plan)
        return see_other("oversight.job", key=job.key)
