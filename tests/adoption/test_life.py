"""The states of a plan and the moves between them, in the browser."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.plans.lifecycle import MOVES, STATES, lawful
from nap_builder.plans.models.plan import Plan
from tests.builders.adoption import adopted
from tests.builders.readiness import change

LIFE = "/en/w/nap-2/adoption"
GATE = "/en/w/nap-2/gate"
AFTER = ["execute", "review", "resume", "close"]


def state_of(db):
    db.session.rollback()
    return db.session.query(Plan.state).filter_by(slug="nap-2").scalar()


def test_every_state_but_the_first_is_reached_and_every_state_but_the_last_is_left():
    assert {move.after for move in MOVES.values()} == set(STATES)
    assert {state for state in STATES if not lawful(state)} == {"closed"}


def passed(browser, gate):
    """Takes the plan through a gate, with a reason."""
    browser.get(f"{GATE}/{gate}").submit(f"gate/{gate}", **{"reason-en": "The minister wants it seen."})


def test_a_plan_goes_its_whole_way(as_role, world, db):
    browser = as_role("chair")
    passed(browser, "consult")
    assert state_of(db) == "consultation"
    for name in ("redraft", "consult"):
        browser.get(f"{LIFE}/to/{name}").submit(name)
        assert state_of(db) == MOVES[name].after
    passed(browser, "cabinet")
    assert state_of(db) == "validation"
    with transaction():
        adopted(world)
    for name in AFTER:
        browser.get(f"{LIFE}/to/{name}").submit(name)
        assert state_of(db) == MOVES[name].after
    assert "The plan is closed." in browser.get(LIFE).words


@pytest.mark.parametrize("name", [*AFTER, "redraft"])
def test_a_move_that_does_not_fit_is_refused(as_role, world, db, name):
    browser = as_role("chair")
    values = browser.get(f"{GATE}/consult").filled("gate/consult")[1]
    assert browser.get(f"{LIFE}/to/{name}", expect=302).location == LIFE
    answer = browser.post(f"{LIFE}/to/{name}", data=values, expect=409)
    assert "The plan has moved on meanwhile: In drafting." in answer.words
    assert state_of(db) == "drafting"


def test_a_move_made_meanwhile_by_another_is_told(as_role, world, db):
    passed(as_role("chair"), "consult")
    page = as_role("chair").get(f"{LIFE}/to/redraft")
    as_role("chair").get(f"{LIFE}/to/redraft").submit("redraft")
    assert "moved on meanwhile" in page.submit("redraft", expect=409).words


@pytest.mark.parametrize(("move", "gate"), [("consult", "consult"), ("validate", "cabinet")])
def test_a_move_leads_to_the_gate_before_it_until_that_is_passed(as_role, world, db, move, gate):
    browser = as_role("chair")
    assert browser.get(f"{LIFE}/to/{move}", expect=302).location == f"{GATE}/{gate}"
    assert browser.get(LIFE).all(f"//*[@aria-labelledby='moves']//a[@href='{GATE}/{gate}']")
    values = browser.get(f"{GATE}/{gate}").filled(f"gate/{gate}")[1]
    assert "through its gate" in browser.post(f"{LIFE}/to/{move}", data=values, expect=409).words
    assert state_of(db) == "drafting"


def test_the_moves_say_which_gates_are_not_passed(as_role, world):
    words = as_role("chair").get(LIFE).words
    assert "A gate lies before it that is not passed: Consultation." in words
    assert "Gates lie before it that are not passed: Consultation, Cabinet." in words


def test_a_gate_on_the_way_says_how_many_checks_are_open(as_role, world):
    change(world.objective, lead_id=None)
    change(world.activities[0], lead_id=None)
    browser = as_role("chair")
    page = browser.get(f"{GATE}/consult")
    assert "5 of 6 checks pass. 1 needs work." in page.words
    page.submit("gate/consult", expect=422)


def test_a_gate_says_in_which_state_the_plan_then_is(as_role, world):
    browser = as_role("chair")
    assert "The plan is then: In consultation." in browser.get(f"{GATE}/consult").words
    assert "The plan is then" not in browser.get(f"{GATE}/parliament").words


@pytest.mark.parametrize("name", ["adopt", "amend", "nonsense"])
def test_what_is_no_plain_move_has_no_page(as_role, world, name):
    as_role("chair").get(f"{LIFE}/to/{name}", expect=404)


@pytest.mark.parametrize("who", ["secretariat", "official", "focal_point", "auditor"])
def test_others_read_where_the_plan_stands_and_move_nothing(as_role, world, who):
    browser = as_role(who)
    page = browser.get(LIFE)
    assert "In drafting" in page.words
    assert not page.all("//main//a[contains(@href, '/to/') or contains(@href, '/gate/')]")
    browser.get(f"{LIFE}/to/consult", expect=403)


def test_a_plan_in_consultation_may_be_written(as_role, world, db):
    passed(as_role("chair"), "consult")
    as_role("secretariat").get("/en/w/nap-2/section/why?add=end").submit("paragraph", **{"text-en": "New."})


def test_a_move_is_in_the_trail(as_role, world):
    passed(as_role("chair"), "cabinet")
    assert "moved the plan. It is now: In validation." in as_role("auditor").get("/en/audit").words


def test_an_adopted_plan_is_not_frozen_again(as_role, world):
    with transaction():
        adopted(world)
    assert not as_role("chair").get("/en/w/nap-2/versions").all("//form[contains(@action, '/versions')]//textarea")
