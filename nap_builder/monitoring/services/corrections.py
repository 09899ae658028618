"""Correcting what was verified, or whose period is closed: by a new record, beside which the old one stays readable."""

from copy import deepcopy

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.models import ProgressUpdate
from nap_builder.monitoring.queries.due import subject_of
from nap_builder.monitoring.queries.written import chain_of, correctable

CONTENT = ("status", "said", "figures", "spending", "milestones")
PLACE = ("plan_id", "period_id", "institution_id", "activity_id", "indicator_id", "milestone_id")


def correct(by: Actor, update: ProgressUpdate, reason: str) -> ProgressUpdate:
    """Opens a correction: a draft that says what the record says now, to be mended and sent like any update.

    The reason stands in its `correction_reason`. Nothing changes in what counts until it is sent. Raises NotAllowed,
    WrongState where the record may not be corrected, and BadInput without a reason.
    """
    if not POLICY["monitoring.update.correct"].allows(by, update):
        raise NotAllowed
    chain = chain_of(update)
    if chain.correction is not None:
        raise WrongState(_("A correction of it is there already."))
    if not correctable(chain):
        raise WrongState(_("This can still be changed as it is. It needs no correction."))
    if not reason.strip():
        raise BadInput("why", _("Say what was wrong, and how you know."))
    kept = {name: deepcopy(getattr(update, name)) for name in CONTENT}
    place = {name: getattr(update, name) for name in PLACE}
    draft = ProgressUpdate(
        **place, **kept, corrects_id=update.id, author_id=by.id, author=by.name, correction_reason=reason.strip()
    )
    db.session.add(draft)
    db.session.flush()
    subject = subject_of(update)
    said = {"code": subject.code, "institution": update.institution.code}
    record(events.CORRECTED, by, subject, plan=update.plan.slug, reason=reason.strip(), **said)
    return draft
