"""Contributions that staff enter: in any language, about parts of the plan, never deleted."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.kernel.audit import AuditContent
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_consultation, a_contribution

HOME = "/en/w/nap-2/contributions"
EVENT = "/en/w/nap-2/consultation"


@pytest.fixture
def held(world):
    """A workshop that was held."""
    with transaction():
        return a_consultation(world.plan)


def entered(client, held, expect=303, **said):
    """What the form answers, filled in by somebody."""
    values = {"said": "Say who pays for it.", "language": "English", "channel": "event", **said}
    return client.get(f"{EVENT}/{held.key}/contributions/add").submit("contribution", expect=expect, **values)


def only():
    """The one contribution there is."""
    return db.session.scalars(select(Contribution)).one()


def test_a_contribution_is_entered_in_any_language_with_its_translation(as_role, held):
    said = {"said": "யார் பணம் தருவார்?", "language": "Tamil", "translation-en": "Who pays?", "held_on": "2026-03-02"}
    page = entered(as_role("secretariat"), held, **said).follow()
    for words in ("யார் பணம் தருவார்?", "Who pays?", "In Tamil, as it was said", "2 March 2026"):
        assert words in page.words
    one = only()
    assert (one.code, one.language, one.text) == ("K1", "ta", {"ta": "யார் பணம் தருவார்?", "en": "Who pays?"})
    assert (one.held_on, one.entered_on, one.entered_by) == (date(2026, 3, 2), now().date(), "secretariat")


def test_the_original_and_its_translation_come_back_apart(as_role, held):
    entered(as_role("secretariat"), held, language="ta", **{"translation-en": "Who pays?"})
    page = as_role("steward").get(f"{HOME}/{only().key}/edit")
    assert page.filled("contribution")[1]["translation-en"] == ["Who pays?"]
    page.submit("contribution", said="Other words.")
    assert only().text == {"ta": "Other words.", "en": "Who pays?"}


@pytest.mark.parametrize(
    "odd",
    [
        {"said": ""},
        {"said": "x" * 20_001},
        {"language": ""},
        {"language": "Klingonese"},
        {"channel": "online"},
        {"channel": "pigeon"},
        {"translation-en": "The same language"},
        {"attribution": "named"},
        {"attribution": "named", "by": "x" * 201},
        {"by": "A name without consent"},
        {"held_on": "2026-02-30"},
        {"theme": "weather"},
    ],
)
def test_an_odd_contribution_is_refused_and_the_text_kept(as_role, held, odd):
    page = entered(as_role("secretariat"), held, 422, **{"proposed": "Typed already.", **odd})
    assert "Typed already." in page.text
    assert db.session.scalars(select(Contribution)).all() == []


def test_every_form_says_that_no_story_belongs_there(as_role, held):
    client = as_role("secretariat")
    for form in ("add", "contributions/add", "contributions/add-many", "documents/add"):
        address = f"{EVENT}/add" if form == "add" else f"{EVENT}/{held.key}/{form}"
        assert "survivor’s story" in client.get(address).words


@pytest.mark.parametrize("wide", ["named", "organisation"])
def test_a_consultation_without_names_takes_none(as_role, held, wide):
    with transaction():
        held.attribution = "non_attributed"
    page = entered(as_role("secretariat"), held, 422, attribution=wide, by="Amina")
    assert page.all("//a[@href='#attribution']")
    assert db.session.scalars(select(Contribution)).all() == []


def test_what_it_is_about_is_found_and_ticked(as_role, held, world):
    client = as_role("secretariat")
    form = entered(client, held, then="about").follow()
    assert "Paragraph 2" in form.words
    one = only()
    found = client.get(f"{HOME}/{one.key}/about?q=recruit&kind=activity")
    assert "Open police desks" not in found.words
    references = [f"activity:{world.activities[0].key}", f"paragraph:{world.paragraphs[1].key}"]
    client.get(f"{HOME}/{one.key}/about").submit("about", about=references)
    page = client.get(f"{HOME}/{one.key}")
    assert "Activity 1.1.1: Recruit women officers" in page.words
    assert "Paragraph 2: This plan brings them there." in page.words
    assert page.all(f"//a[contains(@href, '#p-{world.paragraphs[1].key}')]")


@pytest.mark.parametrize("forged", ["activity:nothing", "plan:1", "<script>"])
def test_it_is_about_nothing_that_is_not_there(as_role, held, forged):
    client = as_role("secretariat")
    entered(client, held)
    client.get(f"{HOME}/{only().key}/about").submit("about", expect=422, about=[forged])
    assert only().about is None


def test_what_a_keeper_may_not_read_stays_as_it_is(as_role, held, world):
    reference = f"activity:{world.activities[1].key}"
    with transaction():
        world.activities[1].restricted = True
        a_contribution(held, about=[reference])
    client = as_role("steward")
    page = client.get(f"{HOME}/{only().key}/about")
    assert "Open police desks" not in page.words
    page.submit("about", about=[f"section:{world.section.key}"])
    assert only().about == [f"section:{world.section.key}", reference]


def test_a_part_that_was_archived_is_counted(as_role, held, world):
    with transaction():
        a_contribution(held, about=[f"activity:{world.activities[0].key}"])
        world.activities[0].archived_at = now()
    assert "1 part that no longer stands in the plan" in as_role("secretariat").get(f"{HOME}/{only().key}").words


def test_many_are_entered_at_once_after_a_look(as_role, held):
    client = as_role("secretariat")
    form = client.get(f"{EVENT}/{held.key}/contributions/add-many")
    texts = "First, said plainly.\nOn two lines.\n\n\nSecond.\n\n<b>Third</b>"
    preview = form.submit("many", expect=200, texts=texts, theme="protection")
    assert "Enter 3 contributions?" in preview.words
    assert "<b>Third</b>" in preview.words
    assert db.session.scalars(select(Contribution)).all() == []
    preview.submit("many")
    found = db.session.scalars(select(Contribution).order_by(Contribution.position)).all()
    assert [one.text["en"] for one in found] == ["First, said plainly.\nOn two lines.", "Second.", "<b>Third</b>"]
    assert [(one.code, one.theme) for one in found] == [(f"K{n}", "protection") for n in (1, 2, 3)]


def test_after_the_look_something_can_be_changed(as_role, held):
    client = as_role("secretariat")
    preview = client.get(f"{EVENT}/{held.key}/contributions/add-many").submit("many", expect=200, texts="One.\n\nTwo.")
    address, values = preview.filled("many")
    page = client.post(f"{address}/change", data=values, expect=200)
    assert "One." in page.filled("many")[1]["texts"][0]


@pytest.mark.parametrize("odd", [{"texts": ""}, {"texts": "\n\n".join(["x"] * 201)}, {"texts": "a\x01"}])
def test_odd_texts_are_refused(as_role, held, odd):
    as_role("secretariat").get(f"{EVENT}/{held.key}/contributions/add-many").submit("many", expect=422, **odd)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"K1", "K2", "K3", "K4"}),
        ("q=pays", {"K1"}),
        ("q=100%25", {"K2"}),
        ("q=K3", {"K3"}),
        ("q=اللاجئات", {"K3"}),
        ("theme=protection", {"K2"}),
        ("state=none", {"K1"}),
        ("state=draft", {"K2"}),
        ("state=given", {"K3"}),
        ("late=y", {"K1"}),
        ("asked=DEF", {"K2"}),
        ("consultation=nothing", {"K1", "K2", "K3", "K4"}),
        ("page=99", {"K1", "K2", "K3", "K4"}),
        ("page=x&state=nothing", {"K1", "K2", "K3", "K4"}),
    ],
)
def test_the_list_is_filtered_by_its_address(as_role, held, world, query, codes):
    with transaction():
        a_contribution(held, "Say who pays.", entered_on=date(2020, 1, 1))
        a_contribution(held, "100% late", theme="protection", asked_id=world.institutions["DEF"].id, draft={"text": {}})
        a_contribution(held, "اللاجئات", response={"decision": "accepted", "text": {"en": "Yes."}})
        a_contribution(held, "Gone", withdrawn=True)
    page = as_role("secretariat").get(f"{HOME}?{query}")
    assert {cell.text_content().strip() for cell in page.all("//td[contains(@class, 'col-number')]")} == codes


def test_the_list_is_paged(as_role, held):
    with transaction():
        for _time in range(45):
            a_contribution(held)
    page = as_role("secretariat").get(f"{HOME}?theme=")
    assert page.all("//a[@rel='next']")
    assert len(page.all("//tbody/tr")) == 40


def test_what_is_withdrawn_or_hidden_is_not_shown(as_role, held):
    with transaction():
        hidden = a_contribution(held, "Zyxwvut", hidden_because={"en": "It names a person."})
        gone = a_contribution(held, "Zyxwvut", withdrawn=True)
    client = as_role("official")
    for address in (HOME, f"{HOME}/{hidden.key}", f"{HOME}/{gone.key}", f"{HOME}?q=Zyxwvut"):
        assert "Zyxwvut" not in client.get(address).words.replace("Find Zyxwvut", "")
    assert "It names a person." in client.get(f"{HOME}/{hidden.key}").words
    as_role("secretariat").get(f"{HOME}/{gone.key}/edit").submit("contribution", expect=409)


def test_high_risk_hides_the_day_and_the_name(as_role, world):
    with transaction():
        held = a_consultation(world.plan, risk="high")
        one = a_contribution(held, attribution="organisation", by="A quiet group", held_on=date(2026, 3, 2))
    page = as_role("official").get(f"{HOME}/{one.key}")
    assert "A quiet group" not in page.words
    assert "2 March 2026" not in page.words
    assert "A quiet group" in as_role("steward").get(f"{HOME}/{one.key}").words


def test_high_risk_hides_when_a_contribution_was_entered(as_role, world):
    with transaction():
        held = a_consultation(world.plan, risk="high")
        one = a_contribution(held, "Say who pays.", entered_on=date(2026, 3, 4))
    official = as_role("official")
    for address in (HOME, f"{HOME}/{one.key}", f"{HOME}/answers", "/en/w/nap-2/heard"):
        words = official.get(address).words
        assert "Say who pays." in words
        assert "March 2026" not in words
        assert not re.search(r"\d+ days?\b(?! is late)", words.replace("over 10 days", "").replace("than 10 days", ""))
    assert "4 March 2026" in as_role("steward").get(HOME).words


def test_what_is_for_the_steward_is_for_the_keepers_alone(as_role, held):
    with transaction():
        one = a_contribution(held, "Zyxwvut", attribution="steward")
    client = as_role("official")
    assert "Zyxwvut" not in client.get(HOME).words
    client.get(f"{HOME}/{one.key}", expect=404)


def test_one_entered_by_mistake_is_archived_and_brought_back(as_role, held):
    client = as_role("secretariat")
    entered(client, held)
    page = client.get(f"{HOME}/{only().key}").submit("archive").follow()
    assert only().archived_at is not None
    back = page.all("//form[contains(@action, '/restore')]")[0]
    client.post(back.get("action"), data=dict(back.form_values()))
    assert only().archived_at is None


def test_one_that_is_answered_stays(as_role, held):
    with transaction():
        one = a_contribution(held, response={"decision": "accepted", "text": {"en": "Yes."}})
    client = as_role("secretariat")
    page = client.get(f"{HOME}/{one.key}")
    assert "Accepted" in page.words
    values = client.get("/en/profile").filled(0)[1]
    client.post(f"{HOME}/{one.key}/archive", data={**values, "seen": "1"}, expect=409)


def test_what_came_online_stays_online_when_it_is_changed(as_role, held):
    with transaction():
        one = a_contribution(held, channel="online")
    as_role("secretariat").get(f"{HOME}/{one.key}/edit").submit("contribution", theme="protection")
    assert (one.channel, one.theme) == ("online", "protection")


def test_the_trail_holds_neither_words_nor_names(as_role, held):
    client = as_role("secretariat")
    entered(client, held, said="Zyxwvut", attribution="named", by="Zyxwvut")
    client.get(f"{HOME}/{only().key}/edit").submit("contribution", said="Zyxwvut again")
    for content in db.session.scalars(select(AuditContent)):
        assert "Zyxwvut" not in f"{content.arguments}{content.changes}"


def test_hostile_text_is_shown_as_text(as_role, held):
    evil = "<script>alert(1)</script>"
    page = entered(as_role("secretariat"), held, said=evil, attribution="named", by=evil, proposed=evil).follow()
    assert page.words.count(evil) == 3
