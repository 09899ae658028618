"""The page for parliament: what is published, what changed, what one may ask, at one address."""

import gzip
from datetime import timedelta

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish, withdraw
from tests.builders.framework import a_line, an_activity, an_indicator
from tests.builders.parliament import an_entry, an_undertaking

PAGE = "/en/parliament"
PHONE = 30_000  # bytes on the line, of the page without its stylesheet


def opened(world, number=1):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    with transaction():
        return publish(INSTALLATION, version_at("nap-2", number))


def test_before_anything_is_published_it_says_that_the_address_stays(client, world):
    assert "No plan is published yet" in client.get(PAGE).words


def test_a_version_that_is_not_published_is_not_there(client, world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    assert "No plan is published yet" in client.get(PAGE).words


def test_the_published_plan_stands_there_with_its_documents(client, world):
    opened(world)
    page = client.get(PAGE)
    assert "Version 1, published on" in page.words
    assert page.all("//main//a[contains(@href, '/plan/nap-2/v/1.pdf')]")
    assert page.all("//main//a[@href='/en/plan/nap-2']")


def test_the_first_version_says_that_it_is(client, world):
    opened(world)
    assert "This is the first version that is published." in client.get(PAGE).words


def test_what_changed_is_counted_and_leads_to_the_words(client, world):
    opened(world)
    with transaction():
        database.session.merge(world.paragraphs[0]).text = {"en": "Other words."}
        an_activity(world.objective, code="9.9.9")
    opened(world, 2)
    page = client.get(PAGE)
    assert "1 activity was added" in page.words
    assert "1 paragraph says something else" in page.words
    assert page.all("//main//a[contains(@href, '/plan/nap-2/v/1..2')]")


def test_a_withdrawn_version_is_none_to_compare_with(client, world):
    first = opened(world)
    with transaction():
        withdraw(INSTALLATION, database.session.merge(first), seen=first.row_version)
    opened(world, 2)
    assert "This is the first version that is published." in client.get(PAGE).words


def test_gaps_are_questions_with_the_activities_they_are_about(client, world):
    with transaction():
        row = an_activity(world.objective, code="9.9.9")
        a_line(row, amount="40000", funding="gap", year=2027)
        an_indicator(row, code="I-9")
    opened(world)
    page = client.get(PAGE)
    assert "Where will the" in page.words
    assert page.all("//main//a[contains(@href, '/activity/9.9.9')]")
    assert "no baseline" in page.words


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_speaks_the_language_of_the_reader(client, world, language):
    opened(world)
    assert client.get(f"/{language}/parliament").all(f"//html[@lang='{language}']")


def test_it_is_light_enough_for_a_phone(client, world):
    opened(world)
    assert len(gzip.compress(client.get(PAGE).answer.data)) < PHONE


def test_the_public_menu_and_the_front_page_lead_to_it(client, world):
    opened(world)
    assert client.get("/en/").all("//nav//a[@href='/en/parliament']")


def test_what_is_marked_so_stands_there_and_nothing_else_of_the_record(client, world):
    opened(world)
    with transaction():
        plan, defence = world.plan, world.institutions["DEF"]
        an_entry(plan, title="The house debates", public=True)
        an_entry(plan, title="Spoken in confidence")
        an_entry(plan, "resolution", "Taken back", public=True, withdrawn_at=now())
        an_entry(plan, "question", "When do courts come?", public=True, version=1, about=["activity:1.1.1"])
        an_undertaking(plan, defence, public=True)
    page = client.get(PAGE)
    for words in (
        "The house debates",
        "When do courts come?",
        "Not answered yet",
        "Lay the Act before the house",
        "Late",
    ):
        assert words in page.words
    assert page.all("//main//a[contains(@href, '/activity/1.1.1')]")
    assert "Spoken in confidence" not in page.text
    assert "Taken back" not in page.text


def test_a_debate_to_come_stands_among_the_dates(client, world):
    opened(world)
    with transaction():
        an_entry(world.plan, day=today() + timedelta(days=9), body={"en": "Committee on Peace"}, public=True)
    page = client.get(PAGE)
    assert "Committee on Peace" in page.all("//section[@aria-labelledby='dates']")[0].text_content()
    assert not page.all("//*[@id='house']")
