"""The demonstration loads once, keeps what was done since, and lets a person in."""

import json

import pytest
from sqlalchemy import func, select

from nap_builder import demo
from nap_builder.accounts.queries import person_called
from nap_builder.kernel.audit import first_fault, head
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.publishing.queries import standing_version
from nap_builder.taskforce import queries as taskforce

PASSWORD = "a password of the demonstration"


@pytest.fixture
def loaded(db):
    """The lines that the demonstration prints."""
    return demo.load(PASSWORD)


def test_every_account_of_the_contract_is_there(loaded):
    names = "chair secretariat steward defence interior foreign defence.officer cso parliament auditor admin".split()
    assert [line.split("\t")[0] for line in loaded] == [f"{name}@demo.example" for name in names]
    assert all(person_called(f"{name}@demo.example") for name in names)


def test_it_loads_twice_without_a_change(loaded, db):
    before = head()
    db.session.rollback()
    assert demo.load(PASSWORD) == loaded
    assert head() == before
    assert first_fault() is None


def test_what_was_done_in_it_stays(loaded, db):
    with transaction():
        plan_or_none("nap-2").reference = "changed by hand"
    demo.load(PASSWORD)
    assert plan_or_none("nap-2").reference == "changed by hand"


def test_another_password_is_given_to_every_account(loaded, client):
    demo.load("quite another password")
    page = client.get("/en/sign-in")
    page.submit(0, email="chair@demo.example", password=PASSWORD, expect=422)
    page.submit(0, email="chair@demo.example", password="quite another password")


def test_the_plan_is_full_published_and_has_its_four_ministries(loaded, db):
    plan = plan_or_none("nap-2")
    version = standing_version()
    assert (version.plan_id, version.number) == (plan.id, 1)
    assert taskforce.seats(plan.id).missing_sectors == []
    assert db.session.scalar(select(func.count()).select_from(Activity).where(Activity.plan_id == plan.id)) == 26
    assert taskforce.installation().state_name["ar"]


def test_titles_are_said_in_all_three_languages():
    document = json.loads(demo.SEED.read_bytes())
    lacking = [text for text in _titles(document) if set(text) != {"en", "fr", "ar"}]
    assert lacking == []


def test_a_person_signs_in_with_the_password(loaded, client):
    page = client.get("/en/sign-in")
    page.submit(0, email="chair@demo.example", password=PASSWORD)
    shown = client.get("/en/home")
    assert "Make a backup" in shown.words
    assert "Leila Marand" in shown.words


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_front_page_shows_the_published_plan(loaded, client, lang):
    page = client.get(f"/{lang}/")
    assert page.all(f"//main//a[@href='/{lang}/plan/nap-2']")


def _titles(value):
    if isinstance(value, list):
        for inner in value:
            yield from _titles(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ("title", "name") and isinstance(inner, dict):
                yield inner
            else:
                yield from _titles(inner)
