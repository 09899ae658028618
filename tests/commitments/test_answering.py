"""A focal point accepts exactly what was shown, or asks for a change; the secretariat enters what came on paper."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.framework import SUPPORTING, Involvement
from nap_builder.plans.promises import digest
from nap_builder.plans.queries.promised import value_of
from nap_builder.plans.services import rows
from tests.builders.commitments import SECRETARY, accepted, asked, known
from tests.builders.framework import a_pillar, an_activity
from tests.builders.plans import a_plan

BOARD = "/en/w/nap-2/commitments"
MY = "/en/my"


@pytest.fixture
def defence(world):
    """The activity that the Ministry of Defence leads, asked for."""
    with transaction():
        asked(world.activities[0])
    return world.activities[0]


def one(activity):
    """Where the commitment about an activity stands."""
    return f"{BOARD}/{activity.key}"


def retitled(activity, title):
    """Somebody changes the title."""
    with transaction():
        rows.change(SECRETARY, activity, {"title": {"en": title}}, seen=activity.row_version)


def test_a_focal_point_accepts_in_two_page_loads(as_role, defence):
    own = as_role("focal_point").get(MY)
    assert "1 activity asks for your agreement" in own.words
    own.submit("accept", post="Director of planning").follow()
    found = known(defence)
    assert (found.state, found.on, found.post) == ("accepted", today(), {"en": "Director of planning"})
    assert (found.answered_by, found.promised) == ("focal point of DEF", value_of(defence))


def test_the_trail_keeps_the_fingerprint_of_what_was_accepted(as_role, defence):
    as_role("focal_point").get(MY).submit("accept", post="Director")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.word == "commitments.accepted")).one()
    assert entry.content.arguments["sha256"] == digest(value_of(defence))
    assert entry.subject_key == defence.key


def test_what_changed_after_the_page_was_shown_is_not_accepted(as_role, defence):
    page = as_role("focal_point").get(one(defence))
    retitled(defence, "Recruit women soldiers")
    answer = page.submit("accept", expect=409, post="Director")
    assert "Recruit women officers" in answer.words
    assert "Recruit women soldiers" in answer.words
    assert known(defence).state == "asked"
    answer.submit("accept", post="Director")
    assert known(defence).promised["title"] == {"en": "Recruit women soldiers"}


def test_also_a_spelling_has_to_be_the_one_that_was_shown(as_role, defence):
    page = as_role("focal_point").get(one(defence))
    retitled(defence, "Recruit women officers!")
    page.submit("accept", expect=409, post="Director")


def test_two_answers_to_one_question_do_not_both_count(as_role, defence):
    first, second = as_role("focal_point").get(one(defence)), as_role("focal_point").get(f"{one(defence)}/change")
    first.submit("accept", post="Director")
    answer = second.submit("change", expect=409, about="title", proposed="Hire", reason="Shorter", post="Colonel")
    assert "Somebody wrote, answered or decided at the same time" in answer.words
    assert "Shorter" in answer.text
    assert known(defence).state == "accepted"


@pytest.mark.parametrize("who", ["interior", "official", "secretariat", "chair", "auditor"])
def test_nobody_else_accepts(as_role, defence, who):
    page = as_role("focal_point").get(one(defence))
    address, values = page.filled("accept", post="Director")
    other = as_role(who)
    values["csrf_token"] = other.get("/en/profile").filled(0)[1]["csrf_token"]
    other.post(address, data=values, expect=403)
    assert known(defence).state == "asked"


def test_the_answer_of_another_ministrys_row_is_not_taken_for_ones_own(as_role, world, defence):
    with transaction():
        asked(world.activities[1])
    client = as_role("focal_point")
    _address, values = client.get(one(defence)).filled("accept", post="Director")
    client.post(f"{one(world.activities[1])}/accept", data=values, expect=403)
    assert known(world.activities[1]).state == "asked"


@pytest.mark.parametrize("shown", ["", "nonsense", "e30.forged", None])
def test_a_form_without_what_was_shown_is_refused(as_role, defence, shown):
    as_role("focal_point").get(one(defence)).submit("accept", expect=400, post="Director", shown=shown)
    assert known(defence).state == "asked"


def test_an_acceptance_has_a_post(as_role, defence):
    as_role("focal_point").get(one(defence)).submit("accept", expect=422, post=" ")
    as_role("focal_point").get(one(defence)).submit("accept", expect=422, post="x" * 300)


def test_the_post_of_the_focal_point_is_kept_in_all_its_languages(as_role, world, defence):
    post = {"en": "Director of planning", "fr": "Directeur de la planification", "sw": "Mkurugenzi"}
    with transaction():
        world.institutions["DEF"].focal_post = post
    as_role("focal_point").get(MY).submit("accept")
    assert known(defence).post == {"en": post["en"], "fr": post["fr"]}


def test_an_official_sees_what_waits_and_does_not_answer(as_role, defence):
    page = as_role("official").get(MY)
    assert "Waiting for your focal point" in page.words
    assert not page.all("//form[contains(@action, 'accept')]")


def test_who_speaks_for_nobody_is_told_so(as_role, world):
    assert "You speak for no institution" in as_role("chair").get(MY).words


def test_a_change_is_asked_for_with_field_text_and_reason(as_role, defence):
    page = as_role("focal_point").get(f"{one(defence)}/change")
    page.submit("change", about="ends", when="2029-q1", reason="The budget ends then.", post="Director")
    found = known(defence)
    assert found.state == "change_asked"
    assert (found.request["about"], found.request["proposed"]) == ("ends", "2029-Q1")
    assert found.post == {"en": "Director"}


def test_another_lead_is_chosen_from_the_institutions(as_role, world, defence):
    page = as_role("focal_point").get(f"{one(defence)}/change")
    names = [option.text for option in page.all("//select[@name='lead']/option")]
    assert "Ministry of the Interior" in names
    key = world.institutions["INT"].key
    page.submit("change", about="lead", lead=key, reason="It is theirs.", post="Director")
    assert known(defence).request["proposed"] == key


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"about": ""}, "Choose what should change."),
        ({"about": "slug"}, "Choose one of the list."),
        ({"proposed": " "}, "Write what it should say."),
        ({"reason": ""}, "Say why."),
        ({"about": "starts"}, "Write the date that it should be."),
        ({"about": "starts", "when": "end of 2029"}, "Write a year, a half, a quarter, a month or a day"),
        ({"about": "starts", "when": "2027-02-30"}, "There is no such day."),
        ({"about": "lead"}, "Choose which institution should lead."),
        ({"about": "lead", "lead": "Ministry of Magic"}, "Choose one of the list."),
        ({"reason": "w" * 6000}, "too long"),
        ({"language": "xx"}, "Choose one of the list."),
    ],
)
def test_a_faulty_request_comes_back_with_the_typed_text(as_role, defence, wrong, said):
    given = {"about": "title", "proposed": "Hire officers", "reason": "It is shorter.", "post": "Director", **wrong}
    answer = as_role("focal_point").get(f"{one(defence)}/change").submit("change", expect=422, **given)
    assert said in answer.words
    assert known(defence).state == "asked"


def test_a_ministry_may_ask_for_a_change_of_what_it_accepted(as_role, world):
    with transaction():
        accepted(world.activities[0])
    page = as_role("focal_point").get(f"{one(world.activities[0])}/change")
    page.submit("change", about="other", proposed="Wait for the law.", reason="It is not passed.", post="Director")
    found = known(world.activities[0])
    assert (found.state, found.promised) == ("change_asked", None)


def test_a_change_of_an_adopted_plan_is_refused_before_and_after_the_form(as_role, world, defence):
    page = as_role("focal_point").get(f"{one(defence)}/change")
    with transaction():
        world.plan.state = "adopted"
    given = {"about": "other", "proposed": "Wait.", "reason": "The law.", "post": "Director"}
    assert "A change needs an amendment" in page.submit("change", expect=409, **given).words
    assert "A change needs an amendment" in as_role("focal_point").get(f"{one(defence)}/change", expect=409).words
    assert known(defence).state == "asked"
    for place in (MY, one(defence)):
        page = as_role("focal_point").get(place)
        assert "its text can no longer change" in page.words
        assert not page.all("//main//a[contains(@href, '/change')]")
    entered = {"answer": "change_asked", "source": "call", "on": today().isoformat(), "who": "Minister", **given}
    enter = as_role("chair").get(f"{one(defence)}/enter")
    assert not enter.all("//*[@name='proposed']")
    enter.submit("enter", expect=422, **entered)
    page.submit("accept", post="Director")
    assert known(defence).state == "accepted"


def test_an_answer_by_letter_is_marked_until_the_ministry_confirms(as_role, defence):
    yesterday = today() - timedelta(days=1)
    with transaction():
        known(defence).asked_at = now() - timedelta(days=3)
    page = as_role("secretariat").get(f"{one(defence)}/enter")
    given = {"answer": "accepted", "source": "letter", "on": yesterday.isoformat(), "who": "Colonel Sato"}
    shown = page.submit("enter", **given, post="Director").follow()
    assert "Entered for the ministry, not confirmed yet" in shown.words
    found = known(defence)
    assert (found.state, found.on, found.source, found.answered_by) == ("accepted", yesterday, "letter", "Colonel Sato")
    assert found.unconfirmed
    assert not shown.all("//form[contains(@action, 'confirm')]")
    need = "Confirm what was entered for your institution"
    assert need in as_role("focal_point").get("/en/home").words
    chair = as_role("chair")
    [text] = [box.text for box in chair.get(f"{BOARD}/remind/DEF?language=en").all("//textarea[@name='text']")]
    assert "1 answer was entered for you. Confirm it:" in text
    assert "Recruit women officers" in text
    chair.get(f"{BOARD}/remind/DEF").submit("remind")
    assert known(defence).reminded_at is not None
    own = as_role("focal_point").get(MY)
    assert "Entered for you by the secretariat" in own.words
    as_role("focal_point").get(one(defence)).submit("confirm")
    assert not known(defence).unconfirmed
    assert need not in as_role("focal_point").get("/en/home").words
    chair.get(f"{BOARD}/remind/DEF", expect=404)
    assert known(defence).confirmed_by == "focal point of DEF"


def test_an_answer_that_nobody_asked_for_can_be_entered(as_role, world):
    row = world.activities[1]
    page = as_role("chair").get(f"{one(row)}/enter")
    given = {"answer": "change_asked", "source": "call", "on": "2026-01-05", "who": "Minister"}
    page.submit("enter", **given, about="cost", proposed="Half of it", reason="No money")
    assert known(row).state == "change_asked"
    assert known(row).on == date(2026, 1, 5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "pigeon"},
        {"answer": ""},
        {"on": "2999-01-01"},
        {"on": "0001-01-01"},
        {"on": "never"},
        {"on": (today() - timedelta(days=1)).isoformat()},
        {"who": ""},
        {"answer": "change_asked"},
    ],
)
def test_a_faulty_entry_saves_nothing(as_role, defence, wrong):
    given = {"answer": "accepted", "source": "paper", "on": today().isoformat(), "who": "Minister", **wrong}
    as_role("secretariat").get(f"{one(defence)}/enter").submit("enter", expect=422, **given)
    assert known(defence).state == "asked"


def test_no_answer_came_before_the_ministry_was_asked(as_role, defence):
    given = {"answer": "accepted", "source": "paper", "on": "2026-01-05", "who": "Minister"}
    answer = as_role("secretariat").get(f"{one(defence)}/enter").submit("enter", expect=422, **given)
    assert "It was asked on" in answer.words
    assert "Choose that day or a later one." in answer.words


def test_what_is_answered_is_not_entered_over(as_role, defence):
    page = as_role("secretariat").get(f"{one(defence)}/enter")
    as_role("focal_point").get(MY).submit("accept", post="Director")
    given = {"answer": "accepted", "source": "paper", "on": "2026-01-05", "who": "Minister"}
    page.submit("enter", expect=409, **given)
    assert known(defence).source is None


def test_who_accepts_reads_what_else_is_said_of_the_activity(as_role, defence, world):
    with transaction():
        defence.description = {"en": "In every garrison."}
        place = {"activity_id": defence.id, "institution_id": world.institutions["INT"].id, "part": SUPPORTING}
        db.session.add(Involvement(**place))
    for address in (MY, one(defence), f"{one(defence)}/change"):
        page = as_role("focal_point").get(address)
        assert "In every garrison." in page.words
        assert page.all("//main//dd[contains(., 'Ministry of the Interior')]")
        assert "is no part of what is accepted" in page.words


def test_the_plan_is_named_where_there_are_several(as_role, defence, world):
    focal_point = as_role("focal_point")
    [card] = focal_point.get(MY).all("//section[@aria-labelledby='first']")
    assert "Second National Action Plan" not in card.text_content()
    with transaction():
        other = a_plan(slug="nap-3", title={"en": "Third plan"})
        pillar = a_pillar(other, code="1", title="Participation")
        asked(an_activity(pillar, code="1.1", lead_id=world.institutions["DEF"].id))
    [card] = focal_point.get(MY).all("//section[@aria-labelledby='first']")
    assert "Third plan" in card.text_content()
    assert "Second National Action Plan" in focal_point.get(MY).all("//h2[@id='rest']/..")[0].text_content()
