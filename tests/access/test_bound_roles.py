"""A role that is given for one plan counts for that plan only."""

from datetime import date

import pytest

from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from tests.conftest import signed_in


@pytest.fixture
def secretary(app, world):
    """A browser of somebody who is the secretariat of the local plan `valley`, and of no other."""
    with transaction():
        valley = Plan(
            slug="valley",
            title={"en": "Plan of the valley"},
            country="XSR",
            starts=date(2027, 1, 1),
            ends=date(2028, 1, 1),
            languages=["en"],
        )
        person = Person(email="valley@test.example", name="Valley")
        database.session.add_all([valley, person])
        database.session.flush()
        database.session.add(RoleGrant(person_id=person.id, role="secretariat", plan_id=valley.id))
    return signed_in(app, person)


def test_the_own_plan_is_open(secretary):
    secretary.get("/en/w/valley")
    secretary.get("/en/w/valley/versions").submit("/versions")


@pytest.mark.parametrize("part", ["", "/matrix", "/versions", "/sections"])
def test_another_plan_is_not_there(secretary, part):
    secretary.get(f"/en/w/nap-2{part}", expect=404)


def test_another_plan_cannot_be_exported(secretary):
    secretary.get("/en/w/nap-2/export.json", expect=403)


def test_another_plan_cannot_be_frozen(secretary):
    _address, values = secretary.get("/en/w/valley/versions").filled("/versions")
    secretary.post("/en/w/nap-2/versions", data=values, expect=403)


def test_only_the_own_plan_is_listed(secretary):
    words = secretary.get("/en/plans").words
    assert "Plan of the valley" in words
    assert "Second National Action Plan" not in words


def test_home_and_profile_are_open(secretary):
    secretary.get("/en/home")
    secretary.get("/en/profile")


@pytest.mark.parametrize("address", ["/en/people", "/en/plans/new", "/en/audit"])
def test_what_concerns_the_whole_installation_is_not(secretary, address):
    secretary.get(address, expect=403)
