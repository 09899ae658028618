"""The pages of the letters and papers, their files, and who may have which."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.lifecycle import move
from nap_builder.plans.services.touch import changed
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.papers.routes import DOCX
from nap_builder.publishing.papers.shelf import LANGUAGES, papers
from nap_builder.taskforce.models import Institution
from tests.builders.adoption import adopted
from tests.builders.exchange import full, large, taken_in
from tests.builders.papers import words_of
from tests.builders.plans import a_plan

pytestmark = pytest.mark.sqlite_only(
    "a paper is made of the document of a plan, which the round trip of files reads from both databases"
)
PAPERS = "/en/w/nap-2/papers"
LETTER = f"{PAPERS}/commitment-letter"


def file_of(client: Any, address: str) -> bytes:
    """The bytes of a file, once its head is seen to be right."""
    answer = client.get(address).answer
    assert answer.mimetype == DOCX
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=nap-2-")
    return answer.data


def test_every_paper_is_listed_with_its_gaps(as_role, world):
    page = as_role("secretariat").get(PAPERS)
    assert [paper.title["en"] for paper in papers() if paper.title["en"] not in page.words] == []
    assert "gaps to fill in by hand" in page.words
    assert "Pretoria 2007 para. 8" in page.words


def test_the_workspace_leads_to_the_papers_for_those_who_may(as_role, world):
    assert PAPERS in as_role("official").get("/en/w/nap-2").all("//main//a/@href")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.key)
def test_a_paper_is_read_before_it_is_taken(as_role, world, paper, language):
    page = as_role("chair").get(f"/ar/w/nap-2/papers/{paper.key}?language={language}")
    [document] = page.all("//div[@class='document']")
    assert (document.get("lang"), document.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    marks = {mark.text_content() for mark in page.all("//mark")}
    assert marks
    assert page.all(f"//a[contains(@href, '{paper.key}.docx?language={language}')]")


def test_the_page_and_the_file_say_the_same(as_role, world):
    chair = as_role("chair")
    page = chair.get(f"{PAPERS}/launch-letter?language=fr")
    said = [" ".join(part.text_content().split()) for part in page.all("//div[@class='document']//p")]
    text = " ".join(words_of(file_of(chair, f"{PAPERS}/launch-letter.docx?language=fr")).split())
    assert [words for words in said[1:] if words not in text and "…" not in words] == []


def test_the_language_of_the_page_is_taken_where_none_is_asked_for(as_role, world):
    chair = as_role("chair")
    assert "فريق العمل" in words_of(file_of(chair, "/ar/w/nap-2/papers/agenda.docx"))
    assert "فريق العمل" in words_of(file_of(chair, "/ar/w/nap-2/papers/agenda.docx?language=xx"))


def test_a_plan_in_one_language_offers_that_one(as_role, world):
    with transaction():
        database.session.get_one(Plan, world.plan.id).languages = ["fr-CA"]
    page = as_role("chair").get(f"{PAPERS}/agenda?language=ar")
    assert page.all("//div[@class='document']/@lang") == ["fr"]


def test_the_same_plan_gives_the_same_file_to_everybody(as_role, world):
    files = {file_of(as_role(who), f"{PAPERS}/cabinet-memorandum.docx") for who in ("chair", "auditor", "official")}
    assert len(files) == 1


@pytest.mark.parametrize("who", ["chair", "secretariat", "auditor"])
def test_the_centre_has_the_letter_of_every_institution(as_role, world, who):
    for code in ("DEF", "INT"):
        as_role(who).get(f"{LETTER}?institution={code}")
        file_of(as_role(who), f"{LETTER}.docx?institution={code}")


@pytest.mark.parametrize("who", ["official", "focal_point"])
def test_a_ministry_has_its_own_letter_and_no_other(as_role, world, who):
    client = as_role(who)
    text = words_of(file_of(client, f"{LETTER}.docx?institution=DEF"))
    assert "Ministry of Defence" in text
    assert "Recruit women officers" in text
    client.get(f"{LETTER}?institution=INT", expect=403)
    client.get(f"{LETTER}.docx?institution=INT", expect=403)
    assert "INT" not in client.get(PAPERS).words
    client.get(f"{PAPERS}/cabinet-memorandum")


@pytest.mark.parametrize("who", ["contributor", "parliamentarian", "steward", "administrator"])
def test_others_have_none(as_role, world, who):
    for address in (PAPERS, f"{PAPERS}/agenda", f"{PAPERS}/agenda.docx", f"{LETTER}.zip"):
        as_role(who).get(address, expect=403)


def test_the_public_is_asked_to_sign_in(client, world):
    assert "/sign-in" in client.get(PAPERS, expect=302).location


def test_what_is_not_there_is_missing(as_role, world):
    chair = as_role("chair")
    for address in (
        f"{PAPERS}/love-letter",
        f"{PAPERS}/love-letter.docx",
        f"{LETTER}?institution=FOR",
        f"{LETTER}.docx?institution=FOR",
        f"{LETTER}.docx?institution=NOBODY",
        f"{PAPERS}/agenda?institution=DEF",
        f"{PAPERS}/agenda.zip",
        "/en/w/nap-9/papers",
    ):
        chair.get(address, expect=404)


def test_a_letter_of_no_institution_is_a_form_to_fill_in(as_role, world):
    text = words_of(file_of(as_role("chair"), f"{LETTER}.docx"))
    assert "[name of the institution]" in text
    assert "[activities that the institution leads]" in text


def bundled(answer: Any) -> list[str]:
    """The names of the files in an archive."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return sorted(archive.namelist())


def test_all_letters_come_in_one_archive(as_role, world):
    answer = as_role("chair").get(f"{LETTER}.zip?language=fr").answer
    assert answer.headers["Cache-Control"] == "no-store"
    assert bundled(answer) == [f"nap-2-commitment-letter-{code}-fr.docx" for code in ("DEF", "INT")]
    assert as_role("chair").get(f"{LETTER}.zip?language=fr").answer.data == answer.data
    assert bundled(as_role("official").get(f"{LETTER}.zip").answer) == ["nap-2-commitment-letter-DEF-en.docx"]


def restrict(world: Any, title: str = "Zyxwvut") -> None:
    """Restricts the activity of the Ministry of Defence."""
    with transaction():
        activity = database.session.get_one(Activity, world.activities[0].id)
        activity.restricted, activity.title = True, {"en": title}


def test_who_may_know_is_told_how_much_is_left_out(as_role, world):
    restrict(world)
    for who in ("chair", "official"):
        page = as_role(who).get(f"{PAPERS}/cabinet-memorandum")
        assert "1 restricted activity is left out" in page.words
        assert "Zyxwvut" not in page.text
    assert "left out" not in as_role("chair").get(f"{PAPERS}/decree").words


def test_who_may_not_know_is_told_nothing(as_role, world):
    restrict(world)
    for who in ("auditor", "interior"):
        assert "left out" not in as_role(who).get(f"{PAPERS}/cabinet-memorandum").words


def test_an_institution_that_leads_only_what_is_restricted_gets_no_letter(as_role, world):
    restrict(world)
    as_role("chair").get(f"{LETTER}.docx?institution=DEF", expect=404)
    as_role("official").get(f"{LETTER}.zip", expect=404)
    assert "Zyxwvut" not in words_of(file_of(as_role("chair"), f"{LETTER}.docx"))


def test_the_version_is_the_last_one_until_the_plan_changes(as_role, world):
    chair, letter = as_role("chair"), f"{PAPERS}/tabling-letter"
    assert "version 1" in chair.get(letter).words
    with transaction():
        digest = freeze(INSTALLATION, database.session.get_one(Plan, world.plan.id)).public_sha256
    page = chair.get(letter)
    assert digest in page.words.replace(" ", "")
    with transaction():
        changed(database.session.get_one(Plan, world.plan.id))
    page = chair.get(letter)
    assert "version 2" in page.words
    assert digest not in page.words.replace(" ", "")


def test_letters_of_an_adopted_plan_cite_the_version_that_stands_adopted(as_role, world):
    chair, letter = as_role("chair"), f"{PAPERS}/tabling-letter"
    with transaction():
        digest = adopted(world).public_sha256
    page = chair.get(letter)
    assert "version 2" in page.words
    assert digest in page.words.replace(" ", "")


def test_a_move_is_no_change_of_the_text(as_role, world):
    chair, letter = as_role("chair"), f"{PAPERS}/tabling-letter"
    with transaction():
        plan = database.session.get_one(Plan, world.plan.id)
        digest = freeze(INSTALLATION, plan).public_sha256
        move(INSTALLATION, plan, "consult")
    assert digest in chair.get(letter).words.replace(" ", "")
    assert "Changed since" not in chair.get("/en/w/nap-2").words


def test_an_empty_plan_has_papers_full_of_gaps(as_role, world):
    with transaction():
        a_plan(slug="new", languages=("es",))
    for language in LANGUAGES:
        for paper in papers():
            as_role("chair").get(f"/{language}/w/new/papers/{paper.key}")
            assert as_role("chair").get(f"/{language}/w/new/papers/{paper.key}.docx").answer.data[:2] == b"PK"
    as_role("chair").get("/en/w/new/papers")
    as_role("chair").get("/en/w/new/papers/commitment-letter.zip", expect=404)


def test_a_code_that_no_header_can_hold_is_no_fault(as_role, world):
    with transaction():
        body = database.session.get_one(Institution, world.institutions["DEF"].id)
        body.code = "دفاع"
    answer = as_role("chair").get(f"{LETTER}.docx?institution=دفاع").answer
    assert answer.data[:2] == b"PK"


@pytest.mark.slow
def test_a_large_plan_asks_no_more_of_the_database(as_role, world):
    taken_in(large(400))
    taken_in(full())
    slug = database.session.scalar(select(Plan.slug).where(Plan.slug == "large"))
    for address in ("", "/cabinet-memorandum", "/commitment-letter?institution=MOD", "/commitment-letter.zip"):
        as_role("chair").get(f"/en/w/{slug}/papers{address}")
