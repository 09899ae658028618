"""The draft that is opened to everybody: who reads it, what is said there, what a later version made of it."""

from datetime import timedelta

import pytest

from nap_builder.consultations.models.letters import Addressee
from nap_builder.consultations.models.records import Organisation
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish
from tests.builders.consultations import a_comment, a_consultation, a_contribution
from tests.builders.drafts import opened


def test_nothing_is_announced_at_first(client, world):
    page = client.get("/en/consultation")
    assert "No consultation is open to everybody yet" in page.words


def test_an_open_window_is_announced_with_its_last_day_in_words(client, world):
    draft = opened(world)
    page = client.get("/en/consultation")
    ends = draft.consultation.ends
    assert f"Open until {ends.day} {ends:%B} {ends.year} at midnight (UTC time)." in page.words


def test_the_menu_leads_to_it_once_there_is_one(client, world):
    assert "/en/consultation" not in [a.get("href") for a in client.get("/en/").all("//nav//a")]
    opened(world)
    assert "/en/consultation" in [a.get("href") for a in client.get("/en/").all("//nav//a")]


def test_a_part_shows_its_paragraphs_with_a_sentence_under_each(client, world):
    page = client.get(opened(world).part)
    assert "Women were not at the table." in page.words
    assert "No comments yet. Add the first" in page.words


def test_a_paragraph_in_another_language_than_the_page_says_so(client, world):
    draft = opened(world)
    page = client.get(draft.part.replace("/en/", "/fr/"))
    [text] = page.all(f"//*[@id='p-{draft.paragraph.key}']//div[contains(@class, 'paragraph-text')]")
    assert (text.get("lang"), text.get("dir")) == ("en", "ltr")
    assert "Langue : Anglais." in page.words


def test_a_paragraph_in_the_language_of_the_page_says_nothing_of_it(client, world):
    assert "It is not translated yet." not in client.get(opened(world).part).words


def test_a_wording_is_asked_for_in_the_language_of_the_paragraph(client, world):
    page = client.get(opened(world).form.replace("/en/", "/ar/"))
    [box] = page.all("//textarea[@name='proposed']")
    assert (box.get("lang"), box.get("dir")) == ("en", "ltr")
    assert "تُكتب بهذه اللغة: الإنجليزية." in page.words


def test_a_wording_sent_from_a_page_in_another_language_is_compared_with_what_was_shown(client, world):
    draft = opened(world)
    with transaction():
        said = {"proposed": "Women were never at the table.", "language": "ar", "channel": "online"}
        a_contribution(draft.consultation, about=[draft.about], **said)
    page = client.get(draft.part)
    assert [part.text_content().strip() for part in page.all("//del | //ins")] == ["not", "never"]


def test_an_organisation_that_did_not_agree_is_not_named(client, world):
    draft = opened(world)
    with transaction():
        db.session.add(Organisation(name="Sisters of the Coast", may_be_named=False))
        said = {"by": "Sisters of the Coast", "attribution": "organisation"}
        a_contribution(db.session.merge(draft.consultation), "Say who pays.", about=[draft.about], **said)
    page = client.get(draft.part)
    assert "Say who pays." in page.words
    assert "Sisters of the Coast" not in page.words


def test_an_answer_is_signed_with_the_whole_name(client, world):
    with transaction():
        db.session.merge(world.institutions["DEF"]).short = {"en": "Defence"}
    draft = opened(world)
    answer = {"decision": "accepted", "text": {"en": "It will say so."}, "by": "DEF", "on": "2026-06-30"}
    with transaction():
        a_contribution(db.session.merge(draft.consultation), "Said.", about=[draft.about], response=answer)
    assert "Ministry of Defence · 30 June 2026" in client.get(draft.part).words


def test_the_sentence_counts_comments_and_answers(client, world):
    draft = opened(world)
    answer = {"decision": "accepted", "text": {"en": "It will say so."}, "by": "DEF", "on": "2026-06-30"}
    with transaction():
        for n in range(3):
            a_contribution(draft.consultation, f"Said {n}.", about=[draft.about], response=answer if n else None)
    page = client.get(draft.part)
    assert "3 comments, 2 answered. Read or add yours" in page.words
    assert "It will say so." in page.words
    assert "Ministry of Defence" in page.words


def test_three_comments_stand_on_the_page_and_all_of_them_a_link_away(client, world):
    draft = opened(world)
    with transaction():
        for n in range(5):
            a_contribution(draft.consultation, f"Saying number {n}.", about=[draft.about])
    page = client.get(draft.part)
    assert page.words.count("Saying number") == 3
    [link] = page.all("//a[contains(@href, 'all=')]/@href")
    assert client.get(link).words.count("Saying number") == 5


def test_a_suggested_wording_is_shown_as_what_goes_and_what_comes(client, world):
    draft = opened(world)
    with transaction():
        a_contribution(draft.consultation, about=[draft.about], proposed="Women were never at the table.")
    page = client.get(draft.part)
    assert [part.text_content().strip() for part in page.all("//del | //ins")] == ["not", "never"]


def test_what_is_not_shown_leaves_a_marker_with_its_reason(client, world):
    draft = opened(world)
    with transaction():
        a_contribution(
            draft.consultation, "HIDDEN WORDS", about=[draft.about], hidden_because={"en": "It names a child."}
        )
        a_contribution(draft.consultation, "", about=[draft.about], withdrawn=True)
        a_comment(draft.consultation, draft.about, "REFUSED", state="refused", reason={"en": "It names a street."})
        a_comment(draft.consultation, draft.about, "WAITING WORDS")
    page = client.get(draft.part)
    assert "One comment was hidden: It names a child." in page.words
    assert "One comment was withdrawn by whoever sent it." in page.words
    assert "One comment was not published: It names a street." in page.words
    assert not any(secret in page.text for secret in ("HIDDEN WORDS", "REFUSED", "WAITING WORDS"))


@pytest.mark.parametrize("attribution", ["non_attributed", "organisation"])
def test_no_name_is_wider_than_the_consultation(client, world, attribution):
    draft = opened(world, attribution=attribution)
    with transaction():
        a_contribution(draft.consultation, about=[draft.about], attribution="named", by="Amina Dar")
    page = client.get(draft.part)
    assert "Amina Dar" not in page.text
    assert "A person or group who did not give a name" in page.words


def test_what_the_steward_alone_may_read_is_on_no_page(client, world):
    draft = opened(world)
    with transaction():
        a_contribution(draft.consultation, "FOR ONE ALONE", about=[draft.about], attribution="steward")
    assert "FOR ONE ALONE" not in client.get(draft.part).text


def test_activities_and_indicators_can_be_commented_on(client, world):
    draft = opened(world)
    page = client.get(draft.part.replace("/part/1", "/part/2"))
    assert "Recruit women officers" in page.words
    key = world.activities[0].key
    assert client.get(f"{draft.part[:-1]}2?p={key}").form(f"p={key}") is not None


def test_the_form_opens_under_one_paragraph_alone(client, world):
    draft = opened(world)
    page = client.get(draft.form)
    assert len(page.all("//main//textarea[@name='text']")) == 1
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_a_page_without_a_form_may_be_kept_by_those_between(client, world):
    assert client.get(opened(world).part).answer.headers["Cache-Control"] == "no-cache"


def test_after_the_window_the_draft_is_read_and_no_form_is_there(client, world):
    draft = opened(world, starts=now().date() - timedelta(9), ends=now().date() - timedelta(2))
    page = client.get(draft.form)
    assert page.all("//main//form") == []
    assert "The window for comments closed on" in page.words


def test_before_its_day_it_is_announced_and_not_there_to_read(client, world):
    draft = opened(world, starts=now().date() + timedelta(3))
    assert "Opens on" in client.get("/en/consultation").words
    client.get(draft.part, expect=404)
    client.get(f"/en/consultation/{draft.consultation.key}", expect=404)


def test_officials_read_and_are_told_why_they_have_no_form(as_role, world):
    page = as_role("secretariat").get(opened(world).form)
    assert page.all("//main//form") == []
    assert "Those who write or look after the plan do not comment here." in page.words


def test_an_invited_draft_is_there_for_those_who_are_invited_and_for_staff(client, as_role, world):
    draft = opened(world, access="invited", visibility="task_force")
    for who in (client, as_role("contributor"), as_role("parliamentarian")):
        who.get(draft.part, expect=404)
    with transaction():
        organisation = world.institutions["CSO"].id
        db.session.add(Addressee(consultation_id=draft.consultation.id, institution_id=organisation))
    assert as_role("contributor").get(draft.form).form(f"p={draft.paragraph.key}") is not None
    as_role("official").get(draft.part)
    client.get(draft.part, expect=404)


@pytest.mark.parametrize("given", [{"visibility": "task_force"}, {"opened_at": None}, {"archived_at": now()}])
def test_what_is_not_for_everybody_is_not_there(client, world, given):
    client.get(opened(world, **given).part, expect=404)


def test_an_event_shows_its_facts(client, world):
    with transaction():
        event = a_consultation(world.plan, visibility="public", place={"en": "Kadun"}, summary={"en": "They spoke."})
    page = client.get(f"/en/consultation/{event.key}")
    assert "Kadun" in page.words
    assert "They spoke." in page.words


def test_an_event_of_high_risk_shows_neither_day_nor_place(client, world):
    with transaction():
        event = a_consultation(world.plan, visibility="public", place={"en": "Kadun"}, risk="high")
    for address in ("/en/consultation", f"/en/consultation/{event.key}"):
        page = client.get(address)
        assert "Kadun" not in page.words
        assert "2 March 2026" not in page.words


def test_an_unknown_paragraph_is_told_in_words(client, world):
    page = client.get(f"{opened(world).part}?p=nothing", expect=404)
    assert "no such paragraph" in page.words


def test_a_later_version_says_where_a_paragraph_went(client, world):
    draft = opened(world)
    with transaction():
        world.paragraphs[0].text = {"en": "Women were kept from the table."}
        world.paragraphs[0].position, world.paragraphs[1].position = 1, 0
        later = freeze(INSTALLATION, world.plan, None)
    assert "In version 2" not in client.get(draft.part).words, "an unpublished version is not for everybody"
    with transaction():
        publish(INSTALLATION, later)
    page = client.get(draft.part)
    assert "In version 2 this is paragraph 2. Its words changed in version 2." in page.words
    assert "In version 2 this is paragraph 1." in page.words


def test_the_plain_page_has_no_style_and_the_same_form(client, world):
    draft = opened(world)
    page = client.get(f"{draft.part}/text?p={draft.paragraph.key}")
    assert page.all("//link[@rel='stylesheet'] | //script | //img") == []
    assert page.submit(f"p={draft.paragraph.key}", text="From afar.", expect=200).all("//*[@class='receipt-number']")
