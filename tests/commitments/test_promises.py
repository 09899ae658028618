"""What counts as the same promise, and what asks a ministry again when it changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nap_builder.exchange import services as exchange
from nap_builder.exchange.services import working_document
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.models.plan import Commitment
from nap_builder.plans.promises import alike, differing, only_spelling_may_differ, same_words
from nap_builder.plans.queries.promised import value_of
from nap_builder.plans.services import framework, measures, money, rows
from nap_builder.plans.services.touch import changed
from tests.builders.commitments import SECRETARY, accepted, asked, known
from tests.builders.framework import a_figure, a_line, an_indicator, many_activities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Recruit women officers", "recruit  women officers."),
        ("Élargir l’accès", "Elargir l'acces"),
        ("Police-desks (all)", "police desks all"),
        ("2027–2029", "2027-2029"),
        ("تَدريب الضابطات،", "تدريب الضابطات"),
        ("50 % of posts", "50% of posts"),
        ("a\u200fb", "ab"),
    ],
)
def test_spelling_is_no_difference(one: str, other: str):
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Train 1.5 thousand", "Train 15 thousand"),
        ("Train 10 20", "Train 1020"),
        ("50 % of posts", "50 posts"),
        ("women and men", "women or men"),
        ("below -5", "below 5"),
        ("women/men", "women men"),
    ],
)
def test_another_meaning_is_a_difference(one: str, other: str):
    assert same_words(one) != same_words(other)


def test_the_order_of_lines_and_indicators_is_no_difference():
    lines = [{"currency": "USD", "amount": "1"}, {"currency": "USD", "amount": "2"}]
    assert alike({"budget": lines}, {"budget": lines[::-1]})
    assert differing({"budget": lines}, {"budget": lines[:1]}) == ["budget"]


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ({"title": {"en": "Recruit woman officers"}}, True),
        ({"title": {"en": "Recruit 40 women officers"}}, False),
        ({"title": {"en": "Dismiss everybody"}}, False),
        ({"title": {"en": "Recruit women officers", "fr": "Recruter"}}, False),
        ({"title": {"en": "Recruit woman officers"}, "starts": "2028"}, False),
        ({"title": {"en": "Recruit women officers."}}, False),
    ],
)
def test_spelling_is_offered_for_few_letters_of_a_title_alone(now, offered):
    assert only_spelling_may_differ({"title": {"en": "Recruit women officers"}}, now) is offered


@pytest.fixture
def row(world):
    """An accepted activity with money, a co-lead and an indicator."""
    with transaction():
        activity = world.activities[0]
        rows.involve(activity, {"co_lead": [world.institutions["JUS"].id]})
        a_line(activity)
        a_figure(an_indicator(activity, code="I1"), part="target", value="40", by="2029")
        db.session.flush()
        accepted(activity)
    return activity


CHANGES = {
    "title": lambda row, _w: rows.change(SECRETARY, row, {"title": {"en": "Dismiss"}}, seen=row.row_version),
    "translation": lambda row, _w: rows.change(
        SECRETARY, row, {"title": {**row.title, "fr": "Recruter"}}, seen=row.row_version
    ),
    "lead": lambda row, w: rows.change(SECRETARY, row, {"lead_id": w.institutions["INT"].id}, seen=row.row_version),
    "lead above": lambda row, _w: rows.change(SECRETARY, row, {"lead_id": None}, seen=row.row_version),
    "co-leads": lambda row, _w: rows.change(SECRETARY, row, {}, seen=row.row_version, involved={"co_lead": []}),
    "start": lambda row, _w: rows.change(SECRETARY, row, {"starts": "2028"}, seen=row.row_version),
    "end": lambda row, _w: rows.change(SECRETARY, row, {"ends": "2030"}, seen=row.row_version),
    "timing": lambda row, _w: rows.change(SECRETARY, row, {"timing": "ongoing"}, seen=row.row_version),
    "costing": lambda row, _w: rows.change(SECRETARY, row, {"costing": "no_cost"}, seen=row.row_version),
    "money": lambda row, _w: money.add_line(SECRETARY, row, {"amount": Decimal(5), "funding": "gap"}),
    "indicator": lambda row, _w: measures.add_indicator(
        SECRETARY, row, {"code": "I2", "title": {"en": "Share"}, "kind": "percent"}
    ),
    "currency": lambda _row, w: (setattr(w.plan, "currency", "EUR"), changed(w.plan)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_counts_asks_again(world, row, what):
    with transaction():
        CHANGES[what](row, world)
    found = known(row)
    assert found.state == "asked"
    assert found.changed_at is not None
    assert found.due is not None
    assert found.promised["title"] == {"en": "Recruit women officers"}


def test_a_target_that_moves_asks_again(world, row):
    with transaction():
        [indicator] = [one for one in db.session.scalars(db.select(measures.Indicator)) if one.activity_id == row.id]
        given = {"value": Decimal(50), "by": "2029"}
        measures.write_figure(SECRETARY, indicator, "target", 0, given, seen=indicator.row_version)
    assert known(row).state == "asked"


UNCOUNTED = {
    "spelling": {"title": {"en": "Recruit women-officers."}},
    "number": {"code": "9.9"},
    "description": {"description": {"en": "In all corps."}},
    "topics": {"topics": ["recruitment"]},
}


@pytest.mark.parametrize("what", UNCOUNTED)
def test_what_does_not_count_stays_accepted(world, row, what):
    with transaction():
        rows.change(SECRETARY, row, UNCOUNTED[what], seen=row.row_version)
    assert known(row).state == "accepted"
    assert known(row).promised["title"] == {"en": "Recruit women officers"}


def test_moving_the_row_stays_accepted(world, row):
    with transaction():
        framework.move_row(SECRETARY, row, world.pillar, 0, seen=row.row_version, code="1.9")
    assert known(row).state == "accepted"


def test_what_says_again_what_was_accepted_is_accepted_again(world, row):
    with transaction():
        rows.change(SECRETARY, row, {"starts": "2028"}, seen=row.row_version)
    assert known(row).state == "asked"
    with transaction():
        rows.change(SECRETARY, row, {"starts": None}, seen=row.row_version)
    found = known(row)
    assert (found.state, found.changed_at, found.post) == ("accepted", None, {"en": "Director of planning"})


def test_a_lead_above_that_changes_asks_the_new_ministry(world, row):
    with transaction():
        rows.change(SECRETARY, row, {"lead_id": None}, seen=row.row_version)
    with transaction():
        objective = world.objective
        rows.change(SECRETARY, objective, {"lead_id": world.institutions["DEF"].id}, seen=objective.row_version)
    assert known(row).state == "accepted"


def test_what_was_only_asked_stays_asked(world):
    row = world.activities[0]
    with transaction():
        asked(row)
    with transaction():
        rows.change(SECRETARY, row, {"starts": "2028"}, seen=row.row_version)
    assert (known(row).state, known(row).changed_at) == ("asked", None)


def test_holding_costs_the_same_however_much_is_accepted(world, row, queries):
    def cost() -> int:
        with queries() as said, transaction():
            changed(world.plan)
        return len(said)

    few = cost()
    with transaction():
        for activity in many_activities(world.objective, 30):
            db.session.add(Commitment(activity_id=activity.id, state="accepted", promised=value_of(activity)))
    assert cost() == few


def test_where_nothing_is_accepted_holding_is_one_question(world, queries):
    with transaction():
        asked(*world.activities)
    with queries() as said, transaction():
        changed(world.plan)
    assert sum("commitment" in one for one in said) == 1
    assert not any("budget_line" in one for one in said)


def imported(world, document, *, acts=False):
    """A file is taken in over the plan; with `acts` as the command line does it."""
    incoming = replace(exchange.read(canonical_bytes(document)), acts=acts)
    with transaction():
        exchange.apply(SECRETARY, incoming, plan=world.plan)


def test_an_import_that_changes_a_row_asks_again(world, row):
    document = working_document(world.plan)
    [said] = [one for one in document["pillars"][0]["objectives"][0]["activities"] if one["code"] == "1.1.1"]
    assert said["commitment"]["state"] == "accepted"
    said["starts"] = "2028"
    imported(world, document)
    assert known(row).state == "asked"


def test_an_acceptance_that_a_file_brings_is_held_to_the_values_of_the_file(world):
    row = world.activities[0]
    document = working_document(world.plan)
    [said] = [one for one in document["pillars"][0]["objectives"][0]["activities"] if one["code"] == "1.1.1"]
    said["commitment"] = {"state": "accepted", "on": "2026-05-01", "post": {"en": "Minister"}}
    imported(world, document, acts=True)
    assert known(row).promised == value_of(row)
    with transaction():
        rows.change(SECRETARY, row, {"starts": "2028"}, seen=row.row_version)
    assert known(row).state == "asked"


def test_the_file_says_what_it_said_before(world, row):
    before = canonical_bytes(working_document(world.plan))
    imported(world, working_document(world.plan))
    assert canonical_bytes(working_document(world.plan)) == before
    assert known(row).promised is not None
