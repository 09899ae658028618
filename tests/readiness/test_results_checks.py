"""The checks of results: C1 to C12, F1 to F3 and F8."""

import pytest

from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.measures import Figure
from nap_builder.plans.queries.plan import counts_of
from tests.builders.framework import a_figure, a_pillar, an_activity, an_indicator
from tests.builders.readiness import a_milestone, asked, change, open_rows, passes


@pytest.fixture
def indicator(world):
    with transaction():
        return an_indicator(world.objective, code="I1")


def test_every_activity_stands_under_an_objective(world):
    assert passes(world.plan, "C1")
    with transaction():
        an_activity(world.pillar, code="1.0.1")
    assert open_rows(world.plan, "C1") == ["1.0.1"]


def test_every_objective_has_an_indicator_of_its_outcome(world, indicator):
    assert passes(world.plan, "C2")
    change(indicator, level="output")
    assert open_rows(world.plan, "C2") == ["1.1"]
    with transaction():
        an_indicator(world.pillar, code="I2", level="impact", also_measures=[f"objective:{world.objective.key}"])
    assert passes(world.plan, "C2")


def test_every_indicator_has_a_baseline_with_its_year(world, indicator):
    assert open_rows(world.plan, "C3") == ["I1"]
    with transaction():
        figure = a_figure(indicator)
    assert open_rows(world.plan, "C3") == ["I1"]
    assert counts_of(world.plan).unmeasured == 1
    change(figure, year=2025)
    assert passes(world.plan, "C3")
    assert counts_of(world.plan).unmeasured == 0


def test_a_dated_plan_to_collect_stands_for_a_baseline(world, indicator):
    assert counts_of(world.plan).unmeasured == 1
    change(indicator, baseline_due="2027-Q3")
    assert passes(world.plan, "C3")
    assert counts_of(world.plan).unmeasured == 0


@pytest.mark.parametrize(("by", "good"), [("2031", True), ("2027-01-01", True), ("2026", False), (None, False)])
def test_every_indicator_has_a_target_within_the_plan(world, indicator, by, good):
    with transaction():
        a_figure(indicator, part="target", by=by)
    assert passes(world.plan, "C4") == good


def test_every_indicator_has_a_source_and_a_custodian(world, indicator):
    change(indicator, means_of_verification={"en": "Register of the army"})
    assert open_rows(world.plan, "C5") == ["I1"]
    change(indicator, responsible_id=world.institutions["DEF"].id)
    assert passes(world.plan, "C5")


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"counts": "people"}, False),
        ({"counts": "people", "disaggregation": ["age", "sex"]}, True),
        ({"counts": "people", "no_sex_reason": {"en": "Prisons hold men only."}}, True),
        ({"counts": "documents"}, True),
    ],
)
def test_people_are_counted_by_sex(world, indicator, values, good):
    change(indicator, **values)
    assert passes(world.plan, "C6") == good


@pytest.mark.parametrize(
    ("direction", "before", "after", "good"),
    [
        ("increase", "5", "9", True),
        ("increase", "5", "5", False),
        ("increase", "5", "2", False),
        ("decrease", "5", "2", True),
        ("maintain", "5", "5", True),
    ],
)
def test_a_target_moves_as_declared(world, indicator, direction, before, after, good):
    change(indicator, direction=direction)
    with transaction():
        a_figure(indicator, value=before)
        a_figure(indicator, part="target", value=after)
    assert passes(world.plan, "C7") == good


def test_a_share_is_compared_as_a_share(world, indicator):
    with transaction():
        for part, parts in (("baseline", (1, 2)), ("target", (30, 100))):
            said = {"numerator": parts[0], "denominator": parts[1], "position": 0}
            db.session.add(Figure(indicator_id=indicator.id, part=part, **said))
    assert open_rows(world.plan, "C7") == ["I1"]


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"starts": "2027", "ends": "2028-Q2"}, True),
        ({"starts": "2027"}, False),
        ({"starts": "2026-12", "ends": "2028"}, False),
        ({"timing": "ongoing"}, True),
        ({"time_as_stated": {"en": "Soon"}}, False),
    ],
)
def test_every_activity_begins_and_ends_within_the_plan(world, values, good):
    change(world.activities[1], timing="as_needed")
    change(world.activities[0], **values)
    assert open_rows(world.plan, "C8") == ([] if good else ["1.1.1"])


def test_every_objective_states_the_change(world):
    assert open_rows(world.plan, "C9") == ["1.1"]
    change(world.objective, change_for_women={"en": "They sit at the table."})
    assert passes(world.plan, "C9")


@pytest.mark.parametrize(("months", "good"), [(12, True), (6, True), (9, False), (18, False)])
def test_reports_go_with_the_budget(world, months, good):
    change(world.plan, reporting_months=months)
    assert passes(world.plan, "C10") == good


def test_a_review_and_an_evaluation_are_scheduled(world):
    a_milestone(world.plan, "mid_term_review", "2029")
    a_milestone(world.plan, "final_evaluation", None)
    assert open_rows(world.plan, "C11") == ["Final evaluation"]
    a_milestone(world.plan, "final_evaluation", "2031")
    assert passes(world.plan, "C11")


def test_civil_society_has_a_part(world):
    assert asked(world.plan, "C12").found.place.endpoint == "plans.following"
    change(world.plan, civil_society_role="none")
    assert not passes(world.plan, "C12")
    change(world.plan, civil_society_role="voting_seats")
    assert passes(world.plan, "C12")


def test_every_pillar_has_an_objective(world):
    assert passes(world.plan, "F1")
    with transaction():
        a_pillar(world.plan, code="2")
    assert open_rows(world.plan, "F1") == ["2"]


def test_every_objective_cites_a_mandate(world):
    assert open_rows(world.plan, "F2") == ["1.1"]
    change(world.objective, mandates=["S/RES/1325 OP1"])
    assert passes(world.plan, "F2")


def test_new_work_is_told_apart(world):
    assert asked(world.plan, "F3").found.says
    change(world.activities[0], new=False)
    assert passes(world.plan, "F3")
    change(world.activities[1], timing="ongoing")
    assert open_rows(world.plan, "F3") == ["1.1.1", "1.1.2"]


def test_indicators_are_linked_to_standard_ones(world, indicator):
    assert open_rows(world.plan, "F8") == ["I1"]
    change(indicator, references=["SDG 5.5.1"])
    assert passes(world.plan, "F8")
