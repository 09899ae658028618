"""Papers for tests, filled from a plan's file without a database."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument

from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.profiles import public_profile
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.paper import Paper
from nap_builder.publishing.papers.case import Case, Cited
from nap_builder.publishing.papers.compose import compose
from nap_builder.publishing.papers.shelf import ModelPaper, paper_called
from tests.builders.exchange import small

MOMENT = datetime(2027, 3, 1, 12, 30, 15, tzinfo=UTC)
DEMO = Path(__file__).resolve().parent.parent.parent / "seeds" / "demo" / "plan.json"


def demo() -> dict[str, Any]:
    """The demonstration plan."""
    plan: dict[str, Any] = json.loads(DEMO.read_text(encoding="utf-8"))
    return plan


def empty() -> dict[str, Any]:
    """A plan of which nothing is known but its title and its years."""
    return small(institutions=[])


def a_case(plan: dict[str, Any], language: str = "en", **given: Any) -> Case:
    """A plan in a language, as the public may read it; `state` names the State, `institution` whose paper it is."""
    edition = Edition(language, draft=False, dated=MOMENT, state_name=given.get("state", "Republic of Sarenia"))
    cited = given.get("cited", Cited(2, "ab" * 32))
    return Case(Source(public_profile(canonical_document(plan)), edition), cited, given.get("institution"))


def a_paper(model: ModelPaper | str, plan: dict[str, Any], language: str = "en", **given: Any) -> Paper:
    """A model paper filled from a plan; a paper for institutions is for the first that leads, unless said otherwise."""
    model = paper_called(model) if isinstance(model, str) else model
    if model.for_institutions and "institution" not in given:
        given["institution"] = next(iter(a_case(plan, language).leaders), None)
    return compose(model, a_case(plan, language, **given), MOMENT)


def opened(content: bytes) -> WordDocument:
    """A Word file as another program reads it."""
    return docx.Document(io.BytesIO(content))


def every_paragraph(document: WordDocument) -> list[Any]:
    """The paragraphs of a Word file: of its text, its tables, and its heads and feet."""
    section = document.sections[0]
    stories = (section.first_page_header, section.header, section.first_page_footer, section.footer)
    found = [*document.paragraphs, *(paragraph for story in stories for paragraph in story.paragraphs)]
    for table in document.tables:
        found += [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    return found


def words_of(content: bytes) -> str:
    """The words of a Word file, one paragraph a line."""
    return "\n".join(paragraph.text for paragraph in every_paragraph(opened(content)))
