"""Adoptions for tests: a proposal of the chair, and the small State with an adopted plan."""

from datetime import timedelta
from typing import Any

from nap_builder.accounts.queries import actor_of
from nap_builder.adoption.models import Adoption
from nap_builder.adoption.services import proposals
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.uploads import Kept
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from tests.builders.world import World

RECORD = {"level": "cabinet", "instrument": {"en": "Decree"}, "number": "12", "date": "2026-09-14"}
WHY = {"en": "The State begins with what it has."}
PDF = b"%PDF-1.7 the act"
SCAN = Kept("adoption/none/act.pdf", "0" * 64, 16)


def an_adoption(world: World, version: PlanVersion, **given: Any) -> Adoption:
    """An open proposal, without a scan behind it."""
    chair = world.people["chair"]
    adoption = Adoption(
        **{
            "plan": world.plan,
            "version": version,
            "record": RECORD,
            "gate_reason": WHY,
            "scan_stored_as": SCAN.stored_as,
            "scan_sha256": SCAN.sha256,
            "scan_size": SCAN.size,
            "proposed_by_id": chair.id,
            "proposed_by": chair.name,
            "proposing": [world.institutions["WOMEN"].id],
            "expires_at": now() + timedelta(days=30),
            **given,
        }
    )
    db.session.add(adoption)
    db.session.flush()
    return adoption


def proposed(world: World, plan: Plan | None = None, **said: Any) -> Adoption:
    """The adoption that the chair proposes, within the open transaction."""
    plan = plan or db.session.get_one(Plan, world.plan.id)
    return proposals.propose(actor_of(world.people["chair"]), plan, {**RECORD, **said}, SCAN, WHY)


def adopted(world: World, **said: Any) -> PlanVersion:
    """The plan, adopted by the chair and a focal point of defence, within the open transaction."""
    return proposals.confirm(actor_of(world.people["focal_point"]), proposed(world, **said))
