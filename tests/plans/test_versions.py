"""Freezing: numbered, hashed, immutable, in two profiles."""

import hashlib
import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_bytes, frozen_document, version_at
from nap_builder.plans.services.versions import freeze


def frozen(world, note=None):
    with transaction():
        return freeze(INSTALLATION, world.plan, note).number


def test_versions_are_numbered_from_one(world):
    assert [frozen(world), frozen(world)] == [1, 2]


def test_the_hash_is_over_the_bytes_as_stored(world):
    version = version_at("nap-2", frozen(world))
    assert hashlib.sha256(frozen_bytes(version, WORKING)).hexdigest() == version.working_sha256
    assert hashlib.sha256(frozen_bytes(version, PUBLIC)).hexdigest() == version.public_sha256


def test_a_version_says_its_number_and_note(world):
    version = version_at("nap-2", frozen(world, {"en": "For the cabinet"}))
    imprint = frozen_document(version, WORKING)["version"]
    assert (imprint["number"], imprint["note"]) == (1, "For the cabinet")


def test_paragraphs_are_numbered_through_the_plan(world):
    document = frozen_document(version_at("nap-2", frozen(world)), WORKING)
    assert [one["number"] for one in document["sections"][0]["paragraphs"]] == ["1", "2"]


def test_the_public_profile_leaves_restricted_activities_out(world):
    with transaction():
        database.session.get(Activity, world.activities[0].id).restricted = True
    version = version_at("nap-2", frozen(world))
    public, working = (frozen_bytes(version, profile).decode() for profile in (PUBLIC, WORKING))
    assert "Recruit women officers" in working
    assert "Recruit women officers" not in public


def test_a_later_change_leaves_a_frozen_version_as_it_was(world):
    version = version_at("nap-2", frozen(world))
    before = frozen_bytes(version, WORKING)
    with transaction():
        database.session.get(Paragraph, world.paragraphs[0].id).text = {"en": "Something else."}
    database.session.expire_all()
    assert frozen_bytes(version_at("nap-2", 1), WORKING) == before


def test_a_version_says_which_number_a_paragraph_had_before(world):
    frozen(world)
    with transaction():
        first = database.session.get(Paragraph, world.paragraphs[0].id)
        first.archived_at = world.plan.created_at
    number = frozen(world)
    assert version_at("nap-2", number).former_numbers == {world.paragraphs[1].key: "2"}


@pytest.mark.parametrize("change", ["update plan_version set note = null", "delete from plan_version"])
def test_the_database_refuses_to_change_a_version(world, change):
    frozen(world)
    with pytest.raises(DBAPIError, match="never changed"), transaction():
        database.session.execute(text(change))


def test_freezing_is_remembered_with_the_hash(as_role, world):
    page = as_role("chair").get("/en/w/nap-2/versions")
    page.submit("/versions", **{"note-en": "First reading"})
    trail = as_role("auditor").get("/en/audit").words
    assert version_at("nap-2", 1).working_sha256 in trail


def test_the_bytes_are_canonical(world):
    version = version_at("nap-2", frozen(world))
    document = json.loads(frozen_bytes(version, WORKING))
    assert "profile" not in document
    assert document["plan"]["slug"] == "nap-2"
