"""The window of a consultation opened and closed by the chair, and whether it takes pictures."""

from typing import Any

from nap_builder.consultations.events import records as events
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.window import obstacles
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import unchanged_since
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _


def open_window(by: Actor, consultation: Consultation, *, takes_files: bool, seen: int | None) -> None:
    """Opens the version of a consultation for comments, on its days. Raises StaleEdit, WrongState."""
    unchanged_since(consultation, seen)
    if found := obstacles(consultation):
        raise WrongState(found[0])
    consultation.opened_at, consultation.takes_files = now(), takes_files
    _record(events.OPENED, by, consultation, version=consultation.version)


def close_window(by: Actor, consultation: Consultation, *, seen: int | None) -> None:
    """Closes it at once and for good. Raises StaleEdit, WrongState."""
    unchanged_since(consultation, seen)
    if consultation.opened_at is None:
        raise WrongState(_("Its window was never opened."))
    consultation.closed_at = now()
    _record(events.CLOSED, by, consultation)


def take_files(by: Actor, consultation: Consultation, *, takes: bool, seen: int | None) -> None:
    """Says whether pictures may be attached to comments that come from now on. Raises StaleEdit."""
    unchanged_since(consultation, seen)
    before, consultation.takes_files = consultation.takes_files, takes
    _record(events.FILES, by, consultation, changes={"takes_files": (before, takes)})


def _record(done: Act, by: Actor, consultation: Consultation, **more: Any) -> None:
    record(done, by, consultation, plan=consultation.plan.slug, code=consultation.code, **more)
