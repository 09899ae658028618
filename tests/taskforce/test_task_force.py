"""A plan's task force: who sits in it, and which of the four it needs are missing."""

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, StaleEdit
from nap_builder.taskforce import queries, services
from tests.builders.taskforce import institution, task_force

HOME = "/en/w/nap-2/task-force"


def test_the_four_are_there_in_the_small_state(world):
    assert queries.seats(world.plan.id).missing_sectors == []


def test_the_missing_of_the_four_are_named(world, as_role):
    bodies = world.institutions
    with transaction():
        task_force(world.plan, chair=bodies["WOMEN"], members=[bodies["DEF"], bodies["JUS"]])
    seats = queries.seats(world.plan.id)
    assert seats.missing_sectors == ["interior", "foreign_affairs"]
    page = as_role("official").get(HOME)
    assert "2 of the four are missing" in page.words
    assert [item.text_content() for item in page.all("//main//*[contains(@class, 'notice')]//li")] == [
        "Interior",
        "Foreign affairs",
    ]


def test_another_chair_needs_a_reason(world):
    with pytest.raises(BadInput) as refused, transaction():
        task_force(world.plan, chair=world.institutions["DEF"])
    assert refused.value.field == "chair_reason"
    with transaction():
        task_force(world.plan, chair=world.institutions["DEF"], chair_reason={"en": "It led the first plan."})
    assert [body.code for body in queries.seats(world.plan.id).chairs] == ["DEF"]


def test_nobody_is_both_member_and_observer(world):
    bodies = world.institutions
    with pytest.raises(BadInput) as refused, transaction():
        task_force(world.plan, chair=bodies["WOMEN"], members=[bodies["DEF"]], observers=[bodies["DEF"].id])
    assert refused.value.field == "observers"


def test_a_member_that_the_plan_does_not_name_is_added_to_its_list(world):
    with transaction():
        finance = institution()
        task_force(world.plan, chair=world.institutions["WOMEN"], members=[finance])
    assert queries.seats(world.plan.id).memberships[-1].institution.code == "FIN"


def test_who_saves_after_somebody_else_is_told(world):
    facts = services.TaskForceFacts(chair=world.institutions["WOMEN"].id)
    with pytest.raises(StaleEdit), transaction():
        services.seat_task_force(INSTALLATION, world.plan.id, "nap-2", facts, seen=99)


def test_the_page_seats_a_task_force(world, as_role):
    secretariat = as_role("secretariat")
    before = world.plan.changed_at
    page = secretariat.get(f"{HOME}/edit")
    cso = str(world.institutions["CSO"].id)
    members = [str(world.institutions[code].id) for code in ("DEF", "INT", "FOR")]
    seats = {"members": members, "observers": [cso], "meets_every_months": "3"}
    answer = page.submit("task-force", **seats, **{"mandate-en": "To steer."})
    shown = answer.follow().words
    assert "every 3 months" in shown
    assert "To steer." in shown
    with transaction():
        assert world.plan.changed_at > before


def test_two_who_change_the_task_force_see_both_texts(world, as_role):
    chair = as_role("chair")
    first, second = (chair.get(f"{HOME}/edit") for _ in range(2))
    first.submit("task-force", **{"mandate-en": "Mine."})
    assert "Mine." in second.submit("task-force", expect=409, **{"mandate-en": "Yours."}).text


def test_an_institution_joins_the_list_of_a_plan(world, as_role):
    with transaction():
        finance = institution()
    page = as_role("secretariat").get(HOME)
    shown = page.submit("list", institution_id=str(finance.id)).follow()
    assert "Ministry of Finance" in shown.words


def test_an_adopted_plan_keeps_its_task_force(world, as_role):
    with transaction():
        world.plan.state = "adopted"
    chair = as_role("chair")
    assert not chair.get(HOME).all("//main//form")
    chair.get(f"{HOME}/edit", expect=403)


def test_the_name_of_the_state_costs_one_statement(world, client):
    statements = client.get("/en/help").watch.statements
    assert sum("FROM installation" in said for said in statements) == 1
