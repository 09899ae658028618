"""What a person did and may take back, with the rows it was about and what was done to them since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, one
from nap_builder.plans.levels import ROWS
from nap_builder.plans.models.narrative import Paragraph, Photograph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.queries.plan import secret_keys

UNDO_FOR = timedelta(minutes=30)
MOST_SINCE = 10
SUBJECTS: dict[str, Any] = {**ROWS, "section": Section, "paragraph": Paragraph, "photograph": Photograph}


@dataclass(frozen=True)
class Done:
    """An act of who acts now: how it is kept, what the trail tells of it, and the rows that it was about."""

    undo: Undo
    entries: Sequence[AuditEntry]
    rows: Sequence[Any]

    @property
    def plan(self) -> Plan:
        """The plan that the rows belong to."""
        return self.undo.plan

    @property
    def open(self) -> bool:
        """Whether it was not undone and its time is not over."""
        return self.undo.undone_at is None and in_time(self.undo)


def in_time(undo: Undo) -> bool:
    """Whether the time for which an act can be undone is not over."""
    return now() - undo.at <= UNDO_FOR


def done_at(slug: str, key: str) -> Done:
    """An act of who acts now in the plan with this slug. Raises Missing, also where it is somebody else's."""
    query = select(Undo).join(Plan, Plan.id == Undo.plan_id).where(Plan.slug == slug, Undo.key == key)
    return done_by(one(query.where(Undo.person_id == actor().id)))


def done_by(undo: Undo) -> Done:
    """An act with what the trail tells of it and its rows."""
    told = AuditEntry.number.between(undo.first_entry, undo.last_entry)
    entries = db.session.scalars(select(AuditEntry).where(told).order_by(AuditEntry.number)).all()
    return Done(undo, entries, _rows_of(undo.plan, entries))


def _rows_of(plan: Plan, entries: Sequence[AuditEntry]) -> list[Any]:
    found: dict[str, Any] = {}
    for kind in {entry.subject_type for entry in entries}:
        keys = [entry.subject_key for entry in entries if entry.subject_type == kind]
        model = SUBJECTS[kind]
        query = select(model).where(model.plan_id == plan.id, model.key.in_(keys))
        found |= {row.key: row for row in db.session.scalars(query)}
    return [found[key] for key in dict.fromkeys(entry.subject_key for entry in entries) if key in found]


def done_since(undo: Undo, keys: Collection[str]) -> Sequence[AuditEntry]:
    """What was done after an act to the rows with these keys, or else in the plan; the newest first.

    Without what the reader may not see. A row may have another place only because its neighbours moved.
    """
    query = select(AuditEntry).where(
        AuditEntry.number > undo.last_entry,
        AuditEntry.plan_slug == undo.plan.slug,
        AuditEntry.subject_key.not_in(secret_keys(undo.plan)),
    )
    newest = query.order_by(AuditEntry.number.desc()).limit(MOST_SINCE)
    of_these = db.session.scalars(newest.where(AuditEntry.subject_key.in_(keys))).all()
    return of_these or db.session.scalars(newest).all()
