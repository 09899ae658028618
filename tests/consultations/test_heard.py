"""What we heard, what we did: the matrix for staff and for everybody, its files, stages and chapter."""

import csv
import io

import pytest
from openpyxl import load_workbook

from nap_builder.consultations.models.records import ProcessStage
from nap_builder.consultations.queries.matrix import matrix, public_matrix, sums
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.narrative import Paragraph, Section
from tests.builders.consultations import a_comment, a_consultation, a_contribution
from tests.builders.drafts import opened
from tests.builders.heard import what_was_heard

STAFF = "/en/w/nap-2/heard"
PUBLIC = "/en/consultation/responses"


@pytest.fixture
def heard(world):
    """What was heard about the small plan."""
    with transaction():
        return what_was_heard(world)


def table_of(page):
    """A CSV answer as a list of rows by head."""
    return list(csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff"))))


def test_staff_read_every_contribution_with_its_answer(as_role, heard):
    page = as_role("official").get(STAFF)
    assert "Say who pays for it." in page.words
    assert "We name the ministry that pays." in page.words


def test_the_paragraph_is_cited_by_its_number_in_the_version(as_role, heard):
    assert "Paragraph 1, " in as_role("official").get(STAFF).words


def test_the_draft_for_those_invited_is_cited_to_nobody_else(client, as_role, world):
    draft = opened(world, access="invited", visibility="public")
    with transaction():
        a_contribution(database.session.merge(draft.consultation), "Say who pays.", about=[draft.about])
    assert "Paragraph 1, " in as_role("official").get(STAFF).words
    public = client.get(PUBLIC)
    assert "Say who pays." in public.words
    assert "Paragraph 1" not in public.words


def test_the_change_that_was_made_is_named(as_role, heard):
    assert "Changed: Activity 1.1.1" in as_role("official").get(STAFF).words


def test_what_waits_over_ten_days_can_be_asked_for(as_role, heard):
    page = as_role("official").get(f"{STAFF}?late=y")
    assert "Train the judges." in page.words
    assert "Hire women." not in page.words


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("theme=protection", "Train the judges.", "Say who pays for it."),
        ("theme=none", "Count us.", "Train the judges."),
        ("decision=accepted", "Say who pays for it.", "Train the judges."),
        ("decision=unanswered", "Train the judges.", "Say who pays for it."),
        ("theme=other&decision=nonsense", "Train the judges.", "Nothing to show"),
    ],
)
def test_the_matrix_shows_what_is_asked_for(client, heard, asked, there, gone):
    page = client.get(f"{PUBLIC}?{asked}")
    assert there in page.words
    assert gone not in page.words


def test_a_group_stands_in_one_row_with_its_members(client, heard):
    page = client.get(PUBLIC)
    row = next(row for row in page.all("//tr") if "More posts for women" in row.text_content())
    assert "Hire women." in row.text_content()
    assert "More women in the police." in row.text_content()


def test_members_that_were_answered_otherwise_stand_apart(world, heard):
    with transaction():
        one = database.session.merge(heard.said["one"])
        one.response = {"decision": "deferred", "text": {"en": "Later."}}
    assert [len(line.entries) for line in public_matrix(world.plan) if line.group] == [1, 1]


def test_what_was_withdrawn_or_hidden_leaves_a_mark(client, heard):
    page = client.get(PUBLIC)
    assert "Withdrawn by who said it." in page.words
    assert "Not shown: It insults a person." in page.words
    assert "Rude words." not in page.words


def test_a_name_stands_where_its_holder_wished_it(client, heard):
    assert "Amal Haddad" in client.get(PUBLIC).words


def test_a_consultation_without_names_shows_none(client, heard):
    with transaction():
        database.session.merge(heard.workshop).attribution = "non_attributed"
    assert "Amal Haddad" not in client.get(PUBLIC).words


@pytest.mark.parametrize("address", [PUBLIC, f"{PUBLIC}.csv"])
def test_place_day_and_organisations_of_high_risk_are_told_to_nobody_outside(client, heard, address):
    text = client.get(address).text
    assert "Guard the ferry." in text
    for secret in ("Riverbank", "Mothers", "14 February", "2026-02-14"):
        assert secret not in text


def test_high_risk_is_hidden_from_staff_who_do_not_keep_the_record(as_role, heard):
    assert "Riverbank" not in as_role("official").get(STAFF).text
    assert "Women of Riverbank" in as_role("steward").get(STAFF).text


@pytest.mark.parametrize("address", [PUBLIC, f"{PUBLIC}.csv"])
def test_what_is_for_the_steward_is_not_public(client, heard, address):
    assert "For the steward." not in client.get(address).text


def test_an_organisation_that_did_not_agree_is_not_named(world, heard):
    with transaction():
        listed = [{"name": "Mothers", "public": False}, {"name": "Sisters", "public": True}]
        meeting = a_consultation(world.plan, visibility="public", organisations=listed)
        for name in ("Mothers", "Sisters"):
            a_contribution(meeting, f"Said by {name[:1]}.", by=name, attribution="organisation")
    said = [entry.by for line in public_matrix(world.plan) for entry in line.entries]
    assert "Sisters" in said
    assert "Mothers" not in said


def test_an_unpublished_answer_is_not_public(client, heard):
    with transaction():
        database.session.merge(heard.said["late"]).draft = {"decision": "not_accepted", "text": {"en": "Secret no."}}
    assert "Secret no." not in client.get(PUBLIC).text


def test_a_comment_is_in_no_matrix(client, as_role, world, heard):
    with transaction():
        a_comment(heard.draft, f"paragraph:{world.paragraphs[0].key}", "Canary waiting")
    for page in (client.get(PUBLIC), client.get(f"{PUBLIC}.csv"), as_role("chair").get(STAFF)):
        assert "Canary waiting" not in page.text


def test_one_consultation_has_its_own_page(client, heard):
    page = client.get(f"/en/consultation/{heard.draft.key}/responses")
    assert "Say who pays for it." in page.words
    assert "Train the judges." not in page.words


def test_a_consultation_that_is_not_public_has_no_page(client, world):
    with transaction():
        meeting = a_consultation(world.plan)
    client.get(f"/en/consultation/{meeting.key}/responses", expect=404)
    client.get(f"/en/consultation/{meeting.key}/responses.csv", expect=404)


def test_the_file_has_a_row_for_each_contribution_and_always_its_theme(client, heard):
    rows = table_of(client.get(f"{PUBLIC}.csv"))
    assert [row["Number"] for row in rows if row["Theme"] == "Participation"] == [heard.said["answered"].code]
    assert all(row["Theme"] for row in rows)
    assert len(rows) == 8


def test_the_file_for_staff_says_who_is_asked(as_role, world, heard):
    with transaction():
        database.session.merge(heard.said["late"]).asked_id = world.institutions["DEF"].id
    rows = table_of(as_role("official").get(f"{STAFF}.csv"))
    row = next(row for row in rows if row["What was said"] == "Train the judges.")
    assert (row["Asked to answer"], row["Days without an answer"]) == ("Ministry of Defence", "30")


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2+3"])
def test_no_file_holds_a_formula(as_role, heard, hostile):
    with transaction():
        database.session.merge(heard.said["late"]).text = {"en": hostile}
    chair = as_role("chair")
    assert f"'{hostile}" in [row["What was said"] for row in table_of(chair.get(f"{STAFF}.csv"))]
    book = load_workbook(io.BytesIO(chair.get(f"{STAFF}.xlsx").answer.data))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == hostile]
    assert [cell.data_type for cell in found] == ["s"]


def test_the_workbook_has_the_sums_by_theme(as_role, heard):
    book = load_workbook(io.BytesIO(as_role("official").get(f"{STAFF}.xlsx").answer.data))
    rows = [[cell.value for cell in row[:2]] for row in book.worksheets[1].iter_rows()]
    assert rows[0] == ["Theme", "Contributions"]
    assert ["Participation", 1] in rows


def test_the_sums_add_up(app, world, heard):
    with app.test_request_context():
        found = sums(matrix(world.plan))
    assert sum(one.said for one in found[:-1]) == found[-1].said


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_stand_in_every_language(client, as_role, heard, language):
    client.get(f"/{language}/consultation/responses")
    secretariat = as_role("secretariat")
    for place in ("heard", "heard/stages", "heard/chapter", "heard/stages/draft", "heard/paper"):
        secretariat.get(f"/{language}/w/nap-2/{place}")


def test_nothing_said_is_said_so(client, as_role, world):
    assert "Nothing is published yet" in client.get(PUBLIC).words
    assert "Nothing was said yet" in as_role("official").get(STAFF).words


def test_the_stages_tell_where_womens_groups_took_part(as_role, heard):
    page = as_role("official").get(f"{STAFF}/stages")
    row = page.all("//tr[@id='s-draft']")[0].text_content()
    assert "Took part" in row


def test_that_they_did_not_wants_a_reason(as_role, world):
    page = as_role("secretariat").get(f"{STAFF}/stages/adoption")
    assert "Say why" in page.submit("stage", part="no", expect=422).words
    page.submit("stage", **{"part": "no", "text-en": "The cabinet sat alone."})
    said = database.session.query(ProcessStage).one()
    assert (said.stage, said.part, said.text) == ("adoption", "no", {"en": "The cabinet sat alone."})


def test_two_who_say_something_of_a_stage_both_see_it(as_role, world):
    first, second = (as_role(who).get(f"{STAFF}/stages/adoption") for who in ("secretariat", "chair"))
    first.submit("stage", **{"part": "yes", "text-en": "They sat beside us."})
    second.submit("stage", **{"part": "no", "text-en": "They were away."}, expect=409)


def test_everybody_reads_the_stages_without_small_numbers(client, heard):
    with transaction():
        database.session.merge(heard.workshop).participants = {"total": 40, "womens_organisations": 3}
    row = client.get(PUBLIC).all("//tr[@id='s-draft']")[0].text_content()
    assert "A few" in row
    assert "3" not in row


def test_a_small_number_is_told_to_the_keepers_of_the_record_alone(as_role, heard):
    with transaction():
        database.session.merge(heard.workshop).participants = {"total": 40, "womens_organisations": 3}
    there = "//tr[@id='s-draft']"
    assert "A few" in as_role("official").get(f"{STAFF}/stages").all(there)[0].text_content()
    assert "A few" not in as_role("secretariat").get(f"{STAFF}/stages").all(there)[0].text_content()


def test_the_chapter_is_drafted_from_the_log(as_role, heard):
    text = as_role("secretariat").get(f"{STAFF}/chapter").all("//textarea[@name='text-en']")[0].text
    assert "3 consultations were held on this plan." in text
    assert "place and day are not told" in text
    assert "Amal" not in text


def test_the_chapter_goes_into_a_new_section(as_role, world, heard):
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    both = {"text-en": "We asked.\n\nThey answered.", "text-fr": "On a demandé.\n\nIls ont répondu.", "text-ar": ""}
    page.submit("chapter", **both, **{"title-en": "How it was made"})
    section = database.session.query(Section).filter_by(key="how-it-was-made").one()
    said = database.session.query(Paragraph).filter_by(section_id=section.id).order_by(Paragraph.position)
    assert [one.text["en"] for one in said] == ["We asked.", "They answered."]


def test_the_new_section_of_the_chapter_goes_with_its_paragraphs(as_role, world, heard):
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    both = {"text-en": "We asked.\n\nThey answered.", "text-fr": "", "text-ar": ""}
    there = page.submit("chapter", **both, **{"title-en": "How it was made"}).follow()
    assert "It is undone." in there.submit("/en/w/nap-2/undo/").follow().words
    section = database.session.query(Section).filter_by(key="how-it-was-made").one()
    assert section.archived_at is not None


def test_the_chapter_says_nothing_of_stages_that_may_still_come(as_role, heard):
    text = as_role("secretariat").get(f"{STAFF}/chapter").all("//textarea[@name='text-en']")[0].text
    assert "Preparing the process" in text
    assert "Evaluation" not in text


def test_the_languages_of_the_chapter_have_the_same_paragraphs(as_role, world, heard):
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    answer = page.submit("chapter", **{"text-en": "We asked.", "text-fr": "Un.\n\nDeux."}, expect=422)
    assert "the same number of paragraphs in every language" in answer.words


def test_what_was_put_into_the_plan_can_be_undone(as_role, world, heard):
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    there = page.submit("chapter", **{"text-en": "We asked.", "text-fr": "", "text-ar": "", "section": "why"}).follow()
    there.submit("/undo/")
    paragraph = database.session.query(Paragraph).order_by(Paragraph.id.desc()).first()
    assert (paragraph.text["en"], paragraph.archived_at is None) == ("We asked.", False)


def test_the_chapter_goes_into_a_section_that_is_there(as_role, world, heard):
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    page.submit("chapter", **{"text-en": "We asked.", "text-fr": "", "text-ar": "", "section": "why"})
    assert database.session.query(Paragraph).order_by(Paragraph.id.desc()).first().section.key == "why"


def test_the_stages_tell_how_many_consultations_name_no_round(as_role, world):
    with transaction():
        a_consultation(world.plan, round=None)
    assert "1 consultation names no round" in as_role("official").get(f"{STAFF}/stages").words


def test_the_chapter_goes_into_the_section_meant_for_it_unless_told_otherwise(as_role, world, heard):
    with transaction():
        database.session.add(Section(plan=world.plan, key="how-made", position=90, title={"en": "How it was made"}))
    page = as_role("secretariat").get(f"{STAFF}/chapter")
    page.submit("chapter", **{"text-en": "We asked.", "text-fr": "", "text-ar": ""})
    assert database.session.query(Paragraph).order_by(Paragraph.id.desc()).first().section.key == "how-made"


def test_small_numbers_of_people_are_not_in_the_chapter(as_role, world):
    with transaction():
        counts = {"total": 33, "women": 30, "men": 3}
        a_consultation(world.plan, visibility="public", participants=counts)
    text = as_role("secretariat").get(f"{STAFF}/chapter").all("//textarea[@name='text-en']")[0].text
    assert "33 people took part" in text
    assert "By sex" not in text
