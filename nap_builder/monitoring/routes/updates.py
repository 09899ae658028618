"""The doors to one update: its form, saved as a draft, sent, or confirmed unchanged in one press."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, request

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, MalformedForm, WrongState
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import DOCUMENTS, keep
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.monitoring.forms.update import UpdateForm, content_of, update_form
from nap_builder.monitoring.models import OPEN, ProgressUpdate
from nap_builder.monitoring.policy import reports_for
from nap_builder.monitoring.queries.due import Due, due_at
from nap_builder.monitoring.queries.periods import period_at
from nap_builder.monitoring.routes.blueprint import CYCLE, files_limited, rooms
from nap_builder.monitoring.routes.opened import looks_of, opened
from nap_builder.monitoring.routes.places import place_of
from nap_builder.monitoring.services import evidence, updates
from nap_builder.monitoring.services.content import Content, faults_of, faults_of_status

Answer = Response | tuple[str, int] | str
Act = Callable[[Due, Content], ProgressUpdate]
Told = Callable[[Due, ProgressUpdate], Response]
ROW = CYCLE + "/<any(activity, indicator, milestone):kind>/<key:key>"
DRAFT, CORRECT = "draft", "monitoring.update.correct"


def due_here(slug: str, ends: str, kind: str, key: str) -> Due:
    """What is due about the row of an address, for who acts now. Raises Missing."""
    return due_at(period_at(slug, ends), kind, key, actor())


@rooms.get(ROW)
@requires("plans.draft.read", on=due_here)
def update(due: Due) -> str:
    """The form of an update; of a period that is not open, what was reported in it."""
    _only_who_reports(due)
    return update_page(due, update_form(due))


@rooms.post(ROW)
@requires("plans.draft.read", on=due_here)
@files_limited
def save_update(due: Due) -> Answer:
    """Sends an update and goes on to the next, or keeps it as a draft."""
    _only_who_reports(due)
    if request.form.get("act") == DRAFT:
        return tried(due, update_form(due), _keep_draft, _kept, whole=False)
    return tried(due, update_form(due), _send, _on_to_the_next, whole=True)


@rooms.post(ROW + "/unchanged")
@requires("plans.draft.read", on=due_here)
def unchanged(due: Due) -> Answer:
    """Confirms in one press that nothing changed since the period before."""
    _only_who_reports(due)
    form, place = Form(), place_of(due)
    if not form.validate():
        raise MalformedForm
    try:
        with transaction():
            fresh = due_here(**place)
            updates.confirm_unchanged(actor(), fresh, seen=form.seen.data)
            return see_other("home.my", said=_("%(code)s is confirmed unchanged.", code=fresh.row.code))
    except WrongState as refusal:
        fresh = due_here(**place)
        return update_page(fresh, update_form(fresh), refusal.message), 409


def _only_who_reports(due: Due) -> None:
    """Lets who reports for the institution pass; that a period is closed is then said in words, with what was typed."""
    if due.being_corrected:
        demand(CORRECT, due.update)
    elif due.period.state == OPEN or not reports_for(actor(), due):
        demand("monitoring.update.write", due)


def _send(due: Due, content: Content, seen: int | None) -> ProgressUpdate:
    return updates.submit(actor(), due, content, seen=seen)


def _keep_draft(due: Due, content: Content, seen: int | None) -> ProgressUpdate:
    return updates.save_draft(actor(), due, content, seen=seen)


def _on_to_the_next(due: Due, update: ProgressUpdate) -> Response:
    for look in looks_of(due, update):
        flash(look)
    if update.corrects_id is not None:
        said = _("The correction of %(code)s is sent. It counts from now on, and is verified anew.", code=due.row.code)
        return see_other("monitoring.one_update", slug=due.plan.slug, key=update.key, said=said)
    return see_other("home.my", said=_("%(code)s is sent.", code=due.row.code))


def _kept(due: Due, _update: ProgressUpdate) -> Response:
    said = _("%(code)s is saved as a draft. It counts once you send it.", code=due.row.code)
    return see_other("monitoring.update", said=said, **place_of(due))


def tried(due: Due, form: UpdateForm, act: Any, told: Told, *, whole: bool) -> Answer:
    """Does an act with what the form says, in one transaction, and answers; else the page again with what was typed.

    A `whole` update is held to every rule, a draft only to the shape of its fields. The answer is 422 for faults, 409
    where the period or the update takes no changes.
    """
    place = place_of(due)
    form.refuse_strangers(request.form)
    try:
        updates.open_for(due, entered=form.entered, draft=not whole)  # before a file that comes with it is kept
    except WrongState as refusal:
        return update_page(due, form, refusal.message), 409
    content = _read(due, form, whole=whole)
    if content is None:
        return update_page(due, form), 422
    try:
        with transaction():
            fresh = due_here(**place)
            update = act(fresh, content, form.seen.data)
            for proof in form.proofs():
                evidence.add(actor(), update, proof)
            return told(fresh, update)
    except BadInput as error:
        refused(form, error)
        return update_page(due_here(**place), form), 422
    except WrongState as refusal:
        return update_page(due_here(**place), form, refusal.message), 409


def _read(due: Due, form: UpdateForm, *, whole: bool) -> Content | None:
    """What the form says; None where something is wrong with it, which then stands beside its fields."""
    valid = form.validate()
    try:
        if form.proof.data:
            with form.proof.data.stream as stream:
                folder = f"evidence/{due.plan.key}"
                form.keep(keep(folder, stream, field="proof", kinds=DOCUMENTS, plain=True))
    except BadInput as error:
        refused(form, error)
        return None
    if not valid:
        _judge_status(due, form, whole=whole)
        return None
    content = content_of(form)
    for name, message in faults_of(due, content) if whole else ():
        form.refuse(name, message)
    return None if form.errors else content


def _judge_status(due: Due, form: UpdateForm, *, whole: bool) -> None:
    """Says what is wrong with the status in the same round as what cannot be read."""
    if whole and "status" in form and not (form.status.errors or form.said.errors):
        said = {form.sheets.tongue: form.said.data} if form.said.data else None
        for name, message in faults_of_status(due, Content(form.status.data, said)):
            form.refuse(name, message)


def update_page(due: Due, form: UpdateForm, refusal: str = "") -> str:
    """The page of an update; `refusal` says why nothing was saved."""
    return page("monitoring/update.html", plan=due.plan, form=form, refusal=refusal, **opened(due, form))
