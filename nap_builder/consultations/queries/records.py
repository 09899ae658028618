"""Consultations of a plan, as far as who asks may know of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.access import can
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.plan import Plan

KEEP = "consultations.record.write"


def consultations(plan: Plan) -> Sequence[Consultation]:
    """The consultations of a plan that are not archived, the newest first."""
    query = _of(plan).where(Consultation.archived_at.is_(None), _known(plan))
    return db.session.scalars(query.order_by(Consultation.starts.desc(), Consultation.id.desc())).all()


def archived_consultations(plan: Plan) -> Sequence[Consultation]:
    """The archived ones, by code."""
    query = _of(plan).where(Consultation.archived_at.is_not(None), _known(plan))
    return db.session.scalars(query.order_by(Consultation.code)).all()


def any_consultation_at(slug: str, key: str) -> Consultation:
    """A consultation of a plan, archived or not. Raises Missing, also where it is not for this reader to know."""
    query = select(Consultation).join(Plan, Plan.id == Consultation.plan_id).options(*_WITH)
    found = one(query.where(Plan.slug == slug, Consultation.key == key))
    if found.visibility == "steward" and not can(KEEP, found):
        raise Missing
    return found


def consultation_at(slug: str, key: str) -> Consultation:
    """A consultation that is not archived. Raises Missing."""
    found = any_consultation_at(slug, key)
    if found.archived_at is not None:
        raise Missing
    return found


def sees_where(consultation: Consultation) -> bool:
    """Whether place, date and organisations may be shown to who acts now: of high risk, to its keepers alone."""
    return not consultation.hides_where or can(KEEP, consultation)


def people(consultation: Consultation) -> dict[str, int | None]:
    """How many took part: to the keepers of the record as counted, to others as it may be shown (None: it may not)."""
    return dict(consultation.participants or {}) if can(KEEP, consultation) else consultation.counts


def counted(plan: Plan) -> dict[int, int]:
    """How many contributions each consultation of a plan holds, by its row id; withdrawn ones are left out."""
    query = select(Contribution.consultation_id, func.count().label("held")).where(
        Contribution.plan_id == plan.id, Contribution.archived_at.is_(None), Contribution.withdrawn.is_(False)
    )
    counts = db.session.execute(query.group_by(Contribution.consultation_id))
    return {row.consultation_id: row.held for row in counts}


def count_of(consultation: Consultation) -> int:
    """How many contributions a consultation holds; withdrawn ones are left out."""
    return counted(consultation.plan).get(consultation.id, 0)


def next_code(plan: Plan, model: type[Any], letter: str) -> str:
    """The next free code of a kind of row, such as C3: one more than the highest of that letter, archived too."""
    codes = db.session.scalars(select(model.code).where(model.plan_id == plan.id))
    numbers = [int(code[1:]) for code in codes if code[:1] == letter and code[1:].isdecimal() and code.isascii()]
    return f"{letter}{max(numbers, default=0) + 1}"


def last_position(plan: Plan, model: type[Any]) -> int:
    """The highest position among the rows of a plan; 0 where there is none."""
    return db.session.scalar(select(func.max(model.position)).where(model.plan_id == plan.id)) or 0


def history_of(row: Any, limit: int = 20) -> Sequence[AuditEntry]:
    """The newest acts about a row, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject_type == row.__tablename__, AuditEntry.subject_key == row.key)
    return db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit)).all()


_WITH = (joinedload(Consultation.plan), joinedload(Consultation.host))


def _of(plan: Plan) -> Select[Consultation]:
    return select(Consultation).where(Consultation.plan_id == plan.id).options(*_WITH)


def _known(plan: Plan) -> ColumnElement[bool]:
    return true() if can(KEEP, plan) else Consultation.visibility != "steward"
