"""Every door of the program, knocked at with a plan that is adopted: nothing that the plan says changes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nap_builder.accounts.queries import actor_of
from nap_builder.adoption.services.proposals import confirm
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import in_drafting
from tests.access.addresses import doors
from tests.access.ground import a_ground
from tests.access.test_crawl import told, visitor
from tests.builders.adoption import proposed
from tests.builders.shelf import saved
from tests.builders.world import a_world

WRITERS = ("chair", "secretariat", "focal_point", "official")


@pytest.fixture
def ground(db, shelf):
    """The State of the crawl with its plan adopted."""

    def build():
        ground = a_ground(a_world())
        layer.session.delete(ground.adoption)
        layer.session.flush()
        ground.adoption = proposed(ground.world)
        confirm(actor_of(ground.people["focal_point"]), ground.adoption)
        return ground

    return shelf.put("adopted", saved(build))


def said():
    """What the plan says, and what its versions hold."""
    layer.session.rollback()
    plan = layer.session.query(Plan).filter_by(slug="nap-2").one()
    frozen = layer.session.execute(text("select number, working_sha256, public_sha256 from plan_version order by id"))
    return canonical_bytes(plan_document(plan)), [tuple(row) for row in frozen]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", WRITERS)
def test_no_door_changes_an_adopted_plan(app, ground, name):
    who, before = visitor(app, ground, name), said()
    writing = [door for door in doors(app, ground, who.person_id) if door.method == "POST" and "nap-2" in door.path]
    opening = {"adoption.begin_amendment"}
    answers = [(door, who.ask(door, enter=True)) for door in writing if door.endpoint not in opening]
    let_in = [
        told(door, answer)
        for door, answer in answers
        if POLICY[door.action].when is in_drafting and answer.status_code not in (403, 404)
    ]
    assert let_in == []
    assert said() == before


@pytest.mark.parametrize(
    "change",
    ["update plan_version set working_sha256 = 'x'", "delete from plan_version", "update adoption set record = null"],
)
def test_not_even_the_database_changes_what_is_adopted(ground, change):
    before = said()
    with pytest.raises(DBAPIError, match="never changed"), transaction():
        layer.session.execute(text(change))
    assert said() == before
