"""What shows that an update is true: links and files, added to it and taken from it."""

from dataclasses import dataclass

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import Kept
from nap_builder.monitoring import events
from nap_builder.monitoring.models import APPROVED, OPEN, VERIFIED, Evidence, ProgressUpdate
from nap_builder.monitoring.queries.due import subject_of


@dataclass(frozen=True)
class Proof:
    """A link or a kept file, and what it shows in words."""

    title: str
    url: str | None = None
    file: Kept | None = None


def add(by: Actor, update: ProgressUpdate, proof: Proof) -> Evidence:
    """Adds a link or a file to an update that was just written."""
    kept = proof.file
    evidence = Evidence(
        update=update,
        title=proof.title,
        url=proof.url,
        stored_as=kept.stored_as if kept else None,
        sha256=kept.sha256 if kept else None,
        size=kept.size if kept else None,
    )
    db.session.add(evidence)
    db.session.flush()
    row = subject_of(update)
    record(events.EVIDENCE_ADDED, by, row, plan=update.plan.slug, code=row.code)
    return evidence


def remove(by: Actor, evidence: Evidence, *, seen: int | None) -> None:
    """Takes a link or file from an update that can still be changed. Raises StaleEdit, WrongState."""
    unchanged_since(evidence, seen)
    update = evidence.update
    if update.state in (APPROVED, VERIFIED) or evidence.removed_at is not None:
        raise WrongState(_("What was approved or verified keeps its evidence."))
    if update.period.state != OPEN and not update.is_open_correction:
        raise WrongState(_("This reporting period is closed. What was sent in it keeps its evidence."))
    evidence.removed_at = now()
    row = subject_of(update)
    record(events.EVIDENCE_REMOVED, by, row, plan=update.plan.slug, code=row.code)
