"""A template becomes a plan as the State wishes."""

from datetime import date

import pytest

from nap_builder.exchange.services import read
from nap_builder.plans.services.plan import PlanFacts
from nap_builder.starting.composing import Wishes, composed, numbered
from nap_builder.starting.template import TemplateFault, read_template
from tests.builders.exchange import as_file
from tests.builders.templates import small_template

ABROAD = {"code": "GENDER", "name": {"en": "Gender"}, "kind": "ministry", "sector": "womens_affairs"}


@pytest.fixture
def begun(app):
    def begin(*, languages=("en", "fr", "ar"), standing=(), **wished):
        own, *others = languages
        facts = {"title": {own: "A plan"}, "starts": date(2027, 1, 1), "ends": date(2031, 12, 31)}
        said = PlanFacts(**{**facts, "own_language": own, "other_languages": tuple(others), **wished.pop("facts", {})})
        wishes = Wishes(slug="new", country="XTA", facts=said, **wished)
        with app.test_request_context():
            return composed(read_template(small_template(), "small.json"), wishes, list(standing))

    return begin


def codes(document):
    found = []
    for pillar in document["pillars"]:
        found.append(pillar["code"])
        for objective in pillar["objectives"]:
            found += [objective["code"], *(activity["code"] for activity in objective.get("activities", ()))]
    return found


def test_the_whole_template_is_a_valid_plan(begun):
    incoming = read(as_file(begun()))
    assert [pillar["code"] for pillar in incoming.document["pillars"]] == ["1", "2"]


def test_a_pillar_left_out_closes_the_numbers_up(begun):
    document = begun(pillars=frozenset({"2"}))
    assert codes(document) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "1.3", "1.3.1"]


def test_an_indicator_is_numbered_after_its_row(begun):
    document = begun(pillars=frozenset({"2"}))
    last = document["pillars"][0]["objectives"][2]["activities"][0]
    assert last["indicators"][0]["code"] == "1.3.1.a"


def test_a_block_left_out_takes_its_objective_and_its_activities_along(begun):
    document = begun(blocks=frozenset())
    assert codes(document) == ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1", "2.2", "2.2.1"]


def test_a_block_that_is_taken_stays(begun):
    document = begun(blocks=frozenset({"sea"}))
    assert "Blocked" in [objective["title"]["en"] for objective in document["pillars"][1]["objectives"]]


def test_numbers_of_the_states_own_stay(app):
    template = small_template()
    template["pillars"][0]["code"] = "P-A"
    facts = PlanFacts(title={"en": "T"}, starts=date(2027, 1, 1), ends=date(2028, 1, 1), own_language="en")
    wishes = Wishes(slug="new", country="XTA", facts=facts, pillars=frozenset({"2"}))
    with app.test_request_context():
        document = composed(read_template(template, "x"), wishes, [])
    assert codes(document)[:2] == ["2", "2.1"]


def test_a_language_that_the_plan_does_not_have_stays_out(begun):
    document = begun(languages=("fr",))
    assert document["pillars"][0]["title"] == {"fr": "One (fr)"}


def test_a_language_that_the_template_lacks_gets_words_to_translate(begun):
    document = begun(languages=("pt",))
    assert document["pillars"][0]["title"] == {"pt": "One"}


def test_what_the_template_advises_is_no_text_of_the_plan(begun):
    assert begun()["sections"] == [
        {
            "key": "why",
            "title": {"en": "Why", "fr": "Why (fr)", "ar": "Why (ar)"},
            "place": "body",
            "owner": "WOM",
        }
    ]


def test_a_ministry_of_the_same_sector_takes_the_place_of_the_generic_one(begun):
    document = begun(standing=[ABROAD])
    assert document["task_force"]["chair"] == "GENDER"
    assert document["pillars"][0]["objectives"][0]["lead"] == "GENDER"
    assert ABROAD in document["institutions"]


def test_a_code_that_another_body_bears_is_changed(begun):
    other = {"code": "DEF", "name": {"en": "Default office"}, "kind": "agency"}
    document = begun(standing=[other])
    assert "DEF-2" in document["task_force"]["members"]


def test_the_body_that_an_institution_is_part_of_comes_with_it(begun):
    above = {"code": "PM", "name": {"en": "Prime Minister"}, "kind": "agency"}
    document = begun(standing=[{**ABROAD, "part_of": "PM"}, above])
    assert read(as_file(document))
    assert above in document["institutions"]


def test_the_plan_bears_what_the_state_said(begun):
    said = {
        "fiscal_year_starts": "07-01",
        "currency": "XOF",
        "regions": {"en": "N = North\nS = South", "fr": "N = Nord"},
    }
    plan = begun(facts=said)["plan"]
    assert (plan["fiscal_year_starts"], plan["currency"], plan["country"]) == ("07-01", "XOF", "XTA")
    assert plan["regions"] == [
        {"code": "N", "name": {"en": "North", "fr": "Nord"}},
        {"code": "S", "name": {"en": "South"}},
    ]


def test_names_of_levels_that_the_state_gives_stand_before_those_of_the_template(begun):
    assert begun(facts={"called_pillar": {"en": "Axis"}})["plan"]["labels"] == {"pillar": {"en": "Axis"}}


@pytest.mark.parametrize(
    ("planted", "place"),
    [
        ({"key": "Not a key"}, "/key"),
        ({"sections": [{"key": "why"}]}, "/sections/0"),
        ({"plan": {"slug": "x"}}, "/plan"),
        ({"institutions": [{"code": "A B", "name": "x", "kind": "ministry"}]}, "/institutions/0/code"),
        ({"pillars": [{"code": "1"}]}, "/pillars/0"),
        ({"title": "words"}, "/title"),
    ],
)
def test_a_faulty_template_is_refused_with_its_place(planted, place):
    with pytest.raises(TemplateFault, match=f"^bad.json: {place}: "):
        read_template(small_template(**planted), "bad.json")


def test_an_indicator_with_a_number_of_its_own_keeps_it(app):
    template = small_template()
    activity = template["pillars"][1]["objectives"][-1]["activities"][0]
    activity["indicators"][0]["code"] = "SDG5.5.1"
    facts = PlanFacts(title={"en": "T"}, starts=date(2027, 1, 1), ends=date(2028, 1, 1), own_language="en")
    wishes = Wishes(slug="new", country="XTA", facts=facts)
    with app.test_request_context():
        document = composed(read_template(template, "x"), wishes, [])
    found = document["pillars"][1]["objectives"][-1]["activities"][0]["indicators"]
    assert found[0]["code"] == "SDG5.5.1"


def test_indicators_past_the_alphabet_go_on_with_two_letters():
    row = {"indicators": [{} for _n in range(28)]}
    assert [one["code"] for one in numbered([row])[0]["indicators"]][25:] == ["1.z", "1.aa", "1.ab"]
