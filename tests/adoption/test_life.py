"""The states of a plan and the moves between them, in the browser."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.plans.lifecycle import MOVES, STATES, lawful
from nap_builder.plans.models.plan import Plan
from tests.builders.adoption import adopted

LIFE = "/en/w/nap-2/adoption"
WAY = ["consult", "redraft", "validate"]
AFTER = ["execute", "review", "resume", "close"]


def state_of(db):
    db.session.rollback()
    return db.session.query(Plan.state).filter_by(slug="nap-2").scalar()


def test_every_state_but_the_first_is_reached_and_every_state_but_the_last_is_left():
    assert {move.after for move in MOVES.values()} == set(STATES)
    assert {state for state in STATES if not lawful(state)} == {"closed"}


def test_a_plan_goes_its_whole_way(as_role, world, db):
    browser = as_role("chair")
    for name in WAY:
        browser.get(f"{LIFE}/to/{name}").submit(name)
        assert state_of(db) == MOVES[name].after
    with transaction():
        adopted(world)
    for name in AFTER:
        browser.get(f"{LIFE}/to/{name}").submit(name)
        assert state_of(db) == MOVES[name].after
    assert "The plan is closed." in browser.get(LIFE).words


@pytest.mark.parametrize("name", [*AFTER, "redraft"])
def test_a_move_that_does_not_fit_is_refused(as_role, world, db, name):
    browser = as_role("chair")
    values = browser.get(f"{LIFE}/to/consult").filled("consult")[1]
    assert browser.get(f"{LIFE}/to/{name}", expect=302).location == LIFE
    answer = browser.post(f"{LIFE}/to/{name}", data=values, expect=409)
    assert "The plan has moved on meanwhile: In drafting." in answer.words
    assert state_of(db) == "drafting"


def test_a_move_made_meanwhile_by_another_is_told(as_role, world, db):
    page = as_role("chair").get(f"{LIFE}/to/consult")
    as_role("chair").get(f"{LIFE}/to/consult").submit("consult")
    assert "moved on meanwhile" in page.submit("consult", expect=409).words


@pytest.mark.parametrize("name", ["adopt", "amend", "nonsense"])
def test_what_is_no_plain_move_has_no_page(as_role, world, name):
    as_role("chair").get(f"{LIFE}/to/{name}", expect=404)


@pytest.mark.parametrize("who", ["secretariat", "official", "focal_point", "auditor"])
def test_others_read_where_the_plan_stands_and_move_nothing(as_role, world, who):
    browser = as_role(who)
    page = browser.get(LIFE)
    assert "In drafting" in page.words
    assert not page.all("//main//a[contains(@href, '/to/')]")
    browser.get(f"{LIFE}/to/consult", expect=403)


def test_a_plan_in_consultation_may_be_written(as_role, world, db):
    as_role("chair").get(f"{LIFE}/to/consult").submit("consult")
    as_role("secretariat").get("/en/w/nap-2/section/why?add=end").submit("paragraph", **{"text-en": "New."})


def test_a_move_is_in_the_trail(as_role, world):
    as_role("chair").get(f"{LIFE}/to/validate").submit("validate")
    assert "moved the plan. It is now: In validation." in as_role("auditor").get("/en/audit").words


def test_an_adopted_plan_is_not_frozen_again(as_role, world):
    with transaction():
        adopted(world)
    assert not as_role("chair").get("/en/w/nap-2/versions").all("//form[contains(@action, '/versions')]//textarea")
