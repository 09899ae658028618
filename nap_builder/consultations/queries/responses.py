"""Which plans and consultations the public may read responses of."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import db, one
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plans


def answering_plans() -> list[Plan]:
    """The plans that have a public consultation, the one that was spoken about last first."""
    query = select(Consultation.plan_id, Consultation.starts).where(
        Consultation.visibility == "public", Consultation.archived_at.is_(None)
    )
    last: dict[int, object] = {}
    for plan_id, starts in db.session.execute(query.order_by(Consultation.starts, Consultation.id)):
        last.pop(plan_id, None)
        last[plan_id] = starts
    by_id = {plan.id: plan for plan in plans()}
    return [by_id[plan_id] for plan_id in reversed(last)]


def answering_plan(found: Sequence[Plan], slug: str) -> Plan | None:
    """Of these plans the one with this short name, else the first."""
    return next((plan for plan in found if plan.slug == slug), found[0] if found else None)


def public_consultation_at(key: str) -> Consultation:
    """The consultation with this key, a public one where two plans use the key. Raises Missing where there is none."""
    query = select(Consultation).where(Consultation.key == key).options(joinedload(Consultation.plan))
    return one(query.order_by(Consultation.visibility != "public", Consultation.id))
