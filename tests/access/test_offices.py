"""Somebody who holds roles for two institutions has for each what that role gives, and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.queries.framework import readable
from tests.builders.world import World, a_person


@pytest.fixture
def both(world: World) -> Person:
    """Speaks for Defence as its focal point, and sits for the Interior on another body, as a contributor."""
    with transaction():
        person = a_person(role=Role.FOCAL_POINT, institution=world.institutions["DEF"], name="Both")
        there = world.institutions["INT"].id
        layer.session.add(RoleGrant(person_id=person.id, role=Role.CONTRIBUTOR, institution_id=there))
    return person


def test_the_lesser_role_lends_no_rights_to_the_greater(world: World, both: Person):
    who: Actor = actor_of(both)
    ours, theirs = world.activities
    assert POLICY["plans.row.write"].allows(who, layer.session.get_one(Activity, ours.id))
    assert not POLICY["plans.row.write"].allows(who, layer.session.get_one(Activity, theirs.id))
    invites = POLICY["accounts.person.invite"]
    assert invites.allows(who, world.institutions["DEF"].id)
    assert not invites.allows(who, world.institutions["INT"].id)
    assert POLICY["exchange.file.import"].reach(who) == {world.institutions["DEF"].id}


def test_what_is_restricted_elsewhere_stays_closed(world: World, both: Person, as_role: Callable[..., Any]):
    with transaction():
        layer.session.get_one(Activity, world.activities[1].id).restricted = True
    seen = layer.session.query(Activity.code).outerjoin(Activity.objective).outerjoin(Activity.output)
    found = {code for (code,) in seen.filter(readable(actor_of(both), world.plan.id))}
    assert "1.1.2" not in found
    as_role(both).get(f"/en/w/nap-2/activity/{world.activities[1].key}", expect=404)
