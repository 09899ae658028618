"""The doors through which a plan comes in as a file, and goes out."""

import io
from collections.abc import Callable

from flask import Blueprint, Response, request, send_file, url_for

from nap_builder.exchange import events, services, uploads
from nap_builder.exchange.container import may_be_word
from nap_builder.exchange.details import MOST_SHOWN, details
from nap_builder.exchange.fault import Refused
from nap_builder.exchange.forms import ConfirmForm, FileForm
from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.policy import import_reach, reading_reach
from nap_builder.exchange.reading import MOST_BYTES
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word import pages as word
from nap_builder.exchange.word.choices import Found
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Duplicate
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import go_to, page, repeatable, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at, plan_or_none

rooms = Blueprint("exchange", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Answer = Response | tuple[str, int] | str


@rooms.get("/w/<slug:slug>/import")
@requires("exchange.file.import", on=plan_at)
def import_file(plan: Plan) -> str:
    """Asks for the file that is to be taken in over a plan."""
    return page("exchange/file.html", plan=plan, form=FileForm())


@rooms.post("/w/<slug:slug>/import")
@repeatable
@requires("exchange.file.import", on=plan_at)
def preview(plan: Plan) -> Answer:
    """Shows what a file would change; nothing is saved yet."""
    return _look(FileForm(), plan)


@rooms.post("/w/<slug:slug>/import/confirm")
@requires("exchange.file.import", on=plan_at)
def confirm_import(plan: Plan) -> Answer:
    """Takes in the file that was looked at, unless the plan was changed since."""
    form = ConfirmForm()
    incoming, slug = services.read(uploads.fetch(actor().id, form.upload.data or "")), plan.slug
    try:
        with transaction():
            plan = plan_at(slug)
            services.unchanged_since_listed(plan, form.compared.data)
            services.apply(actor(), incoming, plan=plan, remove=form.remove.data, only=import_reach(actor(), plan))
            return see_other("home.workspace", slug=slug, said=_("The file is taken in."))
    except Refused as refused:
        return _faults(refused, plan_at(slug))
    except services.ChangedSince:
        return _list(incoming, plan_at(slug), form.upload.data or "", again=True), 409


@rooms.get("/plans/import")
@requires("plans.plan.start")
def new_plan_file() -> str:
    """Asks for the file that a new plan is to begin with."""
    return page("exchange/file.html", plan=None, form=FileForm())


@rooms.post("/plans/import")
@repeatable
@requires("plans.plan.start")
def preview_new() -> Answer:
    """Shows what a new plan would hold; nothing is saved yet."""
    return _look(FileForm(), None)


@rooms.post("/plans/import/confirm")
@requires("plans.plan.start")
def confirm_new() -> Answer:
    """Starts a plan with the file that was looked at."""
    incoming = services.read(uploads.fetch(actor().id, ConfirmForm().upload.data or ""))
    with transaction():
        services.apply(actor(), incoming)
        return see_other("home.workspace", slug=incoming.slug, said=_("The plan is here."))


@rooms.get("/w/<slug:slug>/import/word/<key:upload>")
@requires("exchange.file.import", on=plan_at)
def sort_word(plan: Plan, upload: str) -> str:
    """What was found in a Word file that is to be taken in over a plan."""
    return word.found_page(plan, upload, word.sorting_of(plan, upload))


@rooms.post("/w/<slug:slug>/import/word/<key:upload>")
@repeatable
@requires("exchange.file.import", on=plan_at)
def preview_word(plan: Plan, upload: str) -> Answer:
    """Shows every row and section that would come of a Word file; nothing is saved yet."""
    return _or_faults(word.look, plan, upload)


@rooms.post("/w/<slug:slug>/import/word/<key:upload>/confirm")
@requires("exchange.file.import", on=plan_at)
def confirm_word(plan: Plan, upload: str) -> Answer:
    """Takes in what was chosen of a Word file, unless the plan was changed since."""
    sort, slug = word.sorting_of(plan, upload), plan.slug
    if not sort.form.validate():
        return word.found_page(plan, upload, sort), 422
    try:
        incoming, reach = word.outcome_of(sort).incoming, import_reach(actor(), plan)
        with transaction():
            plan = plan_at(slug)
            services.unchanged_since_listed(plan, request.form.get("compared"))
            services.apply(actor(), incoming, plan=plan, only=reach, act=events.WORD_IMPORTED)
            return see_other("home.workspace", slug=slug, said=_("The file is taken in."))
    except Refused as refused:
        return _faults(refused, plan_at(slug))
    except services.ChangedSince:
        return word.preview_page(plan_at(slug), upload, word.sorting_of(plan_at(slug), upload), again=True), 409


@rooms.get("/plans/import/word/<key:upload>")
@requires("plans.plan.start")
def sort_new_word(upload: str) -> str:
    """What was found in a Word file that a new plan is to begin with."""
    return word.found_page(None, upload, word.sorting_of(None, upload))


@rooms.post("/plans/import/word/<key:upload>")
@repeatable
@requires("plans.plan.start")
def preview_new_word(upload: str) -> Answer:
    """Shows what a new plan would hold; nothing is saved yet."""
    return _or_faults(word.look, None, upload)


@rooms.post("/plans/import/word/<key:upload>/confirm")
@requires("plans.plan.start")
def confirm_new_word(upload: str) -> Answer:
    """Starts a plan with what was chosen of a Word file."""
    sort = word.sorting_of(None, upload)
    if not sort.form.validate():
        return word.found_page(None, upload, sort), 422
    incoming = word.outcome_of(sort).incoming
    with transaction():
        services.apply(actor(), incoming, act=events.WORD_STARTED)
        return see_other("home.workspace", slug=incoming.slug, said=_("The plan is here."))


@rooms.get("/w/<slug:slug>/export")
@requires("exchange.file.export", on=plan_at)
def save_as(plan: Plan) -> str:
    """Asks as what kind of file the plan is wanted."""
    bodies = services.institutions_leading(plan, reading_reach(actor(), plan))
    return page("exchange/export.html", plan=plan, bodies=bodies)


@rooms.get("/w/<slug:slug>/export.json")
@requires("exchange.file.export", on=plan_at)
def export(plan: Plan) -> Response:
    """The working plan as canonical JSON, without restricted parts that are not for this reader."""
    content = services.plan_file(plan, None, _profile(), only=reading_reach(actor(), plan))
    return file_answer(content, "application/json", f"{plan.slug}.json")


@rooms.get("/w/<slug:slug>/export.xlsx")
@requires("exchange.file.export", on=plan_at)
def export_workbook(plan: Plan) -> Response:
    """The working plan, or the rows of one institution, as a workbook, without restricted parts that are not for this
    reader.
    """
    institution = request.args.get("institution") or None
    only = reading_reach(actor(), plan)
    content = services.plan_workbook(plan, None, _profile(), language=tag(), institution=institution, only=only)
    name = f"{plan.slug}-{institution.lower()}.xlsx" if institution else f"{plan.slug}.xlsx"
    return file_answer(content, XLSX, name)


@rooms.get("/w/<slug:slug>/export.csv.zip")
@requires("exchange.file.export", on=plan_at)
def export_tables(plan: Plan) -> Response:
    """The working plan as tables (CSV), without restricted parts that are not for this reader."""
    content = services.plan_tables(plan, None, _profile(), language=tag(), only=reading_reach(actor(), plan))
    return file_answer(content, "application/zip", f"{plan.slug}.csv.zip")


def _profile() -> str:
    return "public" if request.args.get("profile") == "public" else "working"


def file_answer(content: bytes, mimetype: str, name: str) -> Response:
    """The answer that saves a file under a name; no browser keeps a copy."""
    answer = send_file(io.BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _look(form: FileForm, plan: Plan | None) -> Answer:
    if not form.validate():
        return page("exchange/file.html", plan=plan, form=form), 422
    with form.file.data.stream as stream:
        content = stream.read(MOST_BYTES + 1)
    if may_be_word(content):
        return _look_into_word(form, plan, content)
    try:
        incoming = services.read(content)
        shown = _list(incoming, plan, uploads.keep(actor().id, content))
    except Refused as refused:
        return _faults(refused, plan)
    except Duplicate as error:
        form.refuse("file", error.message)
        return page("exchange/file.html", plan=plan, form=form), 409
    return shown


def _look_into_word(form: FileForm, plan: Plan | None, content: bytes) -> Answer:
    """Leads to what was found in a Word file; what is wrong with it stands beside its field."""
    try:
        Found(content)
    except Unreadable as error:
        form.refuse("file", error.message)
        return page("exchange/file.html", plan=plan, form=form), 422
    upload = uploads.keep(actor().id, content)
    if plan is None:
        return go_to(url_for("exchange.sort_new_word", upload=upload))
    return go_to(url_for("exchange.sort_word", slug=plan.slug, upload=upload))


def _or_faults(looks: Callable[[Plan | None, str], Answer], plan: Plan | None, upload: str) -> Answer:
    try:
        return looks(plan, upload)
    except Refused as refused:
        return _faults(refused, plan)


@rooms.errorhandler(413)
def too_large(_error: Exception) -> tuple[str, int]:
    """What is larger than this service takes at all is refused beside the field of the file, where a file was sent."""
    plan = plan_or_none((request.view_args or {}).get("slug", ""))
    allowed = {"exchange.preview": ("exchange.file.import", plan), "exchange.preview_new": ("plans.plan.start", None)}
    action, subject = allowed.get(request.endpoint or "", ("", None))
    if not action or (action == "exchange.file.import" and plan is None) or not can(action, subject):
        return page("errors/413.html", message=""), 413
    form = FileForm(formdata=None)
    form.file.errors = [_("The file is larger than %(size)s MB.", size=MOST_BYTES // 1_000_000)]
    return page("exchange/file.html", plan=plan, form=form), 413


def _list(incoming: Incoming, plan: Plan | None, upload: str, *, again: bool = False) -> str:
    seen = services.preview(incoming, plan, only=import_reach(actor(), plan) if plan else None)
    form = ConfirmForm(formdata=None)
    form.upload.data, form.compared.data = upload, services.moment_of(plan)
    shown = details(seen.changes, seen.merge)
    return page(
        "exchange/changes.html",
        plan=plan,
        form=form,
        again=again,
        notes=seen.notes,
        counts=seen.counts,
        groups=shown,
        most=MOST_SHOWN,
        title=incoming.document["plan"]["title"],
    )


def _faults(refused: Refused, plan: Plan | None) -> tuple[str, int]:
    return page("exchange/faults.html", plan=plan, form=FileForm(formdata=None), faults=refused.faults), 422
