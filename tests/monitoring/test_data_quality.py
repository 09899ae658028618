"""Figures worth a second look, and the rule by which progress is judged."""

from datetime import timedelta

import pytest

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.monitoring.progress.thresholds import DEFAULT
from nap_builder.monitoring.queries.periods import periods, status_rule, thresholds_of
from nap_builder.monitoring.services.rule import RuleFacts, set_rule
from tests.builders.framework import an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

QUALITY, RULE = "/en/w/nap-2/data-quality", "/en/w/nap-2/status-rule"
FACTS = {"on_track": 80, "at_risk": 50, "late_days": 30, "jump": 200, "stale_years": 9}


@pytest.fixture
def odd(world):
    """Three years of figures with something odd in each."""
    with transaction():
        in_execution(world.plan)
        rows = [an_indicator(world.activities[0], code=code, title=f"Of {code}") for code in ("1.a", "1.b", "1.c")]
        rows[0].counts = "people"
        for year, value in ((2026, "100"), (2027, "180"), (2028, "180")):
            figures = {
                rows[0].key: {"value": value},
                rows[1].key: {"value": "412"},
                rows[2].key: {"value": "9999", "source": {"en": f"Survey of {year - 6}"}},
            }
            an_update(a_period(world.plan, f"{year}-12-31"), world.activities[0], figures=figures)
    world.rows = rows
    return world


def test_doubts_stand_by_their_kind(as_role, odd):
    page = as_role("secretariat").get(QUALITY)
    for words in (
        "went from 100 to 180",
        "Periods in a row with the value 412: 3",
        "typed to try the form",
        "The source is of 2020",
        "People are not counted by sex",
    ):
        assert words in page.words
    assert page.all("//a[contains(@href, '/update/')]")


def test_what_is_set_by_the_rule_is_not_doubted(as_role, odd):
    with transaction():
        set_rule(actor_of(odd.people["chair"]), odd.plan, RuleFacts(**FACTS), seen=0)
    page = as_role("secretariat").get(QUALITY)
    assert "went from 100" not in page.words
    assert "The source is of" not in page.words


def test_what_is_restricted_is_not_doubted_before_others(as_role, odd):
    with transaction():
        odd.activities[0].restricted = True
    assert "Nothing is in doubt" in as_role("interior").get(QUALITY).words
    assert "1.b" in as_role("official").get(QUALITY).words


def test_the_newest_doubts_come_first(as_role, odd):
    rows = as_role("secretariat").get(QUALITY).all("//tbody[@id='old_source']/tr/td[@data-label='Period to']")
    days = [row.text_content().strip() for row in rows]
    assert days == [f"31 December {year}" for year in (2028, 2027, 2026)]


def test_doubts_of_what_was_published_long_ago_are_folded(as_role, odd):
    with transaction():
        first = min(periods(odd.plan), key=lambda one: one.ends)
        db.session.merge(first).published_at = now() - timedelta(days=366)
    page = as_role("secretariat").get(QUALITY)
    folded = page.all("//main//details//tbody//td[@data-label='Period to']")
    open_ones = page.all("//tbody[@id='old_source']//td[@data-label='Period to']")
    assert {cell.text_content().strip() for cell in folded} == {"31 December 2026"}
    assert [cell.text_content().strip() for cell in open_ones] == ["31 December 2028", "31 December 2027"]


def test_a_plan_without_figures_says_what_will_be_here(as_role, world):
    assert "Nothing is in doubt" in as_role("auditor").get(QUALITY).words


def test_the_defaults_are_those_of_the_arithmetic(world):
    assert thresholds_of(status_rule(world.plan)) == DEFAULT


@pytest.mark.parametrize("who", ["chair", "administrator"])
def test_the_rule_is_set_and_read_in_words(as_role, world, who):
    page = as_role(who).get(RULE)
    assert "from 90% of the way expected" in page.words
    after = page.submit("numbers", **FACTS).follow()
    assert "from 80% of the way expected" in after.words
    limits = thresholds_of(status_rule(world.plan))
    assert (limits.on_track, limits.very_late_days, limits.source_years) == (80, 30, 9)
    back = after.submit(0).follow()
    assert "These are the usual numbers" in back.words
    assert thresholds_of(status_rule(world.plan)) == DEFAULT


@pytest.mark.parametrize("who", ["secretariat", "official", "auditor"])
def test_nobody_else_sets_the_rule(as_role, world, who):
    as_role(who).get(RULE, expect=403)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("on_track", "101", "from 1 to 100"),
        ("at_risk", "90", "below that for “on track”"),
        ("at_risk", "0", "from 1 to 99"),
        ("late_days", "-1", "from 1 to 3,660"),
        ("jump", "9" * 30, "from 1 to 10,000"),
        ("stale_years", "", "Write a whole number"),
        ("jump", "many", "Not a valid integer"),
    ],
)
def test_a_number_that_cannot_be_is_refused_beside_its_field(as_role, world, name, value, words):
    refused = as_role("chair").get(RULE).submit("numbers", expect=422, **{name: value})
    assert words in refused.words
    assert value in refused.text
    assert status_rule(world.plan).row_version == 0


def test_two_who_set_it_at_once_see_both(as_role, world):
    first, second = as_role("chair").get(RULE), as_role("administrator").get(RULE)
    first.submit("numbers", **FACTS)
    both = second.submit("numbers", expect=409, **{**FACTS, "on_track": 70})
    assert "80" in both.words
    assert "70" in both.words


def test_the_service_refuses_what_the_database_would(world):
    with pytest.raises(BadInput), transaction():
        set_rule(actor_of(world.people["chair"]), world.plan, RuleFacts(**{**FACTS, "late_days": 0}), seen=0)
