"""The papers as Word files: each in each language opens again, says what the plan says, and shows what it does not."""

import io
import zipfile
from typing import Any

import pytest
from docx.oxml.ns import qn

from nap_builder.publishing.document import Table
from nap_builder.publishing.paper import Items, Paper, Passage
from nap_builder.publishing.papers.case import Cited
from nap_builder.publishing.papers.shelf import GAP, LANGUAGES, ModelPaper, papers, words
from nap_builder.publishing.renderers.docx import render_docx
from tests.builders.exchange import full, large, small
from tests.builders.papers import MOMENT, a_case, a_paper, demo, empty, every_paragraph, opened, words_of

EACH = [(paper, language) for paper in papers() for language in LANGUAGES]
NAMES = [f"{paper.key}-{language}" for paper, language in EACH]
HOSTILE = "<w:p/>&amp; ]]> \x00\x08\x0b\ufffe \u202e\u2066x\u2069 {date} %(num)s 😀\n\ttitle"


def said(paper: Paper) -> str:
    """The words of a paper's paragraphs and lists."""
    texts = [block.said for block in paper.blocks if isinstance(block, Passage)]
    texts += [item for block in paper.blocks if isinstance(block, Items) for item in block.items]
    return "\n".join("".join(one.text for one in text) for text in texts)


def table(paper: Paper, title: str) -> Table:
    """The table of a paper with this title."""
    return next(block for block in paper.blocks if isinstance(block, Table) and block.title == title)


def cells(given: Table) -> list[list[str]]:
    """The words of a table, row by row."""
    rows = [row for body in given.bodies for row in body.rows]
    return [
        ["; ".join(" ".join(one.text for one in line.said) for line in cell.lines) for cell in row.cells]
        for row in rows
    ]


@pytest.mark.parametrize(("model", "language"), EACH, ids=NAMES)
@pytest.mark.parametrize("plan", [demo, full, empty], ids=["demo", "full", "empty"])
def test_a_paper_opens_again_and_holds_no_unfilled_gap(model: ModelPaper, language: str, plan: Any):
    paper = a_paper(model, plan(), language)
    text = words_of(render_docx(paper))
    assert GAP.findall(text) == []
    assert "None" not in text
    assert [gap for gap in paper.gaps if f"[{gap}]" not in text] == []


@pytest.mark.parametrize(("model", "language"), EACH, ids=NAMES)
def test_a_paper_runs_in_the_direction_of_its_language(model: ModelPaper, language: str):
    document = opened(render_docx(a_paper(model, demo(), language)))
    right = language == "ar"
    paragraphs = every_paragraph(document)
    assert {paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in paragraphs} == {right}
    assert (document.sections[0]._sectPr.find(qn("w:bidi")) is not None) == right
    assert {one._tbl.tblPr.find(qn("w:bidiVisual")) is not None for one in document.tables} <= {right}
    arabic = [
        run for paragraph in paragraphs for run in paragraph.runs if any("\u0621" <= c <= "\u064a" for c in run.text)
    ]
    assert bool(arabic) == right
    assert all(run.font.rtl for run in arabic)


@pytest.mark.parametrize(("model", "language"), EACH, ids=NAMES)
def test_the_same_plan_gives_the_same_bytes(model: ModelPaper, language: str):
    assert render_docx(a_paper(model, demo(), language)) == render_docx(a_paper(model, demo(), language))


@pytest.mark.parametrize(("model", "language"), EACH, ids=NAMES)
def test_a_file_holds_nothing_from_elsewhere_and_no_program(model: ModelPaper, language: str):
    with zipfile.ZipFile(io.BytesIO(render_docx(a_paper(model, demo(), language)))) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names}
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []
    assert [name for name, text in parts.items() if 'TargetMode="External"' in text or "macro" in text.lower()] == []


def test_a_file_says_whose_it_is_and_when_the_plan_was_changed():
    about = opened(render_docx(a_paper("decree", demo(), "fr", state="République de Sarénie"))).core_properties
    assert (about.author, about.language) == ("République de Sarénie", "fr")
    assert "Décision" in about.title
    assert about.created == about.modified == MOMENT


def test_styles_are_those_a_word_processor_knows():
    document = opened(render_docx(a_paper("cabinet-memorandum", demo())))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {
        "Title",
        "Subtitle",
        "Heading 1",
        "Body Text",
        "List Number",
        "List Number 2",
        "List Bullet",
        "Caption",
    } <= used
    assert {one.style.name for one in document.tables} == {"Table Grid"}


def test_the_head_of_a_table_is_repeated_and_no_row_breaks():
    for one in opened(render_docx(a_paper("commitment-letter", demo()))).tables:
        rows = [row._tr.trPr for row in one.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_each_list_of_letters_begins_anew():
    document = opened(render_docx(a_paper("terms-of-reference", demo())))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number 2"]
    assert len(set(numbers)) == 2
    anew = document.part.numbering_part.element.findall(qn("w:num"))
    started = {one.get(qn("w:numId")) for one in anew if one.find(qn("w:lvlOverride")) is not None}
    assert {str(number) for number in numbers} == started


def test_every_page_bears_its_number():
    section = opened(render_docx(a_paper("agenda", demo()))).sections[0]
    for foot in (section.first_page_footer, section.footer):
        fields = [field.get(qn("w:instr")) for field in foot._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_letterhead_is_the_state_and_who_writes():
    section = opened(render_docx(a_paper("launch-letter", demo()))).sections[0]
    assert [p.text for p in section.first_page_header.paragraphs][:2] == [
        "Republic of Sarenia",
        "Ministry for Women and the Family",
    ]


def test_a_gap_is_marked_and_listed():
    paper = a_paper("launch-letter", demo())
    document = opened(render_docx(paper))
    marked = {
        run.text for p in document.paragraphs for run in p.runs if run.style.name == "Gap" and run.font.highlight_color
    }
    assert {f"[{gap}]" for gap in paper.gaps} == marked


def test_what_the_plan_says_is_no_gap():
    paper = a_paper("tabling-letter", full())
    assert "The plan was adopted on 20\u00a0May 2027 by: Resolution of the National Assembly (R 27/112)." in said(paper)
    assert "date of adoption" not in paper.gaps


def test_an_empty_plan_leaves_its_gaps_open():
    paper = a_paper("decree", empty(), "fr")
    assert {"institution qui préside le groupe de travail", "membres du groupe de travail"} <= set(paper.gaps)
    assert "observateurs" not in paper.gaps


def test_articles_are_counted_past_what_is_left_out():
    heads = [
        p.text for p in opened(render_docx(a_paper("decree", demo(), "fr"))).paragraphs if p.style.name == "Heading 1"
    ]
    assert [head.split(".")[0] for head in heads[:3]] == ["Article premier", "Article 2", "Article 3"]


def test_who_chairs_stands_first_among_the_members():
    plan = small(
        institutions=[{"code": code, "name": code, "kind": "ministry"} for code in ("A", "B", "C")],
        task_force={"chair": "C", "members": ["A", "B"]},
    )
    assert a_case(plan).members == ["C", "A", "B"]


def test_a_letter_of_commitment_holds_what_its_institution_leads():
    paper = a_paper("commitment-letter", demo(), institution="MOD")
    led = cells(table(paper, "Activities that the institution leads"))
    numbers = [row[0] for row in led if row[0]]
    assert numbers
    assert numbers == [part.row["code"] for part in a_case(demo(), institution="MOD").led]
    assert led[-1][1] == "Total"


def test_an_activity_is_led_by_the_lead_of_the_row_above():
    activities = [{"code": "1.1.1", "title": "Own", "lead": "B"}, {"code": "1.1.2", "title": "From above"}]
    plan = small(
        institutions=[{"code": code, "name": code, "kind": "ministry"} for code in ("A", "B")],
        pillars=[
            {
                "code": "1",
                "title": "P",
                "objectives": [{"code": "1.1", "title": "O", "lead": "A", "activities": activities}],
            }
        ],
    )
    assert [part.row["code"] for part in a_case(plan, institution="A").led] == ["1.1.2"]
    assert a_case(plan).leaders == ("A", "B")


def test_what_is_restricted_is_in_no_paper_and_no_sum():
    plan = demo()
    secret = next(part.row for part in a_case(plan).parts if part.row.get("budget"))
    hidden = next(one for one in _activities(plan) if one["code"] == secret["code"])
    before = a_case(plan).ledger.sum().high
    hidden |= {"restricted": True, "title": {"en": "Zyxwvut"}}
    assert a_case(plan).ledger.sum().high < before
    for model in papers():
        assert "Zyxwvut" not in words_of(render_docx(a_paper(model, plan)))


def _activities(row: Any) -> Any:
    if isinstance(row, dict):
        yield from row.get("activities", ())
        for member in row.values():
            yield from _activities(member)
    elif isinstance(row, list):
        for item in row:
            yield from _activities(item)


def test_money_in_another_currency_is_shown_as_it_is():
    plan = large(1)
    plan["pillars"][0]["objectives"][0]["activities"][0]["budget"] = [
        {"amount": "1200.50"},
        {"low": "10", "high": "20"},
        {"amount": "7", "currency": "EUR"},
    ]
    paper = a_paper("commitment-letter", plan, institution="MOD")
    assert cells(table(paper, "Activities that the institution leads"))[0][3] == "1,210.50–1,220.50; 7\u00a0EUR"
    assert "Amounts in currencies for which the plan states no rate" in said(a_paper("cabinet-memorandum", plan))


def test_a_version_changed_since_has_no_fingerprint():
    paper = a_paper("tabling-letter", demo(), cited=Cited(3))
    assert "The text before you is version 3." in said(paper)
    assert "fingerprint of the version, once it is frozen" in paper.gaps


def test_no_observers_no_sentence_about_them():
    plan = demo()
    plan["task_force"].pop("observers")
    assert "without a vote" not in said(a_paper("decree", plan))
    assert "without a vote" in said(a_paper("decree", demo()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_do_not_break_a_file(language: str):
    plan = demo()
    plan["plan"]["title"] = plan["institutions"][0]["name"] = plan["task_force"]["mandate"] = HOSTILE
    for one in _activities(plan):
        one["title"] = HOSTILE
    for model in papers():
        text = words_of(render_docx(a_paper(model, plan, language, state=HOSTILE)))
        assert "<w:p/>&amp; ]]>" in text
        assert "{date}" in text


def test_words_in_another_language_keep_their_direction():
    plan = small(plan={**small()["plan"], "title": {"en": "A plan in English"}})
    document = opened(render_docx(a_paper("launch-letter", plan, "ar")))
    runs = [run for p in document.paragraphs for run in p.runs if "A plan in English" in run.text]
    assert runs
    assert not any(run.font.rtl for run in runs)


def test_a_plan_with_many_activities_is_still_a_letter():
    paper = a_paper("commitment-letter", large(300), institution="MOD")
    assert len(cells(table(paper, "Activities that the institution leads"))) == 301
    assert len(opened(render_docx(paper)).tables[0].rows) == 302


def test_every_gap_has_a_name_in_each_language():
    assert [name for name, label in words().gaps.items() if not all(label[tag].strip() for tag in LANGUAGES)] == []
