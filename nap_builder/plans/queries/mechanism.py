"""Who follows how a plan goes: the monitoring mechanism that the plan names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.wording import by_language
from nap_builder.taskforce.models import Institution

Words = dict[str, str]
OWNER, MEMBERS, MEETS, BUILT_ON = "owner", "members", "meets_every_months", "built_on"


@dataclass(frozen=True)
class Mechanism:
    """Who follows the plan with whom, how often they meet, and what existing work they build on."""

    owner: Institution | None
    members: Sequence[Institution]
    meets_every_months: int | None
    built_on: Words

    @property
    def missing(self) -> list[str]:
        """What the plan does not say of it, by the member's name in the exchange format."""
        said = {
            OWNER: self.owner,
            MEMBERS: self.members,
            MEETS: self.meets_every_months,
            BUILT_ON: self.built_on,
        }
        return [name for name, value in said.items() if not value]


def mechanism_of(plan: Plan) -> Mechanism:
    """The mechanism as the plan names it; institutions that the State does not list any more are left out."""
    said = plan.monitoring or {}
    codes = [code for code in (said.get(OWNER), *(said.get(MEMBERS) or ())) if code]
    query = select(Institution).where(Institution.code.in_(codes))
    bodies = {body.code: body for body in db.session.scalars(query)} if codes else {}
    return Mechanism(
        bodies.get(said.get(OWNER, "")),
        tuple(bodies[code] for code in said.get(MEMBERS) or () if code in bodies),
        said.get(MEETS),
        by_language(said.get(BUILT_ON), plan.first_language),
    )
