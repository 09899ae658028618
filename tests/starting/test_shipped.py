"""The templates that come with the program: whole, valid, in three languages, each row with its source."""

import json
import re
from collections import defaultdict
from datetime import date

import pytest

from nap_builder.exchange.services import read
from nap_builder.plans.services.plan import PlanFacts
from nap_builder.reference import queries as reference
from nap_builder.starting.composing import Wishes, composed
from nap_builder.starting.template import EMPTY, FOLDER, ORDER, below, read_template, shipped_templates
from tests.builders.exchange import as_file
from tests.reference.test_data import texts

KEYS = [key for key in ORDER if key != EMPTY]
WHOLE = {"sections": 8, "pillars": 4, "objectives": 10, "activities": 30, "indicators": 20}
HALF = {"sections": 4, "pillars": 2, "objectives": 5, "activities": 15, "indicators": 10}
FOUNDING = ("foreword", "summary", "why", "situation", "how-made", "who-does-what", "monitoring", "money", "risks")
PRETORIA = (
    *("2.1", "2.1(a)", "2.1(b)", "2.1(c)", "2.1(d)", "2.1(e)", "2.2", "2.3"),
    *("3.1", "3.1(a)", "3.1(b)", "3.1(c)", "3.1(d)", "3.1(e)", "3.1(f)"),
    *("4.1", "4.1(a)", "4.1(b)", "4.1(c)", "4.1(d)", "4.1(e)", "5.1", "5.2(a)", "5.2(b)", "5.2(c)", "5.2(d)"),
)


def template(key):
    return next(one for one in shipped_templates() if one.key == key)


def rows(key):
    return [row for pillar in template(key).pillars for row in below(pillar)]


def indicators(key):
    holders = [*template(key).pillars, *rows(key)]
    return [indicator for row in holders for indicator in row.get("indicators", ())]


def activities(key):
    return [row for row in rows(key) if not {"activities", "outputs"} & set(row) and row["code"].count(".") >= 2]


def begun(app, key, languages=("en", "fr", "ar"), blocks=None):
    own, *others = languages
    facts = PlanFacts(
        title={own: "A plan"},
        starts=date(2027, 1, 1),
        ends=date(2031, 12, 31),
        own_language=own,
        other_languages=tuple(others),
    )
    wishes = Wishes(slug="new", country="XTA", facts=facts, blocks=blocks)
    with app.test_request_context():
        return composed(template(key), wishes, [])


def test_a_faulty_file_would_stop_the_suite_with_its_place():
    document = json.loads((FOLDER / "donor.json").read_text())
    document["pillars"][1]["objectives"][0]["activities"][0]["block"] = "Not a key"
    with pytest.raises(ValueError, match=r"^donor\.json: /pillars/1/objectives/0/activities/0/block: "):
        read_template(document, "donor.json")


@pytest.mark.parametrize("key", ORDER)
def test_a_plan_from_it_is_valid(app, key):
    assert read(as_file(begun(app, key))).slug == "new"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_plan_in_one_language_is_whole(app, key, language):
    document = read(as_file(begun(app, key, languages=(language,)))).document
    assert all(isinstance(pillar["title"], str) for pillar in document["pillars"])


@pytest.mark.parametrize("key", KEYS)
def test_a_plan_without_its_blocks_still_stands(app, key):
    document = begun(app, key, blocks=frozenset())
    assert read(as_file(document))
    assert all(pillar["objectives"] for pillar in document["pillars"])


@pytest.mark.parametrize("key", KEYS)
def test_it_is_large_enough_to_begin_with(key):
    wanted = HALF if key == "local" else WHOLE
    counts = template(key).counts
    assert {name: counts[name] for name in wanted if counts[name] < wanted[name]} == {}


@pytest.mark.parametrize("key", ORDER)
def test_every_text_is_said_in_three_languages(key):
    lacking = [place for place, said in texts(template(key).document) if set(said) != {"en", "fr", "ar"}]
    assert lacking == []


@pytest.mark.parametrize("key", KEYS)
def test_every_section_has_guidance_and_an_example_of_its_own(key):
    assert [section["key"] for section in template(key).document["sections"] if "guidance" not in section] == []


@pytest.mark.parametrize("key", KEYS)
def test_it_has_the_parts_of_a_plan(key):
    there = {section["key"] for section in template(key).document["sections"]}
    assert set(FOUNDING) - there == set()


@pytest.mark.parametrize("key", KEYS)
def test_the_purpose_asks_for_accountability_participation_and_awareness(key):
    [why] = [section for section in template(key).document["sections"] if section["key"] == "why"]
    assert why["source"] == "CSW52 2008 para. 16"


@pytest.mark.parametrize("key", KEYS)
def test_every_row_names_its_source(key):
    assert [row["code"] for row in rows(key) if not row.get("mandates") and "outputs" not in row] == []
    assert [indicator["code"] for indicator in indicators(key) if not indicator.get("references")] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_source_is_one_that_the_reference_data_knows(key):
    known = set(reference.mandate_titles()) | {one.reference for one in reference.standard_indicators()}
    named = {citation for row in rows(key) for citation in row.get("mandates", ())}
    named |= {citation for indicator in indicators(key) for citation in indicator["references"]}
    assert named - known == set()


@pytest.mark.parametrize("key", KEYS)
def test_no_indicator_is_one_that_only_the_united_nations_reports(key):
    closed = {one.reference for one in reference.standard_indicators() if not one.adoptable}
    assert [one["code"] for one in indicators(key) if closed & set(one["references"])] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_block_is_explained(key):
    assert set(template(key).blocks) - set(reference.blocks()) == set()


def test_every_block_is_somewhere():
    assert {block for key in KEYS for block in template(key).blocks} == set(reference.blocks())


def test_two_templates_share_an_activity_only_for_the_same_paragraph():
    places = defaultdict(list)
    for key in KEYS:
        for activity in activities(key):
            places[activity["title"]["en"].casefold()].append((key, frozenset(activity["mandates"])))
    shared = {
        title: found
        for title, found in places.items()
        if len(found) > 1 and not frozenset.intersection(*(mandates for _key, mandates in found))
    }
    assert shared == {}


@pytest.mark.parametrize("recommendation", PRETORIA)
def test_the_contributor_template_answers_every_recommendation_to_contributors(recommendation):
    wanted = f"Pretoria 2007 para. 16 rec. {recommendation}"
    assert any(wanted in row.get("mandates", ()) for row in rows("contributor"))


def test_the_five_themes_bear_the_strategies_of_the_report():
    said = {strategy for row in activities("five-themes") for strategy in row["strategies"]}
    themes = [pillar["theme"] for pillar in template("five-themes").pillars]
    assert themes == ["prevention", "participation", "protection", "relief_and_recovery", "normative"]
    assert len(said) == 5


def test_no_template_names_a_day_or_a_sum():
    figures = re.compile(r"\b(19|20)\d\d\b")
    said = [
        (key, row["code"])
        for key in KEYS
        for row in activities(key)
        if figures.search(row["title"]["en"].replace("1325", "")) or {"budget", "starts", "ends"} & set(row)
    ]
    assert said == []
