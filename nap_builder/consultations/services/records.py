"""Consultations recorded, changed, put away and brought back. Called inside a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nap_builder.consultations.events import records as events
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WITHIN
from nap_builder.consultations.participants import Counts, completed, fault_in
from nap_builder.consultations.queries.contributions import attributed_wider
from nap_builder.consultations.queries.documents import documents, may_be_public
from nap_builder.consultations.queries.records import last_position, next_code
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _, listed
from nap_builder.plans.models.plan import Plan

Words = dict[str, str]
FIXED = ("version", "access", "attribution")  # what people were told when the window opened


@dataclass(frozen=True)
class ConsultationFacts:
    """What is recorded of a consultation; members bear the names of the table. `host_id` is a row id."""

    title: Words
    kind: str
    starts: date
    ends: date | None = None
    round: str | None = None
    with_whom: list[str] | None = None
    place: Words | None = None
    region: str | None = None
    languages: list[str] | None = None
    host_id: int | None = None
    version: int | None = None
    visibility: str = "task_force"
    attribution: str | None = None
    risk: str = "low"
    participants: Counts = field(default_factory=dict)
    organisations: list[dict[str, Any]] | None = None
    agenda: Words | None = None
    summary: Words | None = None
    access: str = "public"
    other_ways: Words | None = None


def add(by: Actor, plan: Plan, facts: ConsultationFacts, day: date) -> Consultation:
    """Records a consultation that was entered on a day. Raises BadInput."""
    _judge(facts)
    consultation = Consultation(
        plan=plan,
        code=next_code(plan, Consultation, "C"),
        position=last_position(plan, Consultation) + 1,
        entered_on=day,
    )
    _write(consultation, facts)
    db.session.add(consultation)
    db.session.flush()
    _record(events.ADDED, by, consultation, {})
    return consultation


def change(by: Actor, consultation: Consultation, facts: ConsultationFacts, *, seen: int | None) -> None:
    """Writes what is recorded, which was read at version `seen`. Raises StaleEdit, BadInput.

    Once its window was opened, what people were told then stays; while it is open, so does that everybody reads it.
    """
    unchanged_since(consultation, seen)
    _judge(facts)
    _keep_what_was_told(consultation, facts)
    _refuse_narrowing(consultation, facts)
    before = _told(consultation)
    _write(consultation, facts)
    if not may_be_public(consultation):
        for document in documents(consultation):
            document.public = False
    after = _told(consultation)
    _record(events.CHANGED, by, consultation, {n: (before[n], after[n]) for n in after if before[n] != after[n]})


def archive(by: Actor, consultation: Consultation, *, seen: int | None) -> None:
    """Takes a consultation with its contributions out of every list. Raises StaleEdit, WrongState."""
    unchanged_since(consultation, seen)
    if consultation.archived_at is not None:
        raise WrongState(_("This was done already."))
    if consultation.opened_at is not None and consultation.closed_at is None:
        raise WrongState(_("Its window stands open. The chair closes it first."))
    consultation.archived_at = now()
    _record(events.ARCHIVED, by, consultation, {})


def restore(by: Actor, consultation: Consultation) -> None:
    """Brings an archived consultation back. Raises WrongState."""
    if consultation.archived_at is None:
        raise WrongState(_("This was done already."))
    consultation.archived_at = None
    _record(events.RESTORED, by, consultation, {})


def _judge(facts: ConsultationFacts) -> None:
    if facts.ends is not None and facts.ends < facts.starts:
        raise BadInput("ends", _("The last day is before the first. Change one of them."))
    if fault := fault_in(completed(facts.participants)):
        raise BadInput(f"people_{fault[0]}", fault[1])
    names = [one["name"] for one in facts.organisations or ()]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadInput(f"organisation_{place}", _("This organisation stands here twice."))


def _keep_what_was_told(consultation: Consultation, facts: ConsultationFacts) -> None:
    if consultation.opened_at is None:
        return
    for name in FIXED:
        if getattr(consultation, name) != getattr(facts, name):
            raise BadInput(name, _("People were told this when the window opened. It no longer changes."))
    if consultation.closed_at is None and facts.visibility != consultation.visibility:
        raise BadInput("visibility", _("Its window stands open. The chair closes it first."))


def _refuse_narrowing(consultation: Consultation, facts: ConsultationFacts) -> None:
    wider = attributed_wider(consultation, WITHIN[facts.attribution])
    if wider:
        said = _("These contributions are attributed wider: %(codes)s. Change them first.")
        raise BadInput("attribution", said % {"codes": listed(wider)})


def _write(consultation: Consultation, facts: ConsultationFacts) -> None:
    said: Mapping[str, Any] = vars(facts)
    for name, value in said.items():
        setattr(consultation, name, value)
    consultation.participants = completed(facts.participants) or None


def _told(consultation: Consultation) -> dict[str, Any]:
    """What the trail may tell: words as they are called, the version by its number."""
    said = {name: _word(words, getattr(consultation, name)) for name, words in events.TOLD.items()}
    return {**said, "version": consultation.version}


def _word(words: Mapping[str, Any], value: str | None) -> str | None:
    return None if value is None else words[value].message


def _record(done: Act, by: Actor, consultation: Consultation, changes: dict[str, tuple[Any, Any]]) -> None:
    record(done, by, consultation, changes=changes, plan=consultation.plan.slug, code=consultation.code)
