"""The photographs of a plan: those of a section, and all of them as a version keeps them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.plan import may_read


def photographs_of(section: Section, *, archived: bool = False) -> Sequence[Photograph]:
    """The photographs of a section, or those that were removed from it, in the order in which they came."""
    state = Photograph.archived_at.is_not(None) if archived else Photograph.archived_at.is_(None)
    query = select(Photograph).where(Photograph.section_id == section.id, state)
    return db.session.scalars(query.order_by(Photograph.id)).all()


def photograph_at(slug: str, section: str, photograph: str) -> Photograph:
    """The photograph with this key, its section and plan loaded. Raises Missing, also where it is secret."""
    found = any_photograph_at(slug, section, photograph)
    if found.archived_at is not None:
        raise Missing
    return found


def any_photograph_at(slug: str, section: str, photograph: str) -> Photograph:
    """As `photograph_at`, removed or not."""
    query = (
        select(Photograph)
        .join(Photograph.section)
        .join(Section.plan)
        .options(contains_eager(Photograph.section).contains_eager(Section.plan), joinedload(Photograph.plan))
        .where(Plan.slug == slug, Section.key == section, Photograph.key == photograph)
    )
    found = one(query)
    if not may_read(found.section):
        raise Missing
    return found


def count_of(plan: Plan) -> int:
    """How many photographs stand in a plan."""
    query = select(func.count(Photograph.id)).where(Photograph.plan_id == plan.id, Photograph.archived_at.is_(None))
    return db.session.scalar(query) or 0


def with_the_picture(stored_as: str) -> Sequence[Photograph]:
    """Every photograph that shows one picture, in any plan, also those that were removed."""
    query = select(Photograph).where(Photograph.stored_as == stored_as).options(joinedload(Photograph.section))
    return db.session.scalars(query).all()


def all_of(plan: Plan) -> Sequence[Photograph]:
    """Every photograph of a plan, also those that were removed."""
    query = select(Photograph).where(Photograph.plan_id == plan.id).options(joinedload(Photograph.section))
    return db.session.scalars(query.order_by(Photograph.id)).all()


def stored_pictures() -> set[str]:
    """Where the pictures of all photographs are kept, those of frozen versions too."""
    return frozen_pictures() | set(db.session.scalars(select(Photograph.stored_as)))


def frozen_pictures() -> set[str]:
    """Where the pictures of frozen versions are kept, or were until they were deleted for good."""
    of_versions = db.session.scalars(select(PlanVersion.photographs).where(PlanVersion.photographs.is_not(None)))
    return {row["stored_as"] for rows in of_versions for row in rows}


def told_of(plan: Plan) -> list[dict[str, Any]]:
    """The photographs of a plan as it stands, in the order of its sections."""
    query = (
        select(Photograph)
        .join(Photograph.section)
        .options(contains_eager(Photograph.section))
        .where(Photograph.plan_id == plan.id, Photograph.archived_at.is_(None), Section.archived_at.is_(None))
        .order_by(Section.position, Section.id, Photograph.id)
    )
    return [told(row) for row in db.session.scalars(query)]


def told(row: Photograph) -> dict[str, Any]:
    """A photograph as a version keeps it: JSON with the keys of its section and of the paragraph over it."""
    members = ("key", "after", "stored_as", "width", "height", "alt", "caption", "credit")
    return {"section": row.section.key, **{name: getattr(row, name) for name in members}}


def photograph_in(version: PlanVersion, photograph: str) -> dict[str, Any]:
    """A photograph of a version by its key, as `told` writes it. Raises Missing."""
    found = next((row for row in version.photographs or () if row["key"] == photograph), None)
    if found is None:
        raise Missing
    return found
