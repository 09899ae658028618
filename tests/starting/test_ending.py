"""Which objectives of a plan the next one goes on with, by what was reported on them."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import SUBMITTED, VERIFIED
from nap_builder.plans.models.framework import Objective
from nap_builder.plans.models.measures import Figure, Indicator
from nap_builder.plans.models.plan import Plan
from tests.builders.framework import a_figure, an_activity, an_indicator, an_objective
from tests.builders.monitoring import a_period, an_update, in_execution


@pytest.fixture
def ending(world):
    """An objective 1.2 beside the one there is, with two activities; a function that reports on them."""
    with transaction():
        period = a_period(in_execution(world.plan), "2025-12-31")
        objective = an_objective(world.pillar, code="1.2", title="Reached")
        lead = world.institutions["INT"].id
        rows = [an_activity(objective, code=f"1.2.{number}", lead_id=lead) for number in (1, 2)]
        codes = [row.code for row in rows]

    def report(*told):
        with transaction():
            for row, (status, state) in zip(rows, told, strict=True):
                an_update(period, row, status=status, state=state)

    report.objective, report.period, report.codes = objective, period, codes
    return report


def offered(as_role):
    """The objectives that are ticked on the page of the next plan, and how each is called."""
    page = as_role("chair").get("/en/w/nap-2/next")
    ticked = page.all("//input[@name='objectives'][@checked]/@value")
    called = {box.get("value"): box.xpath("string(..)") for box in page.all("//input[@name='objectives']")}
    return ticked, {code: " ".join(words.split()) for code, words in called.items()}


def test_an_objective_with_everything_completed_and_verified_is_marked_met(as_role, ending):
    ending(("completed", VERIFIED), ("completed", VERIFIED))
    ticked, called = offered(as_role)
    assert ticked == ["1.1"]
    assert called["1.2"].startswith("1.2 Reached (met, 2 of 2 activities are completed")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (("on_track", VERIFIED), "1 of 2 activities are completed"),
        (("completed", SUBMITTED), "2 of 2 activities are completed, 1 not verified"),
        (("dropped", SUBMITTED), "1 of 2 activities are completed"),
        (("carried_over", VERIFIED), "1 of 2 activities are completed"),
    ],
)
def test_an_objective_with_something_left_or_unverified_is_open(as_role, ending, second, said):
    ending(("completed", VERIFIED), second)
    ticked, called = offered(as_role)
    assert ticked == ["1.1", "1.2"]
    assert called["1.2"].startswith(f"1.2 Reached ({said})")


def test_what_is_dropped_for_good_is_over_and_not_met(as_role, ending):
    ending(("completed", VERIFIED), ("dropped", VERIFIED))
    ticked, called = offered(as_role)
    assert ticked == ["1.1"]
    assert "met" not in called["1.2"]


def test_an_objective_whose_indicator_reached_its_target_is_met_though_work_goes_on(as_role, ending, world):
    ending(("on_track", VERIFIED), ("on_track", VERIFIED))
    with transaction():
        share = an_indicator(ending.objective, code="Z", kind="number")
        a_figure(share, value="10", year=2023)
        a_figure(share, part="target", value="50", by="2028")
        lead = world.institutions["INT"].id
        an_update(ending.period, share, state=VERIFIED, institution_id=lead, figures={share.key: {"value": "55"}})
    ticked, called = offered(as_role)
    assert ticked == ["1.1"]
    assert "met, 1 of 1 indicator has reached its target" in called["1.2"]


def test_an_open_objective_comes_over_with_its_history(as_role, ending, world, db):
    with transaction():
        share = an_indicator(ending.objective, code="Z", kind="number")
        lead = world.institutions["INT"].id
        an_update(ending.period, share, state=VERIFIED, institution_id=lead, figures={share.key: {"value": "12"}})
        objective, indicator = ending.objective.key, share.key
    browser = as_role("chair")
    browser.get("/en/w/nap-2/next").submit("next-plan", slug="nap-3")
    db.session.rollback()
    plan = db.session.query(Plan).filter_by(slug="nap-3").one()
    assert db.session.query(Objective).filter_by(plan_id=plan.id, key=objective).count() == 1
    row = db.session.query(Indicator).filter_by(plan_id=plan.id, key=indicator).one()
    [figure] = db.session.query(Figure).filter_by(indicator_id=row.id)
    assert (figure.part, figure.value, figure.year) == ("baseline", 12, 2025)
    page = browser.get(f"/en/w/nap-3/row/objective/{objective}")
    assert page.all(f"//main//a[@href='/en/w/nap-2/framework#r-{objective}']")
