"""The plan as a Word file: real styles, numbered paragraphs, tables whose head is repeated, and the words as typed."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from nap_builder.plans.profiles import public_profile, with_numbers
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.word.plan import render_plan
from tests.publishing.test_document import read, small


def word(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> Any:
    """A plan as Word opens it."""
    return docx.Document(io.BytesIO(content(plan, lang, draft=draft)))


def content(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> bytes:
    edition = Edition(lang, draft=draft, dated=date(2028, 3, 1), state_name="Republic of Talora")
    return render_plan(compose(with_numbers(plan), edition))


def said(*paragraphs: str) -> dict[str, Any]:
    """A small plan with one section of these paragraphs."""
    rows = [{"key": f"p-{n}", "text": text} for n, text in enumerate(paragraphs)]
    return small(sections=[{"key": "why", "title": "Why", "paragraphs": rows}])


def lines(document: Any, style: str = "") -> list[str]:
    return [one.text for one in document.paragraphs if not style or one.style.style_id == style]


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", ["full", "usa-2023"])
def test_every_plan_becomes_a_file_that_opens(name: str, lang: str) -> None:
    plan = read(name)
    if lang in plan["plan"]["languages"]:
        assert len(word(public_profile(plan), lang).paragraphs) > 50


def test_a_part_is_a_heading_that_word_knows() -> None:
    document = word(said("Words."))
    [part] = [one for one in document.paragraphs if one.text == "1 Why" and one.style.style_id == "PlanPart"]
    assert part.style.base_style.style_id == "Heading1"


def test_a_paragraph_bears_its_number() -> None:
    assert lines(word(said("First.", "Second.")), "NumberedParagraph") == ["1\tFirst.", "2\tSecond."]


def test_emphasis_and_lists_are_those_of_word() -> None:
    document = word(said("A **bold** and *slanted* word.\n\n- one\n- two\n  - inner\n\n1. first"))
    runs = {run.text: (run.bold, run.italic) for one in document.paragraphs for run in one.runs}
    assert (runs["bold"][0], runs["slanted"][1]) == (True, True)
    assert lines(document, "ListBullet") == ["one", "two", "inner"]
    assert lines(document, "ListNumber") == ["first"]


def test_a_table_of_the_text_is_a_table_with_a_head_that_is_repeated() -> None:
    plan = small(
        sections=[
            {
                "key": "why",
                "title": "Why",
                "paragraphs": [{"key": "t", "kind": "table", "text": "| A | B |\n|---|---:|\n| one | 2 |"}],
            }
        ]
    )
    [table] = [one for one in word(plan).tables if one.cell(0, 0).text == "A"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["one", "2"]]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_the_matrix_lies_and_the_text_stands() -> None:
    orientations = [section.orientation for section in word(public_profile(read("full"))).sections]
    assert set(orientations) == {0, 1}
    assert orientations[0] == 0


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert content(read("full")) == content(read("full"))


def test_a_draft_says_so_on_every_page() -> None:
    [section, *_others] = word(said("Words."), draft=True).sections
    assert section.header.paragraphs[0].text.startswith("DRAFT")


def test_an_arabic_plan_runs_from_right_to_left() -> None:
    plan = said("x")
    plan["plan"]["languages"] = ["ar"]
    document = word(plan, "ar")
    bodies = [one for one in document.paragraphs if one.style.style_id == "NumberedParagraph"]
    assert all(one._p.pPr.find(qn("w:bidi")) is not None for one in bodies)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "a & b < c", "\u202ereversed", "\x0b and \x00 signs", "]]>", "![x](y)"]
)
def test_hostile_words_come_out_as_words(hostile: str) -> None:
    shown = "\n".join(lines(word(said(f"Before {hostile} after."))))
    assert "Before" in shown
    assert "after." in shown
    assert "<w:" not in shown


def test_nothing_from_elsewhere_is_linked() -> None:
    document = word(said("See [the page](https://example.org/a)."))
    assert "the page (https://example.org/a)" in "\n".join(lines(document))
    assert [one for one in document.part.rels.values() if one.is_external] == []


def test_each_who_signs_has_a_line_of_their_own() -> None:
    rows = [
        {"of": "adoption", "post": post, "name": name} for post, name in (("Chair", "A. Rehn"), ("Adviser", "B. Lo"))
    ]
    document = word(small(plan={"signatures": rows}))
    assert lines(document, "Signature") == ["A. Rehn", "Chair", "B. Lo", "Adviser"]
    assert lines(document, "SignatureLine") == ["", ""]


def held(paragraph: Any) -> bool:
    """Whether a paragraph stays on the page of the next one."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_who_wrote_a_section_does_not_stand_alone_on_a_page() -> None:
    found = word(public_profile(read("full"))).paragraphs
    [after, *_rest] = [place for place, one in enumerate(found) if one.text.startswith("Section written by")]
    assert held(found[after - 1]._p)
    assert not held(found[after]._p)


def test_a_total_does_not_stand_alone_on_a_page() -> None:
    [table, *_rest] = [one for one in word(public_profile(read("full"))).tables if one.cell(0, 0).text == "Pillar"]
    rows = [[held(given) for given in row._tr.iter(qn("w:p"))] for row in table.rows]
    assert all(rows[-2])
    assert not any(rows[-1])


def test_the_languages_on_the_cover_are_listed() -> None:
    (also,) = [line for line in lines(word(read("full"), "en"), "Fact") if line.startswith("Also in:")]
    assert also.endswith(("Français, العربية", "العربية, Français"))


def test_the_code_of_an_objective_stands_apart_from_its_title_in_the_matrix() -> None:
    document = word(read("full"), "en")
    groups = {cell.text for table in document.tables for row in table.rows for cell in row.cells[:1]}
    heads = [words for words in groups if words.startswith("Objective ") and len(words) > 20]
    assert heads
    assert all("\u2002" in words for words in heads)


def test_figures_stand_at_the_right_in_both_directions() -> None:
    for lang, side in (("en", "right"), ("ar", "left")):
        set_at = {one.get(qn("w:val")) for one in word(read("full"), lang).element.body.iter(qn("w:jc"))}
        assert side in set_at
        assert ({"left", "right"} - {side}) & set_at == set()
