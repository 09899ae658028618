"""Reading a plan as one snapshot, for all who ask about it as a whole."""

from functools import cache
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.snapshot import Snapshot, without
from nap_builder.taskforce.models import Institution

READ = "plans.restricted.read"


def snapshot_of(plan: Plan, who: Actor | None = None) -> Snapshot:
    """The plan as it stands, as `who` may read it; whole for None. A fixed number of statements for every plan."""
    document = plan_document(plan)
    reach = None if who is None else POLICY[READ].reach_in(who, plan.id)
    if reach is None:
        return Snapshot(document)

    @cache
    def theirs() -> frozenset[str]:
        return _codes(reach)

    def hidden(said: dict[str, Any], lead: str | None) -> bool:
        return bool(said.get("restricted")) and lead not in theirs()

    return Snapshot(without(document, hidden))


def _codes(institutions: frozenset[int]) -> frozenset[str]:
    return frozenset(db.session.scalars(select(Institution.code).where(Institution.id.in_(institutions))))
