"""What an import and an export ask of the database."""

from typing import Any

from sqlalchemy import select

from nap_builder.exchange.incoming import Incoming
from nap_builder.kernel.database import db, one
from nap_builder.plans.document import institutions_said
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.taskforce.models import Institution


def plan_for(incoming: Incoming) -> Plan | None:
    """The plan with the short name that a file bears, if there is one."""
    return plan_or_none(incoming.slug)


def version_of(plan: Plan, number: int) -> PlanVersion:
    """A frozen version of a plan. Raises Missing."""
    return one(select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number))


def known_institutions() -> dict[str, dict[str, Any]]:
    """Every institution of the installation as the format says it, by code."""
    return {said["code"]: said for said in institutions_said().values()}


def codes_of(institutions: frozenset[int]) -> frozenset[str]:
    """The codes of some institutions."""
    return frozenset(db.session.scalars(select(Institution.code).where(Institution.id.in_(institutions))))
