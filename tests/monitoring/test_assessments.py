"""Organisations outside the government say how they see an objective, beside what it reports."""

import pytest
from sqlalchemy import select

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.assessments.models import Assessment
from nap_builder.reports.queries.facts import facts_of
from tests.builders.framework import an_objective
from tests.builders.monitoring import a_period
from tests.builders.progress import Carried, two_years

PUBLIC = "/en/progress/objectives"
SAID = "No desk outside the capital is open."


@pytest.fixture
def carried(world) -> Carried:
    """A plan with two years of reports whose progress is public."""
    with transaction():
        return two_years(world, published=True)


@pytest.fixture
def address(carried):
    """Where the first objective is assessed."""
    return f"{PUBLIC}/{carried.objectives[0].key}/assessment"


def written(as_role, address, who="contributor", **given):
    """What somebody says is sent."""
    typed = {"judgement": "too_slow", "said-en": SAID, **given}
    return as_role(who).get(address).submit("assessment", **typed)


def row_of(page, words):
    """The row of a table with these words."""
    return next(" ".join(row.text_content().split()) for row in page.all("//tbody/tr") if words in row.text_content())


def test_an_organisation_is_led_from_its_own_page_to_the_objectives(as_role, carried):
    page = as_role("contributor").get("/en/home")
    there = as_role("contributor").get(page.all("//a[contains(., 'Assess the objectives')]/@href")[0])
    assert there.all("//a[contains(@href, '/assessment')]")


def test_what_is_said_stands_beside_the_government_s_word_and_changes_none(as_role, client, carried, address):
    before = row_of(client.get(PUBLIC), "Aim 1")
    written(as_role, address)
    after = row_of(client.get(PUBLIC), "Aim 1")

    assert ("Too slow" in after, SAID in after) == (True, True)
    assert after.split("Too slow")[0] == before.split("Nothing yet")[0]


def test_it_names_the_organisation_and_the_auditor_apart(as_role, world, client, address):
    written(as_role, address)
    written(as_role, address, who="auditor", judgement="on_the_way")
    row = row_of(client.get(PUBLIC), "Aim 1")

    name = actor_of(world.people["contributor"]).institution_name
    assert row.index(f"Too slow {name}: {SAID}") < row.index(f"On the way The auditor: {SAID}")


def test_staff_read_it_under_the_objective(as_role, carried, address):
    written(as_role, address)

    assert SAID in row_of(as_role("chair").get(f"{carried.address}/scoreboard"), "Aim 1")


def test_it_is_changed_and_not_said_twice(as_role, address):
    written(as_role, address)
    written(as_role, address, judgement="worse")

    assert [one.judgement for one in database.session.scalars(select(Assessment))] == ["worse"]


def test_what_is_withdrawn_is_on_no_page_and_can_be_said_again(as_role, client, address):
    written(as_role, address)
    as_role("contributor").get(address).submit("withdraw")
    assert SAID not in client.get(PUBLIC).words
    written(as_role, address)
    assert SAID in client.get(PUBLIC).words


def test_what_is_withdrawn_is_not_withdrawn_again(as_role, address):
    written(as_role, address)
    page = as_role("contributor").get(address)
    page.submit("withdraw")
    again = page.submit("withdraw", once="0123456789abcdefghij", expect=409)
    assert "Nothing that you said of this objective stands" in again.words


def test_two_of_one_organisation_see_both_texts(as_role, address):
    first, second = as_role("contributor").get(address), as_role("contributor").get(address)
    first.submit("assessment", judgement="too_slow", **{"said-en": SAID})
    both = second.submit("assessment", expect=409, judgement="worse", **{"said-en": "Another view."})

    assert (SAID in both.words, "Another view." in both.text) == (True, True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"judgement": None}, "Choose how you see it."),
        ({"judgement": "splendid"}, "Choose one of the list."),
        ({"said-en": ""}, "What makes you say so?"),
        ({"said-en": "x" * 601}, "under 600 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_the_typing_kept(as_role, address, typed, told):
    given = {"judgement": "too_slow", "said-en": "Typed before", **typed}
    page = as_role("contributor").get(address).submit("assessment", expect=422, **given)

    assert told in page.words
    assert (given["said-en"] or "Write") in page.text


@pytest.mark.parametrize("who", ["chair", "official", "parliamentarian"])
def test_nobody_of_the_government_assesses(as_role, address, who):
    as_role(who).get(address, expect=403)
    assert not as_role(who).get(PUBLIC).all("//a[contains(@href, '/assessment')]")


def test_an_objective_of_another_plan_is_not_there(as_role, world, carried):
    as_role("contributor").get(f"{PUBLIC}/{world.objective.key}/assessment", expect=404)


def test_it_is_remembered(as_role, address):
    written(as_role, address)

    last = database.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert sentence_of(last).endswith("assessed objective 1.1 in the period to 31 December 2025.")


def test_the_report_card_names_it(as_role, app, carried, address):
    written(as_role, address)
    with app.test_request_context():
        line = facts_of(carried.plan, carried.second, "pillars")["said"]["en"]["rows"]["lines"][0]

    assert [one["judgement"] for one in line["assessed"]["rows"]] == ["Too slow"]


def test_the_page_asks_no_more_of_the_database_for_more_objectives(as_role, client, carried, address):
    written(as_role, address)
    before = len(client.get(PUBLIC).watch.statements)
    with transaction():
        for number in range(10):
            an_objective(carried.pillars[0], code=f"1.{number + 2}")
    assert len(client.get(PUBLIC).watch.statements) == before


def test_the_last_word_stands_until_there_is_a_newer_one(as_role, carried, address):
    written(as_role, address)
    with transaction():
        a_period(carried.plan, "2026-12-31")

    row = row_of(as_role("chair").get(f"{carried.address}/scoreboard"), "Aim 1")
    assert f"{SAID} Period to 31 December 2025" in row
