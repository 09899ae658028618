"""The secretariat decides what a ministry asked for, and says what was only spelling."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from nap_builder.commitments.services import answering, deciding
from nap_builder.commitments.services.answering import Wanted
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.services import money, rows
from tests.builders.commitments import COLONEL, SECRETARY, accepted, as_it_stands, asked, known

BOARD = "/en/w/nap-2/commitments"


def requested(activity, about, proposed, language=None):
    """A change that the ministry asks for."""
    with transaction():
        asked(activity)
        wanted = Wanted(about, proposed, "Because of the law.", language)
        answering.ask_change(COLONEL, activity, wanted, post={"en": "Director"}, **as_it_stands(activity))


def changed(activity, **values):
    """Somebody changes the row."""
    with transaction():
        rows.change(SECRETARY, activity, values, seen=activity.row_version)


def test_both_texts_are_seen_side_by_side(as_role, world):
    requested(world.activities[0], "title", "Hire women officers", "en")
    page = as_role("secretariat").get(f"{BOARD}/{world.activities[0].key}")
    [now, wanted] = [text.text_content() for text in page.all("//*[@class='two-texts']//p")]
    assert (now, wanted) == ("Recruit women officers", "Hire women officers")
    board = as_role("chair").get(BOARD)
    assert "1 change to decide" in board.words
    said = "Recruit women officers Hire women officers Because of the law."
    assert said in " ".join(board.all("//table")[0].text_content().split())


def test_what_a_ministry_types_keeps_its_own_direction(as_role, world):
    requested(world.activities[0], "title", "Hire women officers", "en")
    page = as_role("secretariat").get(f"{BOARD}/{world.activities[0].key}".replace("/en/", "/ar/"))
    assert page.all("//bdi[.='Because of the law.']")
    page.submit("decide", choice="leave", reason="The budget is closed.").follow()
    page = as_role("secretariat").get(f"{BOARD}/{world.activities[0].key}".replace("/en/", "/ar/"))
    assert page.all("//bdi[.='Because of the law.']")
    assert page.all("//bdi[.='The budget is closed.']")


def test_ministries_stand_in_the_order_of_their_names(as_role, world):
    with transaction():
        world.institutions["DEF"].name = {"en": "Zonal Defence", "fr": "Armée"}
    for language, order in {"en": ["m-INT", "m-DEF"], "fr": ["m-DEF", "m-INT"]}.items():
        page = as_role("chair").get(BOARD.replace("/en/", f"/{language}/"))
        assert page.all("//tr[starts-with(@id, 'm-')]/@id") == order


@pytest.mark.parametrize(
    ("about", "proposed", "language", "read"),
    [
        ("title", "Hire women officers", "en", lambda row: row.title["en"]),
        ("title", "Recruter des officières", "fr", lambda row: row.title["fr"]),
        ("description", "In all corps.", "en", lambda row: row.description["en"]),
        ("starts", "2028", None, lambda row: row.starts),
        ("ends", "2029-03", None, lambda row: row.ends),
    ],
)
def test_a_change_made_word_for_word_counts_as_accepted(as_role, world, about, proposed, language, read):
    row = world.activities[0]
    requested(row, about, proposed, language)
    answer = as_role("secretariat").get(f"{BOARD}/{row.key}").submit("decide", choice="take").follow()
    assert "It counts as accepted" in answer.words
    assert read(row) == proposed
    found = known(row)
    assert (found.state, found.post, found.decision["taken"]) == ("accepted", {"en": "Director"}, True)
    assert found.request is None


def test_with_another_change_beside_it_the_ministry_is_asked_again(as_role, world):
    row = world.activities[0]
    requested(row, "starts", "2028")
    changed(row, title={"en": "Recruit and train women officers"})
    as_role("secretariat").get(f"{BOARD}/{row.key}").submit("decide", choice="take")
    assert row.starts == "2028"
    assert (known(row).state, known(row).promised) == ("asked", None)


def test_another_lead_answers_for_itself(as_role, world):
    row = world.activities[0]
    requested(row, "lead", world.institutions["JUS"].key)
    as_role("chair").get(f"{BOARD}/{row.key}").submit("decide", choice="take")
    assert row.lead_id == world.institutions["JUS"].id
    assert known(row).state == "asked"


def test_who_asked_for_another_lead_stays_told(as_role, world):
    row = world.activities[0]
    requested(row, "lead", world.institutions["JUS"].key)
    page = as_role("chair").get(f"{BOARD}/{row.key}").submit("decide", choice="take").follow()
    assert "Ministry of Defence asked for a change:" in page.words
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.word == "commitments.change.made")).one()
    assert entry.content.arguments["institution"] == "DEF"
    own = as_role("focal_point").get("/en/my")
    assert "You asked for a change; others lead it now" in own.words
    assert "You asked to change: Lead ministry." in own.words
    assert "Because of the law." in as_role("focal_point").get(f"{BOARD}/{row.key}").words
    assert "others lead it now" not in as_role("interior").get("/en/my").words


def test_what_another_ministry_asked_for_stays_told_when_the_new_lead_asks_for_a_change(world):
    row = world.activities[0]
    requested(row, "lead", world.institutions["INT"].key)
    with transaction():
        deciding.take(SECRETARY, row, **as_it_stands(row), row=row.row_version)
    assert known(row).reminded_at is None
    with transaction():
        answering.ask_change(COLONEL, row, Wanted("ends", "2029", "Later."), post={"en": "Chief"}, **as_it_stands(row))
    assert known(row).decision["institution"] == world.institutions["DEF"].key


def test_a_change_that_is_not_made_is_answered_with_a_reason(as_role, world):
    row = world.activities[0]
    requested(row, "title", "Hire", "en")
    page = as_role("secretariat").get(f"{BOARD}/{row.key}")
    assert "Tell the ministry why." in page.submit("decide", expect=422, choice="leave").words
    page.submit("decide", choice="leave", reason="The law says recruit.")
    assert known(row).state == "asked"
    assert row.title == {"en": "Recruit women officers"}
    assert "The law says recruit." in as_role("focal_point").get(f"{BOARD}/{row.key}").words


def test_a_decision_and_the_new_day_are_those_at_the_plan_s_place(world):
    row = world.activities[0]
    with transaction():
        row.plan.timezone = "Pacific/Auckland"
    with time_machine.travel("2027-03-01T18:00Z", tick=False):
        requested(row, "title", "Hire", "en")
        with transaction():
            known(row).due = date(2027, 3, 5)
            deciding.leave(SECRETARY, row, "No.", **as_it_stands(row))
    assert known(row).decision["on"] == "2027-03-02"
    assert known(row).due == date(2027, 3, 9)


def test_a_declined_request_does_not_become_an_acceptance_by_a_change_elsewhere(world):
    row = world.activities[0]
    requested(row, "title", "Hire", "en")
    with transaction():
        commitment = known(row)
        commitment.state = "asked"
    changed(world.activities[1], starts="2028")
    assert known(row).state == "asked"


def test_the_ministry_reads_the_refusal_above_the_button_that_accepts(as_role, world):
    row = world.activities[0]
    requested(row, "title", "Hire women officers", "en")
    as_role("chair").get(f"{BOARD}/{row.key}").submit("decide", choice="leave", reason="The law says recruit.")
    card = as_role("focal_point").get("/en/my").words
    told = (
        "Your change was not made as you asked for it",
        "Hire women officers",
        "The law says recruit.",
        "Accept for",
    )
    places = [card.index(words) for words in told]
    assert places == sorted(places)


def test_a_change_of_the_cost_is_taken_up_after_the_activity_was_changed(as_role, world):
    row = world.activities[0]
    requested(row, "cost", "Half of it")
    page = as_role("secretariat").get(f"{BOARD}/{row.key}")
    assert page.all("//main//a[normalize-space()='Change the activity first']")
    refused = page.submit("decide", expect=422, choice="follow")
    assert "Nothing has changed since the ministry asked." in refused.words
    with transaction():
        money.add_line(SECRETARY, row, {"amount": Decimal(50)})
    page = as_role("secretariat").get(f"{BOARD}/{row.key}")
    told = page.submit("decide", choice="follow").follow()
    assert "The activity was changed after what was asked for" in told.words
    found = known(row)
    assert (found.state, found.request, found.decision["followed"]) == ("asked", None, True)
    assert "The activity was changed after what was asked for" in as_role("focal_point").get("/en/my").words


def test_after_the_adoption_a_request_is_answered_by_leaving_it(as_role, world):
    row = world.activities[0]
    requested(row, "title", "Hire women officers", "en")
    page = as_role("chair").get(f"{BOARD}/{row.key}")
    adopted(world)
    page.submit("decide", expect=422, choice="take")
    page = as_role("chair").get(f"{BOARD}/{row.key}")
    assert "its text can no longer change" in page.words
    assert [one.get("value") for one in page.all("//input[@name='choice']")] == ["leave"]
    page.submit("decide", choice="leave", reason="It is adopted.")
    as_role("focal_point").get("/en/my").submit("accept", post="Director")
    assert known(row).state == "accepted"


def adopted(world):
    """The plan is adopted meanwhile."""
    with transaction():
        world.plan.state = "adopted"


def test_what_is_no_single_text_cannot_be_taken_word_for_word(as_role, world):
    row = world.activities[0]
    requested(row, "cost", "Half of it")
    page = as_role("secretariat").get(f"{BOARD}/{row.key}")
    assert not page.all("//input[@value='take']")
    page.submit("decide", expect=422, choice="take")
    assert known(row).state == "change_asked"


def test_an_end_before_the_start_is_not_put_into_the_plan(as_role, world):
    row = world.activities[0]
    changed(row, starts="2029")
    requested(row, "ends", "2028")
    answer = as_role("secretariat").get(f"{BOARD}/{row.key}").submit("decide", expect=422, choice="take")
    assert "This is before the start" in answer.words
    assert known(row).state == "change_asked"


def test_two_decisions_do_not_both_count(as_role, world):
    row = world.activities[0]
    requested(row, "title", "Hire women officers", "en")
    first, second = (as_role(who).get(f"{BOARD}/{row.key}") for who in ("chair", "secretariat"))
    first.submit("decide", choice="take")
    second.submit("decide", expect=409, choice="leave", reason="No.")
    assert known(row).state == "accepted"


def test_a_ministry_does_not_decide_its_own_request(as_role, world):
    row = world.activities[0]
    requested(row, "title", "Hire women officers", "en")
    page = as_role("focal_point").get(f"{BOARD}/{row.key}")
    assert not page.all("//form[contains(@action, 'decide')]")


def test_only_spelling_is_said_by_a_person_and_seen_by_the_ministry(as_role, world):
    row = world.activities[0]
    with transaction():
        accepted(row)
    changed(row, title={"en": "Recruit woman officers"})
    assert known(row).state == "asked"
    as_role("chair").get(f"{BOARD}/{row.key}").submit("spelling")
    assert (known(row).state, known(row).promised["title"]) == ("accepted", {"en": "Recruit woman officers"})
    told = as_role("focal_point").get(f"{BOARD}/{row.key}").words
    assert "Only spelling was corrected since it was accepted" in told
    assert "Recruit women officers" in told


@pytest.mark.parametrize("values", [{"starts": "2028"}, {"title": {"en": "Send women officers abroad for long"}}])
def test_more_than_spelling_is_not_offered_as_such(as_role, world, values):
    row = world.activities[0]
    with transaction():
        accepted(row)
    changed(row, **values)
    page = as_role("chair").get(f"{BOARD}/{row.key}")
    assert "What changed since it was accepted" in page.words
    assert not page.all("//form[contains(@action, 'spelling')]")


def test_a_text_that_somebody_wrote_meanwhile_is_not_overwritten(as_role, world):
    row = world.activities[0]
    requested(row, "description", "In all corps.", "en")
    page = as_role("secretariat").get(f"{BOARD}/{row.key}")
    changed(row, description={"en": "In the army and the police."})
    answer = page.submit("decide", expect=409, choice="take")
    assert "In the army and the police." in answer.words
    assert row.description == {"en": "In the army and the police."}
    answer.submit("decide", choice="take")
    assert row.description == {"en": "In all corps."}
