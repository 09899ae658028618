"""What we heard, what we did, in print: the annex of a plan, kept with its publication, and the paper of its own."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document as WordFile
from pypdf import PdfReader

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing import services
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.document import Document, Table
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.heard import heard_now, heard_with
from nap_builder.publishing.heard_sheet import heard_sheet
from nap_builder.publishing.models import Publication
from tests.builders.consultations import a_comment
from tests.builders.heard import Heard, what_was_heard
from tests.builders.standards import broken_rules

PAPER = "/en/w/nap-2/heard/paper"


@pytest.fixture
def heard(world) -> Heard:
    """What was heard about the small plan."""
    with transaction():
        return what_was_heard(world)


def plan_of(world) -> Plan:
    """The plan as it stands."""
    return database.session.get_one(Plan, world.plan.id)


def composed(world, language="en") -> Document:
    """The plan as a document with its annex."""
    plan = plan_of(world)
    document = frozen_document(version_at(plan.slug, 1), PUBLIC)
    edition = Edition(language, draft=False, dated=date(2027, 1, 1), heard=heard_now(plan, document))
    return compose(document, edition)


def words_of(value: Any) -> str:
    """All words of a part."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " ".join(map(words_of, value))
    names = getattr(value, "__slots__", ())
    return " ".join(words_of(getattr(value, name)) for name in names)


def annex(document: Document) -> Any:
    """The annex; None where there is none."""
    return next((part for part in document.parts if part.id == "heard"), None)


def pdf_text(content: bytes) -> str:
    """The words of a PDF."""
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())


def test_the_annex_shows_each_contribution_with_its_answer(world, heard):
    text = words_of(annex(composed(world)))
    for said in ("Say who pays for it.", "We name the ministry that pays.", "Paragraph 1", "Amal Haddad"):
        assert said in text


def test_the_annex_counts_by_theme_and_lists_its_tables(world, heard):
    document = composed(world)
    titles = [block.title for block in annex(document).blocks if isinstance(block, Table)]
    assert titles == [
        "What was said and answered, by theme",
        "What was said, and what became of it",
        "Women’s groups in each stage",
    ]
    assert {entry.said.text for entry in document.tables} >= set(titles)


def test_the_annex_holds_nothing_kept_back(world, heard):
    with transaction():
        a_comment(database.session.merge(heard.draft), f"paragraph:{world.paragraphs[0].key}", "Waiting words")
    text = words_of(annex(composed(world)))
    for secret in ("Riverbank", "For the steward.", "Rude words.", "Waiting words", "14 February"):
        assert secret not in text


def test_a_plan_about_which_nothing_was_heard_has_no_annex(world):
    with transaction():
        freeze(INSTALLATION, plan_of(world), None)
    assert annex(composed(world)) is None


def test_a_publication_keeps_what_was_heard_that_day(world, heard):
    with transaction():
        publication = services.publish(INSTALLATION, version_at("nap-2", 1))
    kept = dict(database.session.get_one(Publication, publication.id).heard or {})
    with transaction():
        database.session.merge(heard.said["late"]).response = {"decision": "accepted", "text": {"en": "Later."}}
    assert heard_with(version_at("nap-2", 1)) == kept
    assert "Later." not in str(kept)


def test_the_pdf_that_was_made_before_is_made_anew_with_the_annex(world, heard):
    given = {"profile": PUBLIC, "language": "en"}
    before = services.issue(INSTALLATION, version_at("nap-2", 1), **given)
    first = before.sha256
    with transaction():
        services.publish(INSTALLATION, version_at("nap-2", 1))
    after = services.issue(INSTALLATION, version_at("nap-2", 1), **given)
    again = services.issue(INSTALLATION, version_at("nap-2", 1), **given)
    assert (first == after.sha256, after.sha256) == (False, again.sha256)
    assert after.letters is None
    text = pdf_text(services.storage.get(after.stored_as))
    assert "What we heard, what we did" in text
    assert "Say who pays for it." in text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_draft_pdf_has_the_annex_in_each_language(world, heard, language):
    pdf = services.draft_pdf(plan_of(world), language)
    assert "Say who pays for it." in pdf_text(pdf)
    assert broken_rules(pdf) == []


def test_no_head_of_a_table_is_broken(world, heard):
    text = pdf_text(services.draft_pdf(plan_of(world), "fr"))
    assert "Étape" in text
    assert "Consultatio ns" not in text


def test_the_word_file_has_the_annex(world, heard):
    with transaction():
        services.publish(INSTALLATION, version_at("nap-2", 1))
    content = services.version_written(version_at("nap-2", 1), "docx", profile=PUBLIC, language="en")
    cells = [cell.text for table in WordFile(io.BytesIO(content)).tables for row in table.rows for cell in row.cells]
    assert any("We name the ministry that pays." in cell for cell in cells)


def test_the_paper_is_read_and_printed(as_role, world, heard, jobs):
    page = as_role("secretariat").get(PAPER)
    assert "We name the ministry that pays." in page.words
    page.submit("/heard/paper.pdf")
    [job] = jobs.run_all()
    assert job.state == "done"
    answer = as_role("secretariat").get(f"{PAPER}.pdf").answer
    assert "Say who pays for it." in pdf_text(answer.data)
    assert broken_rules(answer.data) == []


def test_the_pdf_that_is_not_made_leads_to_the_paper(as_role, world, heard):
    assert as_role("secretariat").get(f"{PAPER}.pdf", expect=303).location == PAPER


def test_there_is_no_paper_while_nothing_is_public(as_role, world):
    assert "Nothing is public yet" in as_role("secretariat").get(PAPER).words


def test_the_paper_is_the_same_until_something_changes(app, world, heard):
    with app.test_request_context():
        assert heard_sheet(plan_of(world), "en") == heard_sheet(plan_of(world), "en")


def test_a_letter_without_a_sign_in_what_was_heard_is_told_with_the_file(world, heard):
    with transaction():
        database.session.merge(heard.said["answered"]).text = {"en": "Say 中 for the middle."}
    with transaction():
        services.publish(INSTALLATION, version_at("nap-2", 1))
    assert services.issue(INSTALLATION, version_at("nap-2", 1), profile=PUBLIC, language="en").letters == "中"
