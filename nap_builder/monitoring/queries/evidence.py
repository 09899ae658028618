"""The evidence of updates, as far as the reader may know of what it is about."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db, one
from nap_builder.monitoring.models import Evidence, ProgressUpdate
from nap_builder.monitoring.queries.written import written_at


def evidence_of(updates: Iterable[ProgressUpdate]) -> Sequence[Evidence]:
    """What shows that updates are true, in the order in which it was added, without what was taken away.

    A correction leans on what it corrects too: whoever shows one asks for both.
    """
    ids = [update.id for update in updates]
    query = select(Evidence).where(Evidence.update_id.in_(ids), Evidence.removed_at.is_(None))
    return db.session.scalars(query.order_by(Evidence.id)).all() if ids else ()


def evidence_at(slug: str, key: str) -> Evidence:
    """A link or file that an update shows, for who may read the update. Raises Missing."""
    query = select(Evidence).where(Evidence.key == key, Evidence.removed_at.is_(None))
    found = one(query.options(joinedload(Evidence.update)))
    written_at(slug, found.update.key)
    return found
