"""Which headings begin a section, where it belongs, and what a file is guessed to be."""

from datetime import date
from typing import Any

import pytest

from nap_builder.exchange.word.body import contents_of
from nap_builder.exchange.word.choices import NEW, Found, guess
from nap_builder.exchange.word.guessing import language_of, period_of, title_of
from nap_builder.exchange.word.outline import levels, parts, usual_level, with_headings
from nap_builder.exchange.word.vocabulary import same, standard_part
from tests.builders.word_files import a_document, a_file, saved


def read(*blocks: Any) -> Any:
    return with_headings(contents_of(a_file(*blocks)))


def test_the_highest_level_that_occurs_twice_begins_a_section() -> None:
    contents = read((1, "The plan"), (2, "Why"), "a", (2, "How"), (3, "First"), "b")
    assert levels(contents) == {1: 1, 2: 2, 3: 1}
    assert usual_level(contents) == 2
    assert [(part.title, part.paragraphs) for part in parts(contents, 2)] == [("The plan", 0), ("Why", 1), ("How", 2)]


def test_a_single_heading_begins_one_where_there_is_no_other() -> None:
    assert usual_level(read((3, "Why"), "a")) == 3
    assert usual_level(read("a")) == 0
    assert [part.title for part in parts(read("a"), 0)] == [""]


def test_text_before_the_first_heading_is_a_part_of_its_own() -> None:
    found = parts(read("Cover", (1, "Why"), "Because women decide."), 1)
    assert [(part.title, part.first_words) for part in found] == [("", "Cover"), ("Why", "Because women decide.")]


def test_without_heading_styles_bold_lines_with_a_number_are_headings() -> None:
    document = a_document()
    for text, bold in (
        ("1. Why", True),
        ("1.1 Because", True),
        ("II. How", True),
        ("Chapter 3: When", True),
        ("Important", True),
        ("4. Not bold", False),
        ("5. " + "long " * 40, True),
    ):
        document.add_paragraph().add_run(text).bold = bold
    contents = with_headings(contents_of(saved(document)))
    assert [one.level for one in contents.paragraphs] == [1, 2, 1, 1, None, None, None]


def test_a_heading_as_long_as_a_paragraph_is_none() -> None:
    assert levels(read((1, "long " * 90), (2, "Why"))) == {2: 1}


def test_more_sections_than_fit_on_a_page_are_not_parted_off() -> None:
    contents = read(*[(1, f"Chapter {number}") for number in range(230)])
    assert len(parts(contents, 1)) == 200


@pytest.mark.parametrize(
    ("title", "key", "place"),
    [
        ("Foreword by the Minister", "foreword", "front"),
        ("AVANT-PROPOS", "foreword", "front"),
        ("تمهيد", "foreword", "front"),
        ("List of abbreviations", "key-terms", "front"),
        ("Résumé exécutif", "summary", "front"),
        ("1. Introduction", "why", "body"),
        ("2.1 Cadre juridique", "legal-frame", "body"),
        ("الإطار القانوني", "legal-frame", "body"),
        ("Suivi et évaluation", "monitoring", "body"),
        ("المتابعة والتقييم", "monitoring", "body"),
        ("Budget", "money", "body"),
        ("Annexe 1 : Cadre juridique", "annex-law", "annex"),
        ("الملحق 2: المنهجية", "annex-method", "annex"),
        ("Annex C: Photographs", None, "annex"),
        ("Women in the army", None, "body"),
    ],
)
def test_a_title_tells_the_place(title: str, key: str | None, place: str) -> None:
    assert standard_part(title) == (key, place)


def test_titles_are_compared_without_numbers_accents_and_case() -> None:
    assert same("3. Société civile") == same("SOCIETE CIVILE") == "societe civile"
    assert same("أهداف الخطة") == same("اهداف الخطه")


def test_a_section_of_the_plan_takes_what_is_called_like_it_or_is_its_standard_part() -> None:
    found = Found(a_file((1, "Why"), "a", (1, "Préface"), "b", (1, "Why"), "c", (1, "Contents"), "d", (1, "Empty")))
    sections = [
        {"key": "reasons", "title": {"en": "1. why"}, "place": "annex"},
        {"key": "foreword", "title": "Words of the Minister", "place": "front"},
    ]
    chosen = guess(found, sections, "en").sections
    assert [(one.take, one.into, one.place) for one in chosen.values()] == [
        (True, "reasons", "annex"),
        (True, "foreword", "front"),
        (True, NEW, "body"),
        (False, NEW, "body"),
        (False, NEW, "body"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The women of the valley decide with the council on what is to be done.", "en"),
        ("Les femmes de la vallée décident avec le conseil de ce qui est à faire.", "fr"),
        ("تقرر نساء الوادي مع المجلس ما ينبغي عمله.", "ar"),
        ("Las mujeres del valle deciden con el consejo lo que se hace.", "es"),
        ("Женщины долины решают вместе с советом.", "ru"),
        ("12 34", "en"),
    ],
)
def test_the_language_is_guessed(text: str, language: str) -> None:
    assert language_of(contents_of(a_file(text, [[text, text]]))) == language


def test_title_and_period_are_guessed() -> None:
    document = a_document()
    document.core_properties.title = "draft7 final FINAL"
    document.add_paragraph("Second plan", style="Title")
    document.add_paragraph("٢٠٢٧ – ٢٠٣١")
    contents = contents_of(saved(document))
    assert title_of(contents) == "Second plan"
    assert period_of(contents) == (date(2027, 1, 1), date(2031, 12, 31))
    assert title_of(contents_of(a_file("First line"))) == "First line"
    assert period_of(contents_of(a_file("2031–2027"))) is None
