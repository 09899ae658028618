"""What an official finds first: the update that is due, open and filled; then requests; then all that is led."""

from datetime import date

import pytest

from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import CLOSED, RETURNED
from tests.builders.commitments import asked
from tests.builders.framework import an_activity
from tests.builders.monitoring import a_period, an_update, in_execution

HEADINGS = "//main//h2"


@pytest.fixture
def owing(world):
    """A plan that is carried out, in which Defence owes two updates."""
    with transaction():
        in_execution(world.plan)
        world.second = an_activity(
            world.objective, code="1.1.3", title="Train women officers", lead_id=world.institutions["DEF"].id
        )
        world.period = a_period(world.plan, "2028-12-31")
    return world


def my(as_role, who="official"):
    return as_role(who).get("/en/my")


def headings(page):
    return [" ".join(head.text_content().split()) for head in page.all(HEADINGS)]


def test_the_first_update_stands_open(as_role, owing):
    page = my(as_role)

    assert (headings(page)[:2], page.form(0).get("id")) == (["Recruit women officers", "Then these"], "update")


def test_updates_come_before_requests(as_role, owing):
    with transaction():
        asked(owing.second)
    page = my(as_role, "focal_point")

    assert headings(page)[:3] == ["Recruit women officers", "Then these", "1 activity asks for your agreement"]


def test_what_came_back_comes_first(as_role, owing):
    with transaction():
        an_update(owing.period, owing.second, state=RETURNED, status="late", return_reason="Count again.")

    assert headings(my(as_role))[0] == "Train women officers"


def test_what_is_due_first_comes_before_what_is_due_later(as_role, owing):
    with transaction():
        early = a_period(owing.plan, "2027-06-30", starts=date(2027, 1, 1))
    page = my(as_role)

    assert f"/cycle/{early.ends}/" in page.form("/cycle/").get("action")


def test_after_the_last_update_nothing_is_asked(as_role, owing):
    for _each in range(2):
        my(as_role).submit("update", press="act=send", status="on_track")

    assert my(as_role).all("//form[@id='update']") == []


def test_activities_are_counted_by_what_was_said_last(as_role, owing):
    with transaction():
        before = a_period(owing.plan, "2027-12-31", state=CLOSED)
        an_update(before, owing.second, status="completed")
    legend = my(as_role).all("//section[@aria-labelledby='statuses']//ul")[0]

    assert " ".join(legend.text_content().split()) == "1 Finished 1 Not started"


def test_what_another_institution_owes_is_not_shown(as_role, owing):
    assert "Recruit women officers" not in my(as_role, "interior").words


def test_a_period_that_is_not_open_asks_for_nothing(as_role, owing):
    with transaction():
        db.session.get(type(owing.period), owing.period.id).state = CLOSED

    assert my(as_role).all("//form[@id='update']") == []


def test_who_speaks_for_nobody_owes_nothing(as_role, owing):
    assert my(as_role, "secretariat").all("//form[@id='update']") == []


def test_the_page_does_not_ask_more_of_the_database_where_more_is_due(as_role, owing):
    few = my(as_role).watch.statements
    with transaction():
        for number in range(4, 12):
            an_activity(owing.objective, code=f"1.1.{number}", lead_id=owing.institutions["DEF"].id)

    assert len(my(as_role).watch.statements) <= len(few)
