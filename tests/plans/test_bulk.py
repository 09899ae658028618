"""Several rows ticked in the matrix: shown before and after, set together, reported row by row, undone together."""

from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from sqlalchemy import func, select, update

from nap_builder.accounts.models import SignIn
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.undo import Undo
from tests.builders.commitments import accepted
from tests.builders.framework import a_line, an_activity, many_activities

HOME = "/en/w/nap-2"
BULK = f"{HOME}/bulk"


def activities(world):
    database.session.rollback()
    return [database.session.get_one(Activity, row.id) for row in world.activities]


def leads(world):
    codes = {body.id: code for code, body in world.institutions.items()}
    return [codes.get(row.lead_id) for row in activities(world)]


def ticked(world):
    return "&".join(f"row={row.key}" for row in world.activities)


def confirming(client, world, what="lead", choice="lead=JUS"):
    return client.get(f"{BULK}/{what}?{ticked(world)}&{choice}")


def results(page):
    return [" ".join(row.text_content().split()) for row in page.all("//main//tbody/tr")]


def test_from_the_matrix_to_the_result_and_back(world, as_role):
    chair = as_role("chair")
    matrix = chair.get(f"{HOME}/matrix?tick=all")
    assert len(matrix.all("//input[@name='row'][@form='bulk'][@checked]")) == 2
    assert not matrix.all("//form//form")
    assert not chair.get(f"{HOME}/matrix").all("//input[@name='row'][@checked]")
    chosen = chair.get(f"{BULK}/lead?{ticked(world)}")
    assert "2 activities are ticked" in chosen.words
    page = confirming(chair, world)
    assert "You are about to set the lead of 2 activities to Ministry of Justice" in page.words
    assert results(page)[0] == "1.1.1 Recruit women officers Ministry of Defence Ministry of Justice"
    result = page.submit().follow()
    assert "The lead of 2 activities was set" in result.words
    assert results(result) == ["1.1.1 Recruit women officers Changed", "1.1.2 Open police desks Changed"]
    assert leads(world) == ["JUS", "JUS"]
    again = chair.get(result.answer.request.path)
    undone = again.submit("/undo/").follow()
    assert "You undid this since" in undone.words
    assert results(undone)[0] == "1.1.1 Recruit women officers Changed, then undone"
    assert leads(world) == ["DEF", "INT"]
    assert not undone.all("//main//form")


def test_the_matrix_keeps_its_filters_and_what_is_undone_is_called_so(world, as_role):
    chair = as_role("chair")
    [back] = chair.get(f"{HOME}/matrix?pillar=&q=women&lead=DEF").all("//form[@id='bulk']/input[@name='back']/@value")
    kept = f"{ticked(world)}&ticked=1&back={quote(back)}"
    chosen = chair.get(f"{BULK}/lead?{kept}")
    assert chosen.all("//main//form//input[@name='back']/@value") == [back]
    page = chair.get(f"{BULK}/lead?{kept}&lead=JUS")
    result = page.submit("/bulk/lead").follow()
    assert back_of(result) == {"pillar": [""], "q": ["women"], "lead": ["DEF"]}
    undone = result.submit("/undo/").follow()
    assert undone.all("//h1")[0].text_content().strip() == "The change of 2 activities was undone"
    assert back_of(undone) == back_of(result)


def back_of(page):
    """The filters of the address that leads back to the matrix."""
    [link] = page.all("//main//a[normalize-space()='Go back to the matrix']")
    return parse_qs(urlsplit(link.get("href")).query, keep_blank_values=True)


def test_before_dates_are_set_each_row_says_what_does_not_fit(world, as_role):
    with transaction():
        row = world.activities[0]
        a_line(row, year=2029)
        a_line(row, year=2028)
        database.session.add(
            Milestone(
                plan_id=world.plan.id, activity_id=row.id, code="M1", position=0, due="2029-03", title={"en": "Law"}
            )
        )
        database.session.flush()
        accepted(row)
    one, other = results(confirming(as_role("chair"), world, "dates", "starts=2027&ends=2028"))
    assert "It has money for years after its end: 2029." in one
    assert "It has milestones after its end: March 2029." in one
    assert "It is accepted: the ministry will be asked again." in one
    assert "Outside the period" not in one + other
    assert "after its end" not in other
    outside = results(confirming(as_role("chair"), world, "dates", "ends=2033"))
    assert all("Outside the period of the plan." in line for line in outside)


def test_a_date_is_taken_out_and_comes_back_by_undoing(world, as_role):
    with transaction():
        for row in activities(world):
            row.starts, row.ends = "2027", "2029"
    page = confirming(as_role("chair"), world, "dates", "starts=2028&no_ends=y")
    assert "from 2028, no end" in page.words
    assert all(line.endswith("2027 to 2029 from 2028") for line in results(page))
    result = page.submit("/bulk/dates").follow()
    assert [(row.starts, row.ends) for row in activities(world)] == [("2028", None)] * 2
    result.submit("/undo/")
    assert [(row.starts, row.ends) for row in activities(world)] == [("2027", "2029")] * 2


def test_a_row_without_any_date_left_says_so_before_it_is_saved(world, as_role):
    with transaction():
        activities(world)[0].ends = "2029"
    one, _other = results(confirming(as_role("chair"), world, "dates", "no_starts=y&no_ends=y"))
    assert one.endswith("until 2029 No dates")


@pytest.mark.parametrize(("lead", "again"), [("JUS", True), ("DEF", False)])
def test_before_a_lead_is_set_an_accepted_row_says_that_it_will_be_asked_again(world, as_role, lead, again):
    with transaction():
        accepted(world.activities[0])
    one, other = results(confirming(as_role("chair"), world, "lead", f"lead={lead}"))
    assert ("will be asked again" in one) is again
    assert "will be asked again" not in other


def test_the_page_of_an_activity_names_money_after_its_end(world, as_role):
    with transaction():
        a_line(world.activities[0], year=2029)
        world.activities[0].ends = "2029-Q2"
    address = f"{HOME}/activity/{world.activities[0].key}"
    assert "after its end" not in as_role("chair").get(address).words
    with transaction():
        database.session.execute(update(Activity).where(Activity.id == world.activities[0].id).values(ends="2028"))
    assert "It has money for years after its end: 2029." in as_role("chair").get(address).words


def test_a_row_can_be_unticked(world, as_role):
    page = confirming(as_role("secretariat"), world)
    result = page.submit(row=world.activities[1].key).follow()
    assert "The lead of 1 activity was set" in result.words
    assert leads(world) == ["DEF", "JUS"]


def test_without_a_tick_nothing_is_saved_and_the_page_stays(world, as_role):
    page = confirming(as_role("chair"), world).submit(row=None, expect=422)
    assert "Tick at least one row." in page.words
    assert len(page.all("//input[@name='row']")) == 2
    assert "No activity is ticked" in as_role("chair").get(f"{BULK}/dates").words


def test_each_row_that_is_left_alone_is_named_with_why(world, as_role):
    with transaction():
        objective = database.session.get_one(type(world.objective), world.objective.id)
        ends = {"1.1.3": "2026", "1.1.4": "2028", "1.1.5": "2028", "1.1.6": "2028"}
        keys = [an_activity(objective, code=code, ends=end).key for code, end in ends.items()]
    chair = as_role("chair")
    rows = "&".join(f"row={key}" for key in [*keys, "not-a-key-of-this-plan"])
    page = chair.get(f"{BULK}/dates?{rows}&starts=2027")
    assert "You are about to set the dates of 3 activities: from 2027" in page.words
    assert "it would end before it starts" in results(page)[0]
    with transaction():
        database.session.execute(update(Activity).where(Activity.key == keys[2]).values(archived_at=now()))
    opened = as_role("secretariat").get(f"{HOME}/matrix?edit={keys[3]}")
    opened.submit("/row", **{"title-en": "Written meanwhile"})
    page.submit()
    report = {key: (word, who) for key, word, who in last().report["rows"]}
    assert report == {
        keys[0]: ("ends_first", ""),
        keys[1]: ("changed", ""),
        keys[2]: ("archived", ""),
        keys[3]: ("saved_since", "secretariat"),
        "not-a-key-of-this-plan": ("gone", ""),
    }
    result = chair.get(f"{BULK}/result/{last().key}")
    assert "secretariat changed it after the page was shown" in result.words
    assert "it is not in this plan" in result.words


def last():
    database.session.rollback()
    return database.session.scalar(select(Undo).order_by(Undo.id.desc()).limit(1))


def test_a_ministry_sets_the_dates_of_its_own_rows_only(world, as_role):
    defence = as_role("focal_point")
    matrix = defence.get(f"{HOME}/matrix")
    assert [box.get("value") for box in matrix.all("//input[@name='row']")] == [world.activities[0].key]
    assert not matrix.all("//button[contains(@formaction, '/bulk/lead')]")
    defence.get(f"{BULK}/lead?{ticked(world)}&lead=DEF", expect=403)
    page = confirming(defence, world, "dates", "starts=2027&ends=2028-Q2")
    assert "another ministry leads it" in results(page)[1]
    both = [row.key for row in world.activities]
    page.submit(row=both)
    assert [row.starts for row in activities(world)] == ["2027", None]
    assert activities(world)[0].ends == "2028-Q2"


def test_a_restricted_row_of_others_is_as_one_that_is_not_there(world, as_role):
    with transaction():
        database.session.execute(update(Activity).where(Activity.id == world.activities[1].id).values(restricted=True))
    page = confirming(as_role("focal_point"), world, "dates", "starts=2027")
    assert "police" not in page.words
    both = [row.key for row in world.activities]
    result = page.submit(row=both).follow()
    assert "police" not in result.words
    assert "it is not in this plan" in result.words


@pytest.mark.parametrize(
    ("what", "choice", "words"),
    [
        ("lead", "lead=", "Choose one of the list."),
        ("lead", "lead=NOBODY-KNOWS", "Choose one of the list."),
        ("dates", "starts=&ends=", "Write a start, an end, or both."),
        ("dates", "starts=soon", "Write a year"),
        ("dates", "starts=2029&ends=2027", "This is before the start."),
        ("dates", "ends=2029&no_ends=y", "Write a date, or tick that there is none; not both."),
    ],
)
def test_a_value_that_cannot_be_is_asked_for_again(world, as_role, what, choice, words):
    page = as_role("chair").get(f"{BULK}/{what}?{ticked(world)}&{choice}", expect=422)
    assert words in page.words


def test_what_every_row_says_already_is_not_saved(world, as_role):
    chair = as_role("chair")
    page = confirming(chair, world)
    page.submit()
    once_more = page.submit(once="another-key-of-a-form", expect=409)
    assert "Nothing was saved" in once_more.words
    assert "chair changed it after the page was shown" in once_more.words
    assert "There is nothing to set" in confirming(chair, world).words


def test_a_double_click_sets_once_and_others_see_no_result(world, as_role):
    page = confirming(as_role("chair"), world)
    assert page.submit().location == page.submit().location
    database.session.rollback()
    assert database.session.scalar(select(func.count()).where(AuditEntry.word == "plans.activity.changed")) == 2
    as_role("secretariat").get(f"{BULK}/result/{last().key}", expect=404)


def test_the_set_rows_are_undone_together_or_not_at_all(world, as_role):
    result = confirming(as_role("chair"), world).submit().follow()
    opened = as_role("secretariat").get(f"{HOME}/matrix?edit={world.activities[1].key}")
    opened.submit("/row", **{"title-en": "Written since"})
    refused = result.submit("/undo/", expect=409)
    assert "secretariat changed activity 1.1.2." in refused.words
    assert leads(world) == ["JUS", "JUS"]


def test_after_half_an_hour_the_button_is_gone(world, as_role):
    chair = as_role("chair")
    result = confirming(chair, world).submit().follow()
    with transaction():
        database.session.execute(update(Undo).values(at=now() - timedelta(minutes=31)))
    assert "30 minutes" in result.submit("/undo/", expect=409).words
    page = chair.get(result.answer.request.path)
    assert "The time to undo this is over." in page.words
    assert not page.all("//main//form")


@pytest.mark.parametrize(
    "sent",
    [{}, {"row": "x"}, {"lead": "JUS"}, {"lead": "JUS", "row": "x"}, {"lead": "JUS", "row": ["\x00", "'", "é" * 99]}],
)
def test_a_broken_form_saves_nothing(world, as_role, sent):
    chair = as_role("chair")
    proof = confirming(chair, world).filled()[1]
    answer = chair.browser.post(
        f"{BULK}/lead", data={"csrf_token": proof["csrf_token"], "once": "a-key-of-a-form", "unknown": "1", **sent}
    )
    assert answer.status_code in (400, 422)
    assert leads(world) == ["DEF", "INT"]


def test_an_expired_sign_in_keeps_the_value_and_leads_back_to_the_rows(world, as_role):
    chair = as_role("chair")
    page = confirming(chair, world)
    with transaction():
        database.session.execute(update(SignIn).values(ended_at=now()))
    address, sent = page.filled()
    shown = f"http://localhost{page.answer.request.full_path}"
    refused = chair.post(address, data=sent, expect=401, headers={"Referer": shown})
    assert "JUS" in refused.words
    assert world.activities[0].key not in refused.words
    assert refused.all("//main//a[contains(@href, 'lead=JUS')]")
    assert leads(world) == ["DEF", "INT"]


def test_a_page_full_of_rows_is_set_within_the_measure(world, as_role):
    with transaction():
        objective = database.session.get_one(type(world.objective), world.objective.id)
        keys = [row.key for row in many_activities(objective, 38)]
    chair = as_role("chair")
    page = chair.get(f"{BULK}/dates?{'&'.join(f'row={key}' for key in keys)}&starts=2027")
    result = page.submit().follow()
    assert "The dates of 38 activities were set" in result.words
    assert "You undid this since" in result.submit("/undo/").follow().words
