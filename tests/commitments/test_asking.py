"""The chair asks, sees who has not answered, and reminds them."""

from datetime import date, timedelta

import pytest

from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db, transaction
from tests.builders.commitments import accepted, asked, known
from tests.builders.plans import a_plan

BOARD = "/en/w/nap-2/commitments"
SOON = (today() + timedelta(days=20)).isoformat()


def test_the_chair_asks_for_ticked_rows_with_a_day(as_role, world):
    key = world.activities[0].key
    page = as_role("chair").get(f"{BOARD}/ask?row={key}")
    assert "Recruit women officers" in page.words
    assert "Open police desks" not in page.words
    result = page.submit("ask", due=SOON).follow()
    assert "1 activity was asked for" in result.words
    assert "Recruit women officers" in result.words
    found = known(world.activities[0])
    assert (found.state, found.due, found.asked_by) == ("asked", date.fromisoformat(SOON), "chair")


def test_without_ticks_everything_not_asked_yet_is_offered(as_role, world):
    with transaction():
        accepted(world.activities[0])
    page = as_role("secretariat").get(f"{BOARD}/ask")
    assert [box.get("value") for box in page.all("//input[@name='rows']")] == [world.activities[1].key]


def test_asking_from_the_matrix_with_nothing_ticked_asks_nobody(as_role, world):
    chair = as_role("chair")
    assert chair.get("/en/w/nap-2/matrix").all("//form[@id='bulk']/input[@name='ticked'][@value='1']")
    page = chair.get(f"{BOARD}/ask?ticked=1")
    assert "No activity is ticked" in page.words
    assert not page.all("//input[@name='rows']")
    ticked = chair.get(f"{BOARD}/ask?ticked=1&row={world.activities[1].key}")
    assert [box.get("value") for box in ticked.all("//input[@name='rows']")] == [world.activities[1].key]


def test_who_has_nobody_to_answer_in_the_program_is_named(as_role, world):
    with transaction():
        world.activities[1].lead_id = world.institutions["CSO"].id
        db.session.merge(world.people["focal_point"]).password = "chosen"
    chair = as_role("chair")
    page = chair.get(f"{BOARD}/ask")
    assert "Union of Women's Groups has no focal point who can sign in" in page.words
    assert "Ministry of Defence has no focal point" not in page.words
    assert "has no focal point who can sign in" in page.submit("ask", due=SOON).follow().words
    assert "has no focal point who can sign in" in chair.get(f"{BOARD}?institution=CSO").words
    [row] = [one.text_content() for one in chair.get(BOARD).all("//tr[@id='m-CSO']")]
    assert "No focal point with an account" in row
    [row] = [one.text_content() for one in chair.get(BOARD).all("//tr[@id='m-DEF']")]
    assert "No focal point" not in row
    with transaction():
        world.people["focal_point"].active = False
    assert "Ministry of Defence has no focal point" in chair.get(f"{BOARD}?institution=DEF").words


def test_what_cannot_be_asked_is_named_with_the_reason(as_role, world):
    with transaction():
        accepted(world.activities[0])
        world.activities[1].lead_id = world.objective.lead_id = None
    rows = "&".join(f"row={activity.key}" for activity in world.activities)
    page = as_role("chair").get(f"{BOARD}/ask?{rows}")
    assert page.all("//*[@class='empty']")
    assert "Nobody leads it" in page.words
    assert "Accepted" in page.words


def test_an_institution_is_asked_for_what_it_leads(as_role, world):
    page = as_role("chair").get(f"{BOARD}/ask?institution=INT")
    assert [box.get("value") for box in page.all("//input[@name='rows']")] == [world.activities[1].key]


@pytest.mark.parametrize("due", ["", "2020-01-01", "tomorrow", "9999-99-99"])
def test_a_day_that_is_none_or_has_passed_asks_nobody(as_role, world, due):
    page = as_role("chair").get(f"{BOARD}/ask").submit("ask", expect=422, due=due)
    assert page.all("//*[@data-error-summary]")
    assert not page.watch.writes or known_none(world)


def known_none(world):
    """Whether nobody was asked for anything."""
    with pytest.raises(AssertionError):
        known(world.activities[0])
    return True


@pytest.mark.parametrize("rows", [None, ["nothing-of-this"], ["x" * 3000]])
def test_rows_that_are_not_there_ask_nobody(as_role, world, rows):
    as_role("chair").get(f"{BOARD}/ask").submit("ask", expect=422, due=SOON, rows=rows)
    assert known_none(world)


def test_a_row_is_not_asked_for_twice(as_role, world):
    chair = as_role("chair")
    first, second = chair.get(f"{BOARD}/ask"), as_role("secretariat").get(f"{BOARD}/ask")
    first.submit("ask", due=SOON)
    second.submit("ask", expect=422, due=SOON)
    assert known(world.activities[0]).asked_by == "chair"


def test_only_the_secretariat_and_the_chair_ask(as_role, world):
    as_role("focal_point").get(f"{BOARD}/ask", expect=403)
    with transaction():
        world.plan.state = "adopted"
    as_role("chair").get(f"{BOARD}/ask", expect=403)


def test_the_board_says_who_has_not_answered_and_since_when(as_role, world):
    with transaction():
        one, two = asked(*world.activities)
        one.asked_at = now() - timedelta(days=40)
        one.due = today() - timedelta(days=3)
    page = as_role("chair").get(BOARD)
    assert "0 of 2 activities are accepted" in page.words
    assert "1 answer is late" in page.words
    headings = [head.text_content() for head in page.all("//h2[@id='waiting']/following::summary/h3")]
    assert headings == ["Ministry of Defence (1)", "Ministry of the Interior (1)"]
    assert two.due > today()


def test_a_reminder_is_written_in_the_language_of_choice_and_noted(as_role, world):
    with transaction():
        asked(world.activities[0])
    chair = as_role("chair")
    page = chair.get(f"{BOARD}/remind/DEF?language=fr")
    [text] = [box.text for box in page.all("//textarea[@name='text']")]
    assert "Deuxième plan d'action national" in text
    assert "/fr/my" in text
    answer = page.submit("remind")
    assert "The reminder is noted." in answer.follow().words
    assert known(world.activities[0]).reminded_at is not None
    assert "Last reminded on" in chair.get(f"{BOARD}/remind/DEF").words


def test_a_reminder_never_names_what_is_restricted(as_role, world):
    with transaction():
        world.activities[0].restricted = True
        asked(world.activities[0])
    page = as_role("chair").get(f"{BOARD}/remind/DEF")
    [text] = [box.text for box in page.all("//textarea[@name='text']")]
    assert "Recruit" not in text
    assert "1.1.1" not in text


@pytest.mark.parametrize("code", ["INT", "NONE", "CSO"])
def test_who_owes_no_answer_is_not_reminded(as_role, world, code):
    with transaction():
        asked(world.activities[0])
    as_role("chair").get(f"{BOARD}/remind/{code}", expect=404)


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00+00:00", "%00", "9" * 99])
def test_a_moment_at_which_nothing_was_asked_is_not_there(as_role, world, moment):
    as_role("chair").get(f"{BOARD}/asked?at={moment}", expect=400 if moment == "%00" else 404)


def test_a_restricted_activity_is_counted_for_those_alone_who_may_read_it(as_role, world):
    with transaction():
        world.activities[0].restricted = True
        asked(world.activities[0])
    assert "of 1 activities" in as_role("interior").get(BOARD).words
    assert "of 2 activities" in as_role("focal_point").get(BOARD).words
    as_role("interior").get(f"{BOARD}/{world.activities[0].key}", expect=404)


def test_a_plan_without_activities_says_what_comes_first(as_role, world):
    with transaction():
        a_plan(slug="nap-3", title={"en": "Third plan"})
    chair = as_role("chair")
    for address in ("/en/w/nap-3/commitments", "/en/w/nap-3/commitments/ask"):
        page = chair.get(address)
        assert "When the results matrix has activities" in page.words
        assert "0 of 0" not in page.words
