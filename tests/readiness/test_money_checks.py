"""The checks of resources: D1 to D5."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.plans.sums_in_words import sums_in
from tests.builders.framework import a_line
from tests.builders.readiness import asked, change, open_rows, passes


def test_enough_activities_are_costed(world):
    change(world.activities[0], costing="no_cost")
    assert open_rows(world.plan, "D1") == ["1.1.2"]
    with transaction():
        a_line(world.activities[1])
    assert passes(world.plan, "D1")


@pytest.mark.parametrize(
    ("said", "good"),
    [
        ({}, False),
        ({"funding": "gap"}, True),
        ({"kind": "core"}, True),
        ({"source": {"en": "State budget"}}, True),
        ({"funding": "secured"}, False),
    ],
)
def test_every_budget_line_names_its_source(world, said, good):
    with transaction():
        a_line(world.activities[0], **said)
    assert open_rows(world.plan, "D2") == ([] if good else ["1.1.1"])


def test_the_gap_can_be_told_for_every_year(world):
    with transaction():
        a_line(world.activities[0], year=2027, funding="gap")
        unknown = a_line(world.activities[1], year=2027)
    assert open_rows(world.plan, "D3") == ["1.1.2"]
    change(unknown, funding="secured", year=None)
    assert open_rows(world.plan, "D3") == ["1.1.2"]
    change(unknown, year=2028)
    assert passes(world.plan, "D3")


def test_coordination_is_costed_itself(world):
    assert asked(world.plan, "D4").found.says
    change(world.activities[0], topics=["coordination"])
    assert open_rows(world.plan, "D4") == ["1.1.1"]
    change(world.activities[0], costing="within_core")
    assert passes(world.plan, "D4")


def test_an_amount_in_the_text_that_is_no_sum_is_shown(world):
    with transaction():
        a_line(world.activities[0], amount="7000000")
        a_line(world.activities[1], amount="5400000")
    change(world.paragraphs[0], text={"en": "The plan costs USD 12.4 million, of which 7,000,000 USD for recruits."})
    assert passes(world.plan, "D5")
    change(world.paragraphs[1], text={"en": "It costs 13 million USD.", "fr": "Il coûte 13 millions USD."})
    [row] = asked(world.plan, "D5").found.failing
    assert "13,000,000" in row.note
    assert row.place.parts == {"section": "why", "_anchor": f"p-{world.paragraphs[1].key}"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("USD 12.4 million", 12_400_000),
        ("12 400 000 USD", 12_400_000),
        ("$1,234,567.50", 1_234_567.5),
        ("3 millions de USD", 3_000_000),
        ("1.5 milliards USD", 1_500_000_000),
        ("١٢٫٤ مليون USD", 12_400_000),
        ("USD 1.234.567", 1_234_567),
    ],
)
def test_amounts_are_read_as_each_language_writes_them(text, value):
    assert [one.value for one in sums_in(text, ["USD"])] == [value]


@pytest.mark.parametrize("text", ["In 2027 the USD fell.", "resolution 1325", "AUSD 5", "XOF 5"])
def test_what_is_no_amount_is_left_alone(text):
    assert list(sums_in(text, ["USD"])) == []
