"""What the State wears on documents: its crest and colours on Word files, and what it wore on those of a version."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pikepdf
import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.papers.desk import Desk
from nap_builder.publishing.papers.shelf import paper_called
from nap_builder.publishing.renderers.docx import render_docx
from nap_builder.publishing.renderers.word.plan import render_plan
from nap_builder.publishing.services import plan_pdf, version_written
from nap_builder.taskforce.identity import put_crest, remove_crest
from nap_builder.taskforce.models import Installation
from tests.builders.identity import GREEN, WORN, a_crest, dressed
from tests.builders.papers import a_paper, demo
from tests.builders.plan_documents import a_plan

SIDE = 800  # of a kept crest, in pixels


def crests_of(pdf: bytes) -> int:
    """How many crests are in a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        return sum(one.get("/Subtype") == "/Image" and int(one.Width) == SIDE for one in streams)


def test_a_word_file_of_a_plan_begins_with_the_crest_and_is_in_the_colours():
    edition = Edition("en", draft=False, dated=date(2027, 3, 1), state_name="Talora", worn=WORN)
    opened = docx.Document(io.BytesIO(render_plan(compose(a_plan(), edition))))
    assert [shape._inline.docPr.get("descr") for shape in opened.inline_shapes] == ["Talora"]
    assert "w:drawing" in opened.paragraphs[0]._p.xml
    assert str(opened.styles["Letterhead State"].font.color.rgb) == GREEN.lstrip("#").upper()


def test_a_letter_bears_the_crest_over_the_name_of_the_state():
    paper = replace(a_paper("tabling-letter", demo()), worn=tuple(WORN.items()))
    head = docx.Document(io.BytesIO(render_docx(paper))).sections[0].first_page_header
    assert "w:drawing" in head.paragraphs[0]._p.xml
    assert head.paragraphs[1].text == "Republic of Sarenia"


def test_a_letter_without_a_crest_begins_with_the_name_of_the_state():
    head = docx.Document(io.BytesIO(render_docx(a_paper("tabling-letter", demo())))).sections[0].first_page_header
    assert head.paragraphs[0].text == "Republic of Sarenia"


@pytest.fixture
def state(world: Any, db: Any) -> Installation:
    """A State that wears a crest and colours, with a version from that time."""
    with transaction():
        found = dressed(db.session.query(Installation).one())
        freeze(INSTALLATION, world.plan)
    return found


def test_what_is_first_printed_later_wears_what_was_worn_at_the_freeze(state: Installation, world: Any, db: Any):
    with transaction():
        remove_crest(INSTALLATION, db.session.get_one(Installation, state.id))
    pdf = plan_pdf(world.plan, number=1, language="en", profile="public")
    assert crests_of(pdf) == 1


def test_a_version_from_before_the_crest_never_wears_it(world: Any, db: Any):
    with transaction():
        freeze(INSTALLATION, world.plan)
        put_crest(INSTALLATION, db.session.query(Installation).one(), a_crest())
    assert crests_of(plan_pdf(world.plan, number=1, language="en", profile="public")) == 0
    assert crests_of(plan_pdf(world.plan, number=None, language="en", profile="public")) == 1


def test_papers_of_a_version_wear_it_too(state: Installation, world: Any, db: Any):
    with transaction():
        remove_crest(INSTALLATION, db.session.get_one(Installation, state.id))
    version = db.session.query(PlanVersion).one()
    written = version_written(version, "docx", profile="public", language="en")
    assert len(docx.Document(io.BytesIO(written)).inline_shapes) == 1
    version = db.session.query(PlanVersion).one()
    papers = [Desk(version.plan, which).paper(paper_called("tabling-letter"), "en") for which in (version, None)]
    assert ["crest" in dict(paper.worn) for paper in papers] == [True, False]
