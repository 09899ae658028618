"""What institutions report: saved as a draft, sent, confirmed unchanged, entered for them and confirmed by them."""

from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit, WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.models import (
    APPROVED,
    DRAFT,
    ONLINE,
    OPEN,
    RETURNED,
    SUBMITTED,
    VERIFIED,
    ProgressUpdate,
)
from nap_builder.monitoring.queries.before import Before
from nap_builder.monitoring.queries.due import Due, subject_of
from nap_builder.monitoring.services.content import Content as Content
from nap_builder.monitoring.services.content import faults_of, may_be_unchanged, only_what_is_due, unchanged
from nap_builder.monitoring.services.settling import settle


def save_draft(by: Actor, due: Due, content: Content, *, seen: int | None) -> ProgressUpdate:
    """Keeps what is written so far; it counts for nothing yet, and what came back stays returned.

    Raises StaleEdit, MalformedForm, and WrongState where the period is not open or it was sent already.
    """
    open_for(due, draft=True)
    update = _opened(due, seen)
    _write(by, update, due, content)
    settle(update)
    _record(events.SAVED, by, update)
    return update


def submit(by: Actor, due: Due, content: Content, *, seen: int | None) -> ProgressUpdate:
    """Sends an update, which counts from now on; one that was sent before and not approved yet may be sent anew.

    Raises BadInput for the first fault of `faults_of`, else as `save_draft`.
    """
    update = _opened(due, seen)
    _sound(due, content)
    _write(by, update, due, content)
    return _sent(events.SUBMITTED, by, update)


def confirm_unchanged(by: Actor, due: Due, *, seen: int | None) -> ProgressUpdate:
    """Says that nothing changed: what was said last is said again, and 0 where figures are added up.

    Raises WrongState where something was never said before, else as `save_draft`.
    """
    open_for(due, draft=True)
    update, before = _opened(due, seen), Before(due)
    if due.being_corrected:
        raise WrongState(_("A correction says what is right. Write it, and send it."))
    if not may_be_unchanged(before):
        raise WrongState(
            _("This cannot be confirmed unchanged: a draft says more, or something was never reported before.")
        )
    _write(by, update, due, unchanged(before))
    update.unchanged = True
    return _sent(events.UNCHANGED, by, update)


def enter(
    by: Actor, due: Due, content: Content, *, seen: int | None, source: str, source_note: str | None
) -> ProgressUpdate:
    """Enters what an institution said by letter, call or on paper; marked so until the institution confirms it.

    Raises WrongState also where the institution reports itself, be it a draft, or corrects; else as `submit`.
    """
    open_for(due, entered=True)
    update = _opened(due, seen)
    _sound(due, content)
    _write(by, update, due, content)
    update.source, update.source_note = source, source_note
    return _sent(events.ENTERED, by, update, source=source)


def confirm(by: Actor, update: ProgressUpdate, *, seen: int | None) -> None:
    """Confirms for the institution what was entered for it. Raises StaleEdit, WrongState where nothing waits for it."""
    unchanged_since(update, seen)
    if not update.unconfirmed or update.state not in (SUBMITTED, APPROVED):
        raise WrongState(_("Nothing here waits for your confirmation."))
    update.confirmed_by, update.confirmed_at = by.name, now()
    _record(events.CONFIRMED, by, update)


def open_for(due: Due, *, entered: bool = False, draft: bool = False) -> None:
    """Raises WrongState where the period takes no updates, or where this one can no longer be changed.

    A correction is written until it is sent, also where the period is closed. What the institution writes itself is
    not `entered` for it, and what is sent is no `draft` any more.
    """
    update = due.update
    if entered and update is not None and update.is_its_own:
        raise WrongState(_("The institution reports on this itself. Only it can change that."))
    if due.being_corrected:
        return
    if due.period.state != OPEN:
        raise WrongState(closed(due))
    if due.state == APPROVED:
        raise WrongState(_("This update is approved already. What was wrong in it is mended after it is verified."))
    if due.state == VERIFIED:
        raise WrongState(_("This update is verified. What was wrong in it is mended by a correction."))
    if draft and update is not None and update.state == SUBMITTED:
        raise WrongState(_("This update is sent already. Change it and send it again."))


def closed(due: Due) -> str:
    """Why nothing is taken in a period that is not open, in a sentence."""
    if due.period.opened_at is None:
        return _("This reporting period is not open yet. Nothing was saved.")
    return _("This reporting period is closed. Nothing was saved.")


def _opened(due: Due, seen: int | None) -> ProgressUpdate:
    """The update as it was read, or a new one."""
    open_for(due)
    update = due.update
    if update is None:
        if seen is not None:
            raise MalformedForm
        return _new(due)
    if seen is None:
        raise StaleEdit(update)
    unchanged_since(update, seen)
    return update


def _new(due: Due) -> ProgressUpdate:
    place: dict[str, Any] = {"plan_id": due.plan_id, "period_id": due.period.id, f"{due.kind}_id": due.row.id}
    update = ProgressUpdate(**place, institution_id=due.institution_id, author="", state=DRAFT, source=ONLINE)
    db.session.add(update)
    return update


def _write(by: Actor, update: ProgressUpdate, due: Due, content: Content) -> None:
    only_what_is_due(due, content)
    write(by, update, content)
    update.state = RETURNED if update.state == RETURNED else DRAFT


def write(by: Actor, update: ProgressUpdate, content: Content) -> None:
    """Puts content into an update, and who wrote it: the institution itself unless said otherwise.

    The note of a correction stays: it says why it was made.
    """
    for name, value in content.columns().items():
        setattr(update, name, value)
    update.unchanged = False
    update.author_id, update.author = by.id, by.name
    update.source, update.source_note = ONLINE, None
    update.confirmed_by = update.confirmed_at = None
    update.approver_id = update.approved_by = update.approved_at = None


def _sound(due: Due, content: Content) -> None:
    only_what_is_due(due, content)
    for name, message in faults_of(due, content):
        raise BadInput(name, message)


def _sent(act: Act, by: Actor, update: ProgressUpdate, **more: Any) -> ProgressUpdate:
    update.state, update.submitted_at = SUBMITTED, now()
    update.first_sent_at = update.first_sent_at or update.submitted_at
    settle(update)
    _record(act, by, update, **more)
    return update


def _record(act: Act, by: Actor, update: ProgressUpdate, **more: Any) -> None:
    db.session.flush()
    row = subject_of(update)
    record(act, by, row, plan=update.plan.slug, code=row.code, institution=update.institution.code, **more)
