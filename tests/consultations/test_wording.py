"""A suggested wording: shown beside the plan’s words, taken over in one press, credited, never over a newer text."""

import pytest

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.services import narrative
from tests.builders.consultations import a_contribution, an_open_draft

BETTER = "Women were kept from the table."


@pytest.fixture
def suggested(world):
    """A wording suggested for the first paragraph of an open draft."""
    with transaction():
        draft = an_open_draft(world.plan)
        return suggestion(draft, f"paragraph:{world.paragraphs[0].key}")


def suggestion(draft, about, proposed=BETTER, **given):
    return a_contribution(draft, "Say it as it is.", about=[about], proposed=proposed, channel="online", **given)


def page_of(client, contribution, name=""):
    return client.get(f"/en/w/nap-2/contributions/{contribution.key}" + (f"/{name}" if name else ""))


def again(row):
    layer.session.rollback()
    layer.session.expire_all()
    return layer.session.get_one(type(row), row.id)


def rewrite(world, text):
    with transaction():
        row = layer.session.merge(world.paragraphs[0])
        narrative.write_paragraph(INSTALLATION, row, {"en": text}, seen=row.row_version)


def test_it_is_shown_as_what_would_go_and_come(as_role, suggested):
    page = page_of(as_role("official"), suggested)
    assert "".join(page.all("//main//ins//text()")).strip().startswith("Added: kept from")
    assert "Take this wording over" not in page.words


def test_one_press_writes_it_and_prepares_the_answer(as_role, world, suggested):
    client = as_role("secretariat")
    page_of(client, suggested).submit("/wording")
    assert again(world.paragraphs[0]).text == {"en": BETTER}
    found = again(suggested)
    assert found.taken_over_on is not None
    assert found.draft["decision"] == "accepted"
    assert found.draft["changed"] == [f"paragraph:{world.paragraphs[0].key}"]
    assert set(found.draft["text"]) == {"en", "fr", "ar"}
    told = as_role("auditor").get("/en/audit").words
    assert "took over the wording that contribution K1 suggests." in told


def test_it_can_be_undone_as_any_edit(as_role, world, suggested):
    client = as_role("secretariat")
    page = page_of(client, suggested).submit("/wording").follow()
    page.submit("/undo/")
    assert again(world.paragraphs[0]).text == {"en": "Women were not at the table."}
    assert "Take this wording over" in page_of(client, suggested).words


def test_only_those_who_run_the_plan_take_it_over(as_role, suggested):
    for who in ("official", "steward", "auditor"):
        as_role(who).get(f"/en/w/nap-2/contributions/{suggested.key}/wording", expect=403)


def test_words_that_changed_since_are_not_replaced_unseen(as_role, world, suggested):
    client = as_role("secretariat")
    pressed = page_of(client, suggested)
    rewrite(world, "Women were seldom at the table.")
    shown = pressed.submit("/wording", expect=409)
    assert "Women were not at the table." in shown.words
    assert "Women were seldom at the table." in shown.words
    assert again(world.paragraphs[0]).text == {"en": "Women were seldom at the table."}
    shown.submit("/wording")
    assert again(world.paragraphs[0]).text == {"en": BETTER}


def test_an_edit_between_page_and_press_is_not_overwritten(as_role, world, suggested):
    rewrite(world, "Second text.")
    shown = page_of(as_role("secretariat"), suggested, "wording")
    rewrite(world, "Third text.")
    conflict = shown.submit("/wording", expect=409)
    assert "Third text." in conflict.words
    assert again(world.paragraphs[0]).text == {"en": "Third text."}


def test_a_wording_for_an_activity_becomes_its_title(as_role, world):
    row = world.activities[0]
    with transaction():
        said = suggestion(an_open_draft(world.plan), f"activity:{row.key}", "Recruit and\nkeep women officers")
    page_of(as_role("chair"), said).submit("/wording")
    assert again(row).title == {"en": "Recruit and keep women officers"}
    assert isinstance(again(row), Activity)


def test_only_the_language_of_the_contribution_changes(as_role, world):
    with transaction():
        layer.session.merge(world.paragraphs[0]).text = {"en": "English.", "fr": "Ancien."}
        draft = an_open_draft(world.plan)
        said = suggestion(draft, f"paragraph:{world.paragraphs[0].key}", "Nouveau.", language="fr")
    page_of(as_role("secretariat"), said).submit("/wording")
    assert again(world.paragraphs[0]).text == {"en": "English.", "fr": "Nouveau."}


def test_a_paragraph_that_is_gone_takes_nothing_over(as_role, world, suggested):
    client = as_role("secretariat")
    pressed = page_of(client, suggested)
    with transaction():
        row = layer.session.merge(world.paragraphs[0])
        narrative.archive_paragraph(INSTALLATION, row, seen=row.row_version)
    pressed.submit("/wording", expect=409)
    assert "no longer in the plan" in page_of(client, suggested, "wording").words


def test_what_is_in_the_plan_already_says_so(as_role, world, suggested):
    client = as_role("secretariat")
    page = page_of(client, suggested)
    page.submit("/wording")
    assert "The plan says this now" in page_of(client, suggested).words
    address, values = page.filled("/wording")
    client.post(address, data={**values, "once": ["a-key-that-is-new"]}, expect=409)


def test_a_section_is_not_renamed_by_a_suggestion(as_role, world):
    with transaction():
        said = suggestion(an_open_draft(world.plan), f"section:{world.section.key}")
    assert "Take this wording over" not in page_of(as_role("secretariat"), said).words


def test_without_a_suggestion_there_is_no_such_page(as_role, world):
    with transaction():
        said = a_contribution(an_open_draft(world.plan))
    as_role("secretariat").get(f"/en/w/nap-2/contributions/{said.key}/wording", expect=404)


def test_it_is_credited_as_the_contributor_chose(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
        about = f"paragraph:{world.paragraphs[0].key}"
        named = suggestion(draft, about, attribution="organisation", by="Union of Women")
        unnamed = suggestion(draft, about, attribution="anonymous", by="Amina")
    client = as_role("secretariat")
    assert "Union of Women" in page_of(client, named).words
    assert "Amina" not in page_of(client, unnamed).text


def test_a_prepared_answer_is_published_apart(as_role, suggested):
    client = as_role("secretariat")
    page_of(client, suggested).submit("/wording")
    page_of(client, suggested, "publish").submit("answer-form")
    found: Contribution = again(suggested)
    assert found.response["decision"] == "accepted"
    assert isinstance(found.response["on"], str)
    assert Paragraph.__tablename__ in found.response["changed"][0]


def test_what_was_suggested_on_a_page_in_another_language_is_taken_over_in_that_of_the_paragraph(as_role, world):
    with transaction():
        arabic = suggestion(an_open_draft(world.plan), f"paragraph:{world.paragraphs[0].key}", language="ar")
    page_of(as_role("secretariat"), arabic).submit("/wording")
    assert again(world.paragraphs[0]).text == {"en": BETTER}


def test_what_was_taken_over_and_undone_is_not_said_to_stand(as_role, suggested):
    client = as_role("secretariat")
    page_of(client, suggested).submit("/wording").follow().submit("/undo/")
    words = page_of(client, suggested).words
    assert "Taken over, and gone again" in words
    assert "The draft of the answer still says that it stands" in words
