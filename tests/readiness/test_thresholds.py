"""The numbers of checks that a State sets itself."""

import pytest

from nap_builder.kernel.database import db
from nap_builder.readiness.models import Threshold
from nap_builder.readiness.queries import thresholds
from tests.builders.readiness import change, passes

PAGE = "/en/settings/readiness"


def kept():
    db.session.expire_all()
    return {row.key: row.value for row in db.session.query(Threshold)}


def test_each_number_has_its_sentence_and_its_usual_value(as_role):
    page = as_role("administrator").get(PAGE)
    assert "The least that is costed" in page.words
    assert "Take the usual one" not in page.words
    assert as_role("chair").get("/en/settings").all(f"//a[@href='{PAGE}']")


def test_a_number_that_is_set_counts_and_the_usual_one_comes_back(as_role, world):
    change(world.activities[0], costing="no_cost")
    assert not passes(world.plan, "D1")
    as_role("chair").get(f"{PAGE}/D1").submit(0, value="50")
    assert kept() == {"D1": 50}
    assert passes(world.plan, "D1")
    page = as_role("chair").get(PAGE)
    page.submit("D1")
    assert kept() == {}
    assert thresholds()["D1"] == 80


@pytest.mark.parametrize("value", ["", "-1", "101", "1e9", "99999999999999999999", "many", "50.5"])
def test_a_number_out_of_bounds_is_refused(as_role, value):
    as_role("chair").get(f"{PAGE}/D1").submit(0, expect=422, value=value)
    assert kept() == {}


def test_two_who_set_a_number_at_once_do_not_overwrite_each_other(as_role):
    first, second, third = (as_role("chair").get(f"{PAGE}/D1") for _number in range(3))
    first.submit(0, value="60")
    second.submit(0, expect=409, value="70")
    third.submit(0, expect=409, value="80")
    assert kept() == {"D1": 60}


def test_a_check_without_a_number_has_no_page(as_role):
    for key in ("A1", "Z9"):
        as_role("chair").get(f"{PAGE}/{key}", expect=404)


@pytest.mark.parametrize("who", ["secretariat", "auditor", "official"])
def test_only_the_chair_and_the_administrator_set_numbers(as_role, who):
    as_role(who).get(PAGE, expect=403)
    as_role(who).get(f"{PAGE}/D1", expect=403)
