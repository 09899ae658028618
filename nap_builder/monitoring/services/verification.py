"""Approving, verifying and returning what was reported. Each is one person's act, never the writer's own."""

from typing import Any

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import BadInput, MalformedForm, NotAllowed, WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.models import APPROVED, RETURNED, SUBMITTED, VERIFIED, ProgressUpdate
from nap_builder.monitoring.queries.due import subject_of
from nap_builder.monitoring.queries.written import VERIFY, chain_of, hindrance_of, not_to_be_judged
from nap_builder.monitoring.services.settling import settle


class ChangedSince(WrongState):
    """The update is not what the page showed: it is to be read again before anybody judges it."""

    def __init__(self) -> None:
        super().__init__(_("This changed since you opened the page. Read it again, then decide."))


def approve(by: Actor, update: ProgressUpdate, *, seen: int | None) -> None:
    """Approves a report for its institution, which confirms it too where it was entered for the institution.

    Raises NotAllowed, WrongState, ChangedSince.
    """
    _allowed("monitoring.update.approve", by, update)
    _as_read(update, seen)
    if fault := not_to_be_judged(update, replaced=chain_of(update).replaced):
        raise WrongState(fault)
    if update.state != SUBMITTED:
        raise WrongState(_("It is approved already."))
    update.state, update.approver_id, update.approved_by, update.approved_at = APPROVED, by.id, by.name, now()
    if update.unconfirmed:
        update.confirmed_by, update.confirmed_at = by.name, now()
    _finish(events.APPROVED, by, update)


def verify(by: Actor, update: ProgressUpdate, *, seen: int | None) -> None:
    """Verifies a report: from now on it stays as it is. Raises NotAllowed, WrongState, ChangedSince."""
    _allowed(VERIFY, by, update)
    _as_read(update, seen)
    if fault := hindrance_of(update, replaced=chain_of(update).replaced):
        raise WrongState(fault)
    update.state, update.verifier_id, update.verified_by, update.verified_at = VERIFIED, by.id, by.name, now()
    _finish(events.VERIFIED, by, update)


def send_back(by: Actor, update: ProgressUpdate, reason: str, *, seen: int | None) -> None:
    """Returns a report to its institution with a reason: what it says no longer counts.

    Raises NotAllowed, WrongState, ChangedSince, and BadInput without a reason.
    """
    _allowed(VERIFY, by, update)
    _as_read(update, seen)
    if fault := not_to_be_judged(update, replaced=chain_of(update).replaced):
        raise WrongState(fault)
    if not reason.strip():
        raise BadInput("reason", _("Say why it goes back, so that the institution knows what to mend."))
    update.state, update.return_reason = RETURNED, reason.strip()
    update.returned_by, update.returned_at = by.name, now()
    _finish(events.RETURNED, by, update, reason=update.return_reason)


def _allowed(action: str, by: Actor, update: ProgressUpdate) -> None:
    if not POLICY[action].allows(by, update):
        raise NotAllowed


def _as_read(update: ProgressUpdate, seen: int | None) -> None:
    """Nobody judges what they have not read."""
    if seen is None:
        raise MalformedForm
    if update.row_version != seen:
        raise ChangedSince


def _finish(done: Act, by: Actor, update: ProgressUpdate, **said: Any) -> None:
    settle(update)
    subject = subject_of(update)
    record(done, by, subject, plan=update.plan.slug, code=subject.code, institution=update.institution.code, **said)
