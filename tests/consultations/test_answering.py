"""Answers: asked for, drafted by the ministry asked, published apart, changed; what waits; and who may do what."""

from datetime import timedelta

import pytest

from nap_builder.consultations.answer import Answer, read, stored
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.answers import difference_of
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.services.versions import freeze
from tests.builders.consultations import a_consultation, a_contribution

HOME = "/en/w/nap-2/contributions"
SAYS = "Say who pays for the desks."
REASON = {"reason-en": "The budget says it: the Ministry of Finance."}


@pytest.fixture
def said(world):
    """Something that was said about the first activity, which the Ministry of Defence is asked to answer."""
    with transaction():
        return spoken(world, asked_id=world.institutions["DEF"].id, asked_on=now().date())


def spoken(world, text=SAYS, held=None, **given):
    about = [f"activity:{world.activities[0].key}"]
    return a_contribution(held or a_consultation(world.plan), text, **{"about": about, **given})


def now_of(contribution):
    layer.session.rollback()
    layer.session.expire_all()
    return layer.session.get_one(Contribution, contribution.id)


def at(contribution, page=""):
    return f"{HOME}/{contribution.key}" + (f"/{page}" if page else "")


def publish(client, contribution, **given):
    return client.get(at(contribution, "publish")).submit(
        "answer-form", **{"decision": "already_in_plan", **REASON, **given}
    )


def test_the_ministry_that_is_asked_drafts_and_the_task_force_publishes(as_role, said):
    form = as_role("official").get(at(said, "answer"))
    form.submit("answer-form", decision="already_in_plan", **REASON)
    assert now_of(said).response is None
    assert now_of(said).draft["by"] == "DEF"
    chair = as_role("chair")
    chair.get(at(said, "publish")).submit("answer-form")
    response = now_of(said).response
    assert (response["decision"], response["text"], response["by"]) == (
        "already_in_plan",
        {"en": REASON["reason-en"]},
        "DEF",
    )
    assert response["on"] == now().date().isoformat()
    assert now_of(said).draft is None


def test_what_nobody_drafted_is_published_in_the_name_of_who_chairs(as_role, said):
    publish(as_role("steward"), said)
    assert now_of(said).response["by"] == "WOMEN"


def test_another_ministry_neither_drafts_nor_publishes(as_role, said):
    client = as_role("interior")
    client.get(at(said, "answer"), expect=403)
    client.get(at(said, "publish"), expect=403)


def test_a_ministry_never_publishes(as_role, said):
    for who in ("official", "focal_point"):
        as_role(who).get(at(said, "publish"), expect=403)
        as_role(who).get(at(said, "ask"), expect=403)


def test_a_ministry_that_is_not_asked_drafts_nothing(as_role, world):
    with transaction():
        alone = spoken(world)
    as_role("official").get(at(alone, "answer"), expect=403)


@pytest.mark.parametrize(
    "odd",
    [
        {"decision": ""},
        {"decision": "maybe"},
        {"reason-en": ""},
        {"reason-en": " "},
        {"reason-en": "x" * 4_001},
        {"decision": "accepted"},
        {"decision": "partly_accepted"},
        {"changed": ["activity:nothing"]},
        {"others": ["paragraph:nothing"]},
    ],
)
@pytest.mark.parametrize("page", ["answer", "publish"])
def test_odd_answers_are_refused_and_typed_words_stay(as_role, said, odd, page):
    form = as_role("secretariat").get(at(said, page))
    again = form.submit("answer-form", expect=422, **{"decision": "deferred", **REASON, **odd})
    if "reason-en" not in odd:
        assert REASON["reason-en"] in again.words
    assert (now_of(said).draft, now_of(said).response) == (None, None)


def test_what_is_accepted_says_what_was_changed(as_role, world, said):
    changed = [f"activity:{world.activities[0].key}"]
    others = [f"paragraph:{world.paragraphs[1].key}"]
    publish(as_role("chair"), said, decision="accepted", changed=changed, others=others)
    assert now_of(said).response["changed"] == changed + others
    page = as_role("official").get(at(said))
    assert "Activity 1.1.1: Recruit women officers" in page.words
    assert "Paragraph 2: This plan brings them there." in page.words


def test_or_that_the_change_is_still_to_be_made(as_role, said):
    client = as_role("chair")
    publish(client, said, decision="accepted", later="y")
    assert now_of(said).response["text"]["en"].endswith("\n\nThe change is still to be made.")
    form = client.get(at(said, "publish"))
    assert form.all("//input[@name='later'][@checked]")
    assert "The change is still" not in form.all("//textarea[@name='reason-en']")[0].text


def test_a_changed_answer_says_that_it_was_changed_and_the_trail_keeps_the_old(as_role, said):
    client = as_role("chair")
    publish(client, said)
    publish(client, said, decision="deferred", **{"reason-en": "After all not."})
    response = now_of(said).response
    assert response["text"]["en"] == "After all not.\n\nThis answer was changed after it was first published."
    publish(client, said, decision="deferred", **{"reason-en": "After all not now."})
    assert now_of(said).response["text"]["en"].count("was changed after") == 1
    trail = layer.session.query(AuditEntry).order_by(AuditEntry.number)
    told = [entry.content.changes for entry in trail if entry.word.endswith("replaced")]
    assert told[0]["text"] == [{"en": REASON["reason-en"]}, {"en": "After all not."}]


def test_the_trail_keeps_no_answer_to_what_only_keepers_read(as_role, world):
    with transaction():
        kept = spoken(world, held=a_consultation(world.plan, visibility="steward"))
    publish(as_role("chair"), kept)
    told = [entry.content.changes for entry in layer.session.query(AuditEntry) if entry.word.endswith("published")]
    assert told == [{}]


@pytest.mark.parametrize("before", ["nothing", "an answer"])
def test_two_who_publish_at_once_see_both_texts(as_role, said, before):
    chair, secretariat = as_role("chair"), as_role("secretariat")
    if before == "an answer":
        publish(chair, said)
    mine, theirs = (client.get(at(said, "publish")) for client in (chair, secretariat))
    theirs.submit("answer-form", decision="deferred", **{"reason-en": "Theirs."})
    conflict = mine.submit("answer-form", expect=409, decision="out_of_scope", **{"reason-en": "Mine."})
    assert "Theirs." in conflict.words
    assert "Mine." in conflict.words
    assert now_of(said).response["text"]["en"].startswith("Theirs.")
    conflict.submit()
    assert now_of(said).response["text"]["en"].startswith("Mine.")


def test_a_draft_that_was_published_meanwhile_is_not_lost(as_role, said):
    form = as_role("official").get(at(said, "answer"))
    publish(as_role("chair"), said)
    conflict = form.submit("answer-form", expect=409, decision="deferred", **{"reason-en": "Ours."})
    assert "Ours." in conflict.words
    assert REASON["reason-en"] in conflict.words


def test_the_secretariat_asks_a_ministry_and_it_stands_on_its_own_page(as_role, world):
    with transaction():
        alone = spoken(world)
    form = as_role("secretariat").get(at(alone, "ask"))
    form.submit("ask", asked_id=str(world.institutions["INT"].id))
    client = as_role("interior")
    mine = client.get("/en/my")
    assert SAYS in mine.words
    [link] = mine.all("//a[contains(@href, '/answer')]/@href")
    client.get(link).submit("answer-form", decision="deferred", **REASON)
    assert now_of(alone).draft["by"] == "INT"
    assert SAYS not in client.get("/en/my").words


@pytest.mark.parametrize("odd", ["", "999999", "abc"])
def test_an_odd_institution_is_not_asked(as_role, world, odd):
    with transaction():
        alone = spoken(world)
    as_role("secretariat").get(at(alone, "ask")).submit("ask", expect=422, asked_id=odd)


def test_what_was_withdrawn_is_not_answered(as_role, world):
    with transaction():
        gone = spoken(world, "", withdrawn=True)
    as_role("chair").get(at(gone, "publish"), expect=409)


def test_what_waits_for_more_than_ten_days_is_late(as_role, world):
    with transaction():
        held, today = a_consultation(world.plan), now().date()
        for days in (10, 11):
            spoken(world, f"Days {days}", held, entered_on=today - timedelta(days))
    page = as_role("official").get(f"{HOME}/answers?show=late")
    assert "Days 11" in page.words
    assert "Days 10" not in page.words
    assert "Late: 1" in page.words
    assert "Without an answer: 2" in page.words


def test_what_needs_no_answer_does_not_wait(as_role, world):
    with transaction():
        held = a_consultation(world.plan)
        spoken(world, "Gone", held, withdrawn=True)
        spoken(world, "Hidden", held, hidden_because={"en": "It names somebody."})
        spoken(world, "Answered", held, response={"decision": "deferred", "text": {"en": "Later."}})
    page = as_role("chair").get(f"{HOME}/answers")
    assert "Nothing waits here" in page.words


def test_what_only_keepers_read_waits_for_them_alone(as_role, world):
    with transaction():
        kept = spoken(world, held=a_consultation(world.plan, visibility="steward"))
    assert SAYS in as_role("steward").get(f"{HOME}/answers").words
    client = as_role("official")
    assert SAYS not in client.get(f"{HOME}/answers").words
    client.get(at(kept), expect=404)


def test_a_restricted_row_that_was_changed_is_told_to_those_who_read_it(as_role, world, said):
    changed = [f"activity:{world.activities[0].key}"]
    publish(as_role("chair"), said, decision="accepted", changed=changed)
    with transaction():
        row = layer.session.merge(world.activities[0])
        row.restricted, row.title = True, {"en": "Zyxwvut"}
    assert "Zyxwvut" in as_role("official").get(at(said)).words
    other = as_role("interior").get(at(said))
    assert "Zyxwvut" not in other.text
    assert "archived or not open to you" in other.words
    assert "Zyxwvut" not in as_role("auditor").get(at(said)).text


def test_the_change_is_linked_once_a_later_version_is_frozen(as_role, world):
    with transaction():
        first = freeze(INSTALLATION, world.plan)
        said = spoken(world, held=a_consultation(world.plan, version=first.number))
    publish(as_role("chair"), said, decision="accepted", changed=said.about)
    assert difference_of(now_of(said)) is None
    with transaction():
        freeze(INSTALLATION, now_of(said).plan)
    page = as_role("official").get(at(said))
    assert page.all("//a[contains(@href, '/plan/nap-2/v/1..2')]")


def test_an_answer_is_read_as_it_was_stored(app, db):
    answer = Answer("accepted", {"en": "Yes.", "fr": "Oui.", "ar": "نعم"}, [], later=True)
    kept = stored(answer, revised=True)
    assert set(kept) == {"decision", "text"}
    assert read(kept) == answer


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=HYPERLINK(1)", "\u202ex", "a\n\nb"])
def test_hostile_words_are_words(as_role, said, text):
    publish(as_role("chair"), said, **{"reason-en": text})
    assert "<script>alert" not in as_role("official").get(at(said)).text
    assert now_of(said).response["text"]["en"] == text
