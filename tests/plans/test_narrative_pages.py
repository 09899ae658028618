"""Sections and paragraphs in the browser."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.queries.narrative import history, living
from tests.builders.plans import a_paragraph, a_section

WHY = "/en/w/nap-2/section/why"


def texts(db, key="why"):
    db.session.rollback()
    section = db.session.query(Section).filter_by(key=key).one()
    return [paragraph.text.get("en") for paragraph in living(section)]


def opened(client, paragraph):
    return client.get(f"{WHY}?edit={paragraph.key}")


def secret_section(world):
    with transaction():
        section = a_section(plan=world.plan, key="secret", title="Hidden names", position=1, restricted=True)
        a_paragraph(section=section, text="Nobody else reads this.")


def test_a_section_shows_its_paragraphs_with_numbers_and_addresses(as_role, world):
    page = as_role("secretariat").get(WHY)
    assert "Women were not at the table." in page.words
    assert page.all(f"//*[@id='p-{world.paragraphs[1].key}']//a[@class='paragraph-number']/bdi")[0].text == "2"
    assert "Not written yet in:" in page.words


def test_a_reader_without_the_right_sees_the_words_and_no_buttons(as_role, world):
    for who in ("auditor", "interior"):
        page = as_role(who).get(WHY)
        assert "Women were not at the table." in page.words
        assert not page.all("//main//form")
        assert "Edit" not in page.words
        token = page.all("//input[@name='csrf_token']/@value")[0]
        page.client.post(f"{WHY}/add", data={"text-en": "x", "once": "o" * 16, "csrf_token": token}, expect=403)


def test_the_public_and_the_steward_do_not_learn_of_the_working_plan(client, as_role, world):
    client.get(WHY, expect=302)
    as_role("steward").get(WHY, expect=404)
    as_role("contributor").get("/en/w/nap-2/sections", expect=404)


def test_the_ministry_that_owns_a_section_writes_it(as_role, world, db):
    page = opened(as_role("official"), world.paragraphs[0])
    after = page.submit(
        "paragraph", **{"text-en": "Women were left out.", "text-fr": "Les femmes en étaient absentes."}
    )
    assert after.location == f"{WHY}#p-{world.paragraphs[0].key}"
    assert "The paragraph is saved." in after.follow().words
    db.session.rollback()
    paragraph = db.session.get(Paragraph, world.paragraphs[0].id)
    assert paragraph.text == {"en": "Women were left out.", "fr": "Les femmes en étaient absentes."}


def test_an_empty_text_is_refused_beside_its_field_and_a_control_character_too(as_role, world):
    page = opened(as_role("official"), world.paragraphs[0])
    assert "Write this in at least one language." in page.submit("paragraph", expect=422, **{"text-en": "  "}).words
    refused = page.submit("paragraph", expect=422, **{"text-en": "bell \x07"})
    assert "cannot be printed" in refused.words


def test_html_is_shown_as_it_was_typed(as_role, world):
    browser = as_role("secretariat")
    bad = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    opened(browser, world.paragraphs[0]).submit("paragraph", **{"text-en": bad})
    page = browser.get(WHY)
    assert bad in page.words
    assert not page.all("//main//script | //main//img")


def test_a_preview_saves_nothing_and_keeps_the_form(as_role, world, db):
    page = opened(as_role("secretariat"), world.paragraphs[0])
    address = page.all("//button[@formaction]")[0].get("formaction")
    _action, values = page.filled("paragraph", **{"text-en": "Women *lead*."})
    shown = page.client.post(address, data=values, expect=200)
    assert shown.all("//section[@id='preview']//em")[0].text == "lead"
    assert shown.all("//textarea[@name='text-en']")[0].text.strip() == "Women *lead*."
    assert texts(db)[0] == "Women were not at the table."
    shown.submit("paragraph")
    assert texts(db)[0] == "Women *lead*."


def test_a_paragraph_is_added_after_another_with_a_preview_first(as_role, world, db):
    browser = as_role("secretariat")
    page = browser.get(f"{WHY}?add={world.paragraphs[0].key}")
    address = page.all("//button[@formaction]")[0].get("formaction")
    _action, values = page.filled("paragraph", **{"text-en": "Between."})
    browser.post(address, data=values, expect=200).submit("paragraph")
    assert texts(db) == ["Women were not at the table.", "Between.", "This plan brings them there."]
    browser.get(f"{WHY}?add=end").submit("paragraph", **{"text-en": "Last."})
    assert texts(db)[-1] == "Last."


@pytest.mark.parametrize(
    ("answer", "expected"), [("split", ["One.", "Two.", "Three."]), ("keep", ["One.\n\nTwo.\n\nThree."])]
)
def test_pasted_blank_lines_offer_to_split_and_lose_nothing(as_role, world, db, answer, expected):
    page = as_role("secretariat").get(f"{WHY}?add=end")
    asked = page.submit("paragraph", expect=422, **{"text-en": "One.\r\n\r\nTwo.\r\n\r\nThree.", "text-fr": "Un."})
    assert "This text has 3 paragraphs" in asked.words
    assert texts(db)[2:] == []
    asked.submit("blocks", press=f"blocks={answer}")
    assert texts(db)[2:] == expected
    section = db.session.query(Section).filter_by(key="why").one()
    assert living(section)[2].text["fr"] == "Un."


def test_an_edited_text_with_blank_lines_is_split_or_kept(as_role, world, db):
    page = opened(as_role("secretariat"), world.paragraphs[0])
    page.submit("paragraph", expect=422, **{"text-en": "One.\n\nTwo."}).submit("blocks", press="blocks=split")
    assert texts(db) == ["One.", "Two.", "This plan brings them there."]


def test_a_paragraph_is_split_where_a_blank_line_is_left(as_role, world, db):
    browser = as_role("secretariat")
    page = browser.get(f"{WHY}/p/{world.paragraphs[0].key}/split")
    assert "Leave a blank line" in page.submit("split", expect=422).words
    page.submit("split", **{"text-en": "Women were not\n\nat the table."})
    assert texts(db) == ["Women were not", "at the table.", "This plan brings them there."]


def test_moving_joining_putting_away_and_bringing_back(as_role, world, db):
    browser = as_role("secretariat")
    first, second = (paragraph.key for paragraph in world.paragraphs)
    browser.get(WHY).submit(f"{first}/move")
    assert texts(db) == ["This plan brings them there.", "Women were not at the table."]
    browser.get(WHY).submit(f"{first}/move")
    browser.get(f"{WHY}?edit={first}").submit("/join")
    assert texts(db) == ["Women were not at the table. This plan brings them there."]
    browser.get(WHY).submit(f"{second}/restore")
    browser.get(f"{WHY}?edit={second}").submit("/archive")
    assert len(texts(db)) == 1


def test_a_move_needs_a_step(as_role, world):
    browser = as_role("secretariat")
    browser.get(WHY).submit(f"{world.paragraphs[0].key}/move", expect=400, step="9")


def test_the_history_shows_who_changed_which_words_and_brings_a_text_back(as_role, world, db):
    browser = as_role("official")
    opened(browser, world.paragraphs[0]).submit("paragraph", **{"text-en": "Women were never at the table."})
    page = browser.get(f"{WHY}/p/{world.paragraphs[0].key}/history")
    assert page.all("//ins")[0].text_content().strip() == "Added: never"
    assert page.all("//del")[0].text_content().strip() == "Removed: not"
    assert world.people["official"].name + " changed it" in page.words
    page.submit("/history/")
    assert texts(db)[0] == "Women were not at the table."
    assert len(history(db.session.get(Paragraph, world.paragraphs[0].id))) == 3


def test_an_untouched_paragraph_says_that_its_history_is_empty(as_role, world):
    page = as_role("auditor").get(f"{WHY}/p/{world.paragraphs[0].key}/history")
    assert "Nothing was changed here yet" in page.words


def test_a_second_writer_is_shown_both_texts_and_may_save_theirs(as_role, world, db):
    amina, tomas = as_role("secretariat"), as_role("official")
    hers, his = (opened(browser, world.paragraphs[0]) for browser in (amina, tomas))
    hers.submit("paragraph", **{"text-en": "Hers, saved first."})
    conflict = his.submit("paragraph", expect=409, **{"text-en": "His, typed meanwhile."})
    assert "Hers, saved first." in conflict.words
    assert "His, typed meanwhile." in conflict.words
    assert texts(db)[0] == "Hers, saved first."
    conflict.submit(0)
    assert texts(db)[0] == "His, typed meanwhile."


def test_an_act_on_a_paragraph_that_somebody_changed_is_refused(as_role, world, db):
    amina, tomas = as_role("secretariat"), as_role("official")
    page = opened(amina, world.paragraphs[0])
    opened(tomas, world.paragraphs[0]).submit("paragraph", **{"text-en": "Changed."})
    assert "Somebody changed this paragraph" in page.submit("/archive", expect=409).words
    assert "Somebody changed this paragraph" in page.submit("/join", expect=409).words
    assert texts(db) == ["Changed.", "This plan brings them there."]


def test_the_same_form_twice_adds_one_paragraph(as_role, world, db):
    page = as_role("secretariat").get(f"{WHY}?add=end")
    for _ in range(2):
        page.submit("paragraph", **{"text-en": "Once."})
    assert texts(db)[2:] == ["Once."]


def test_a_restricted_section_is_nowhere_for_those_it_is_not_for(as_role, world):
    secret_section(world)
    browser = as_role("secretariat")
    browser.get("/en/w/nap-2/section/secret?add=end").submit("paragraph", **{"text-en": "More names."})
    assert "Hidden names" in browser.get("/en/w/nap-2/sections").words
    assert "Hidden names" in browser.get("/en/w/nap-2").words
    assert "2 sections" in browser.get("/en/w/nap-2").words
    for who in ("official", "auditor"):
        other = as_role(who)
        other.get("/en/w/nap-2/section/secret", expect=404)
        for address in ("/en/w/nap-2", "/en/w/nap-2/sections", "/en/plans"):
            assert "Hidden names" not in other.get(address).words
        assert "1 section" in other.get("/en/w/nap-2").words


def test_the_ministry_that_owns_a_restricted_section_reads_it(as_role, world, db):
    secret_section(world)
    with transaction():
        db.session.query(Section).filter_by(key="secret").one().owner_id = world.institutions["INT"].id
    assert "Nobody else reads this." in as_role("interior").get("/en/w/nap-2/section/secret").words
    as_role("official").get("/en/w/nap-2/section/secret", expect=404)


def test_sections_are_added_changed_moved_put_away_and_brought_back(as_role, world, db):
    browser = as_role("chair")
    owner = str(world.institutions["INT"].id)
    form = browser.get("/en/w/nap-2/sections/new")
    assert "Write this in at least one language." in form.submit("section", expect=422).words
    added = form.submit("section", owner_id=owner, **{"title-en": "How it was made", "title-ar": "كيف"})
    assert added.location == "/en/w/nap-2/section/how-it-was-made"
    page = browser.get("/en/w/nap-2/sections")
    assert page.words.index("Why this plan") < page.words.index("How it was made")
    assert "Ministry of the Interior" in page.words
    page.submit("how-it-was-made/move")
    page = browser.get("/en/w/nap-2/sections")
    assert page.words.index("How it was made") < page.words.index("Why this plan")
    edit = browser.get("/en/w/nap-2/sections/how-it-was-made/edit")
    edit.submit("section", place="annex", owner_id="", **{"title-en": "How we made it"})
    assert "How we made it" in browser.get("/en/w/nap-2/section/how-it-was-made").words
    browser.get("/en/w/nap-2/sections/how-it-was-made/archive").submit("archive")
    browser.get("/en/w/nap-2/section/how-it-was-made", expect=404)
    browser.get("/en/w/nap-2/sections").submit("how-it-was-made/restore")
    browser.get("/en/w/nap-2/section/how-it-was-made")


def test_two_who_change_a_section_at_once_see_both(as_role, world, db):
    first, second = (as_role(who).get("/en/w/nap-2/sections/why/edit") for who in ("chair", "secretariat"))
    first.submit("section", **{"title-en": "Why now"})
    conflict = second.submit("section", expect=409, **{"title-en": "Why us"})
    assert "Why now" in conflict.words
    assert "Why us" in conflict.words
    conflict.submit(0)
    db.session.rollback()
    assert db.session.query(Section).filter_by(key="why").one().title["en"] == "Why us"


def test_a_ministry_does_not_arrange_sections(as_role, world):
    browser = as_role("focal_point")
    assert "Add a section" not in browser.get("/en/w/nap-2/sections").words
    browser.get("/en/w/nap-2/sections/new", expect=403)


def test_nothing_is_written_once_the_plan_is_adopted(as_role, world):
    page = opened(as_role("secretariat"), world.paragraphs[0])
    with transaction():
        world.plan.state = "adopted"
    page.submit("paragraph", expect=403, **{"text-en": "Too late."})
    assert "Edit" not in page.client.get(WHY).words


def test_a_plan_without_sections_says_what_will_stand_there(as_role, world, db):
    with transaction():
        world.section.archived_at = world.plan.created_at
    assert "No section yet" in as_role("auditor").get("/en/w/nap-2/sections").words
    assert "Add a section" in as_role("chair").get("/en/w/nap-2/sections").words


def test_a_section_page_makes_as_many_statements_for_5_as_for_500_paragraphs(as_role, world):
    browser = as_role("secretariat")
    few = len(browser.get(WHY).watch.statements)
    with transaction():
        for number in range(500):
            a_paragraph(section=world.section, text=f"Paragraph {number}.", position=number + 2)
        for number in range(30):
            a_section(plan=world.plan, position=number + 1, owner_id=world.institutions["INT"].id)
    many = browser.get(WHY)
    assert len(many.watch.statements) == few
    assert "Paragraph 499." in many.words


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_page_stands_in_every_language(as_role, world, language):
    browser = as_role("secretariat")
    key = world.paragraphs[0].key
    for tail in ("", "/sections", "/sections/new", "/sections/why/edit", "/sections/why/archive", "/settings"):
        browser.get(f"/{language}/w/nap-2{tail}")
    for tail in ("", f"?edit={key}", "?add=end", f"/p/{key}/history", f"/p/{key}/split"):
        browser.get(f"/{language}/w/nap-2/section/why{tail}")
    browser.get(f"/{language}/plans/new")


def test_a_text_is_not_lost_when_its_paragraph_is_put_away_meanwhile(as_role, world, db):
    page = opened(as_role("official"), world.paragraphs[0])
    opened(as_role("chair"), world.paragraphs[0]).submit("/archive")
    assert "in at least one language" in page.submit("paragraph", expect=422, **{"text-en": ""}).words
    conflict = page.submit("paragraph", expect=409, **{"text-en": "Typed meanwhile."})
    assert "Typed meanwhile." in conflict.words
    conflict.submit(0)
    assert texts(db) == ["Typed meanwhile.", "This plan brings them there."]


def test_a_new_paragraph_is_not_lost_when_the_one_before_it_is_put_away(as_role, world, db):
    page = as_role("official").get(f"{WHY}?add={world.paragraphs[0].key}")
    opened(as_role("chair"), world.paragraphs[0]).submit("/archive")
    assert page.submit("paragraph", expect=422, **{"text-en": ""}).all("//textarea[@name='text-en']")
    page.submit("paragraph", **{"text-en": "Between."})
    assert texts(db) == ["Between.", "This plan brings them there."]
