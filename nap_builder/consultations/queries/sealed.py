"""The steward's keys, and the comments that are sealed to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.comments import Comment, StewardKey
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WAITING
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.plan import Plan


def present_key() -> StewardKey | None:
    """The key that comments are sealed to now."""
    query = select(StewardKey).where(StewardKey.retired_at.is_(None)).order_by(StewardKey.id.desc())
    return db.session.scalars(query.limit(1)).first()


def keys() -> Sequence[StewardKey]:
    """All keys, the newest first."""
    return db.session.scalars(select(StewardKey).order_by(StewardKey.id.desc())).all()


@dataclass(frozen=True)
class Heap:
    """How many sealed comments of a consultation wait, and how many are settled and not destroyed yet."""

    consultation: Consultation
    waiting: int
    settled: int


def heaps(plan: Plan) -> list[Heap]:
    """The consultations of a plan that have sealed comments, the newest first."""
    query = (
        select(Consultation, func.count().filter(Comment.state == WAITING), func.count())
        .join(Comment, Comment.consultation_id == Consultation.id)
        .where(Consultation.plan_id == plan.id, Comment.sealed.is_not(None))
        .group_by(Consultation.id)
        .order_by(Consultation.starts.desc(), Consultation.id)
    )
    return [Heap(one, waiting, every - waiting) for one, waiting, every in db.session.execute(query)]


def count_sealed(plan: Plan) -> int:
    """How many sealed comments of a plan wait for the steward."""
    waits = (Comment.plan_id == plan.id, Comment.sealed.is_not(None), Comment.state == WAITING)
    return db.session.scalar(select(func.count()).select_from(Comment).where(*waits)) or 0


def sealed_comments(plan: Plan) -> Sequence[Comment]:
    """The sealed comments of a plan, by their row ids, which were drawn by lot."""
    query = select(Comment).where(Comment.plan_id == plan.id, Comment.sealed.is_not(None))
    return db.session.scalars(query.options(joinedload(Comment.consultation)).order_by(Comment.id)).all()


def sealed_at(slug: str, key: str) -> Comment:
    """A sealed comment that waits. Raises Missing."""
    query = select(Comment).join(Plan, Plan.id == Comment.plan_id).options(joinedload(Comment.consultation))
    found = one(query.where(Plan.slug == slug, Comment.key == key, Comment.sealed.is_not(None)))
    if found.state != WAITING:
        raise Missing
    return found
