"""What comes with the program is whole: every text in three languages, every value one of the format's."""

import json
import re

import pytest

from nap_builder.kernel.seeds import SEEDS
from nap_builder.plans.schema import SCHEMA
from nap_builder.reference import queries

LANGUAGES = {"en", "fr", "ar"}
FILES = sorted((SEEDS / "reference").glob("*.json"))
ARABIC = re.compile("[\u0600-\u06ff]")
INDICATOR = SCHEMA["$defs"]["indicator"]["properties"]
GLOBAL = {f"{number}{part}" for number in (1, 3, 5, 11, 12, 21, 22, 23, 26) for part in "ab"}
GLOBAL |= {"24a", "24b"} | {str(number) for number in (2, 4, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 25)}


def texts(value, place=""):
    if isinstance(value, dict) and set(value) & LANGUAGES and all(isinstance(one, str) for one in value.values()):
        yield place, value
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for name, inner in pairs:
            yield from texts(inner, f"{place}/{name}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_is_said_in_three_languages(path):
    lacking = [place for place, said in texts(json.loads(path.read_text())) if set(said) != LANGUAGES]
    assert lacking == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_is_blank_or_in_another_script(path):
    bad = [
        place
        for place, said in texts(json.loads(path.read_text()))
        if not all(words.strip() == words and words for words in said.values()) or not ARABIC.search(said["ar"])
    ]
    assert bad == []


def test_all_26_global_indicators_are_there():
    there = {one.number for one in queries.standard_indicators() if one.series == "global"}
    assert there == GLOBAL
    assert len({re.sub("[ab]", "", number) for number in there}) == 26


def test_a_global_indicator_names_its_authority():
    assert {one.authority for one in queries.standard_indicators() if one.series == "global"} == {"S/2010/498"}


@pytest.mark.parametrize("name", ["kind", "direction", "total", "level", "counts", "reported_by"])
def test_a_standard_indicator_speaks_the_format(name):
    values = {getattr(one, name) for one in queries.standard_indicators()} - {None}
    assert values <= set(INDICATOR[name]["enum"])


def test_an_indicator_that_counts_people_is_broken_down_by_sex():
    lacking = [
        one.reference
        for one in queries.standard_indicators()
        if one.counts == "people" and "sex" not in one.disaggregation
    ]
    assert lacking == []


@pytest.mark.parametrize("number", ["2", "4", "5a", "6", "7", "9", "10", "13", "24a", "24b"])
def test_what_only_the_united_nations_reports_cannot_be_adopted(number):
    assert not next(one for one in queries.standard_indicators() if one.number == number).adoptable


def test_no_reference_and_no_citation_stands_twice():
    references = [one.reference for one in queries.standard_indicators()]
    citations = [one.citation for one in queries.mandates()]
    assert len(set(references)) == len(references)
    assert len(set(citations)) == len(citations)


@pytest.mark.parametrize("number", [1325, 1820, 1888, 1889, 1960, 2106, 2122, 2242, 2467, 2493, 2538])
def test_every_resolution_has_its_line(number):
    assert any(one.citation == f"S/RES/{number}" for one in queries.mandates())


def test_every_recommendation_of_pretoria_has_its_line():
    families = {1: 3, 2: 6, 3: 3, 4: 3, 5: 7}
    said = {one.citation for one in queries.mandates()}
    lacking = [
        f"{family}.{number}"
        for family, count in families.items()
        for number in range(1, count + 1)
        if not any(citation.startswith(f"Pretoria 2007 para. 16 rec. {family}.{number}") for citation in said)
    ]
    assert lacking == []


def test_the_twelve_areas_lead_to_themes_that_are_there():
    themes = {one.theme for one in queries.themes()}
    assert [one.code for one in queries.areas()] == list("ABCDEFGHIJKL")
    assert {theme for one in queries.areas() for theme in (one.theme, *one.also_themes)} <= themes
    assert len(themes) == 5


def test_every_sector_of_the_format_is_explained():
    wanted = set(SCHEMA["$defs"]["institution"]["properties"]["sector"]["enum"])
    assert {one.sector for one in queries.sectors()} == wanted


def test_every_page_that_asks_for_guidance_or_words_gets_them():
    for kind in queries.TERMS_FOR:
        assert queries.kinds_of_row()[kind].good
        assert queries.terms_for(kind)


def test_figures_of_two_sources_never_stand_in_one_line():
    for one in queries.series():
        sources = {re.split(r"[ ,;(]", point.source)[0] for point in one.points}
        assert len(sources) <= 1, one.key


def test_the_purpose_asks_for_accountability_participation_and_awareness():
    why = queries.guidance_for_section("why")
    asked = " ".join(question["en"].lower() for question in why.asks)
    assert why.source == "CSW52 2008 para. 16"
    assert all(word in asked for word in ("accountab", "participa", "aware"))
