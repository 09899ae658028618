"""The evidence of updates, as far as the reader may know of what it is about."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import Evidence, ProgressUpdate
from nap_builder.monitoring.queries.due import subject_of
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import may_read


def evidence_of(update: ProgressUpdate | None) -> Sequence[Evidence]:
    """What an update shows now, in the order in which it was added."""
    if update is None:
        return ()
    query = select(Evidence).where(Evidence.update_id == update.id, Evidence.removed_at.is_(None))
    return db.session.scalars(query.order_by(Evidence.id)).all()


def update_of(slug: str, key: str) -> ProgressUpdate:
    """An update by its key, for who may read what it is about. Raises Missing."""
    query = select(ProgressUpdate).join(Plan).where(Plan.slug == slug, ProgressUpdate.key == key)
    places = (
        joinedload(ProgressUpdate.period),
        joinedload(ProgressUpdate.institution),
        joinedload(ProgressUpdate.plan),
    )
    update = one(query.options(*places))
    row = subject_of(update)
    activity = row if isinstance(row, Activity) else row.activity
    if activity is not None and not may_read(activity):
        raise Missing
    return update


def evidence_at(slug: str, key: str) -> Evidence:
    """A link or file that an update shows, for who may read the update. Raises Missing."""
    query = select(Evidence).where(Evidence.key == key, Evidence.removed_at.is_(None))
    found = one(query.options(joinedload(Evidence.update)))
    update_of(slug, found.update.key)
    return found
