"""Assessments written, changed and withdrawn. Called inside a transaction."""

from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.assessments.models import Assessment
from nap_builder.monitoring.assessments.names import JUDGEMENTS
from nap_builder.monitoring.assessments.queries import Assessed, organisation_of, own_assessment

Words = dict[str, str]


def assess(by: Actor, of: Assessed, judgement: str | None, said: Words, *, seen: int | None) -> Assessment:
    """Writes what a person's organisation says of an objective; `seen` is 0 where it had said nothing.

    What was withdrawn stands again. Raises StaleEdit, BadInput.
    """
    if judgement not in JUDGEMENTS:
        raise BadInput("judgement", _("Choose how you see it."))
    row = own_assessment(of, by)
    before = (row.judgement, row.said) if row and row.withdrawn_at is None else (None, None)
    if row is None:
        place = {"plan_id": of.plan.id, "period_id": of.period.id, "objective_id": of.objective.id}
        row = Assessment(**place, institution_id=organisation_of(by), judgement=judgement, said=said, author=by.name)
        db.session.add(row)
    else:
        unchanged_since(row, seen)
        row.judgement, row.said, row.author = judgement, said, by.name
        row.written_at, row.withdrawn_at = now(), None
    db.session.flush()
    _record(events.ASSESSED, by, of, {"judgement": (before[0], judgement), "said": (before[1], said)})
    return row


def withdraw(by: Actor, of: Assessed, *, seen: int | None) -> None:
    """Takes what a person's organisation says off every page; it is kept. Raises StaleEdit, WrongState."""
    row = own_assessment(of, by)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("Nothing that you said of this objective stands."))
    unchanged_since(row, seen)
    row.withdrawn_at = now()
    _record(events.ASSESSMENT_WITHDRAWN, by, of, {"judgement": (row.judgement, None)})


def _record(done: Act, by: Actor, of: Assessed, pairs: dict[str, tuple[Any, Any]]) -> None:
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    place = {"plan": of.plan.slug, "code": of.objective.code, "ends": of.period.ends.isoformat()}
    record(done, by, of.objective, changes=changes, **place)
