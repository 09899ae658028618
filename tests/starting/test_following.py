"""The plan that follows an earlier one, and the template made of one."""

from datetime import date

import pytest

from nap_builder.exchange.services import read
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.services.plan import PlanFacts
from nap_builder.starting.composing import Wishes
from nap_builder.starting.following import Kept, as_template, succeeding
from nap_builder.starting.lessons import SECTION
from nap_builder.starting.queries import period_after
from nap_builder.starting.template import below, read_template
from tests.builders.exchange import as_file, full, usa

TITLE = {"en": "The next plan"}


def former():
    """A plan with every member of the format, with keys, without the marks of a version."""
    document = read(as_file(full())).document
    return {name: value for name, value in document.items() if name not in ("version", "profile")}


@pytest.fixture
def following(app):
    def follow(document=None, **given):
        facts = PlanFacts(
            title=TITLE,
            starts=date(2031, 7, 1),
            ends=date(2035, 6, 30),
            own_language="en",
            other_languages=("fr", "ar"),
        )
        wishes = Wishes(slug="next", country="XTA", facts=facts, pillars=given.pop("pillars", None))
        with app.test_request_context():
            return succeeding(document or former(), wishes, Kept(**given))

    return follow


def activities(document):
    return [row for pillar in document["pillars"] for row in below(pillar) if row["code"].count(".") > 1]


def test_the_next_plan_is_valid(following):
    assert read(as_file(following())).slug == "next"


def test_it_says_which_plan_it_follows(following):
    plan = following()["plan"]
    assert (plan["succeeds"]["slug"], plan["edition"]) == ("talora-2027", 3)


def test_nothing_of_the_former_adoption_goes_on(following):
    plan = following()["plan"]
    assert {"adoption", "signatures", "reference", "not_applicable"} & set(plan) == set()


def test_a_row_keeps_its_key(following):
    before, after = former(), following()
    assert after["pillars"][0]["key"] == before["pillars"][0]["key"]


def test_what_is_over_stays_behind(following):
    document = former()
    gone = next(row for pillar in document["pillars"] for row in below(pillar) if "status" in row)
    gone["status"] = "completed"
    kept = {row["key"] for pillar in following(document)["pillars"] for row in below(pillar)}
    assert gone["key"] not in kept


def test_an_activity_comes_without_its_dates_and_money(following):
    assert [row for row in activities(following()) if {"starts", "ends", "budget", "status"} & set(row)] == []


def test_activities_are_left_out_when_they_are_not_wanted(following):
    document = following(activities=False)
    assert [row for pillar in document["pillars"] for row in below(pillar) if row.get("activities")] == []


def test_texts_are_left_out_when_they_are_not_wanted(following):
    sections = following(texts=False)["sections"]
    assert [section["key"] for section in sections if "paragraphs" in section] == [SECTION]


def test_a_pillar_that_is_not_wanted_stays_behind(following):
    codes = [pillar["code"] for pillar in former()["pillars"]]
    assert [pillar["code"] for pillar in following(pillars=frozenset(codes[1:]))["pillars"]] == codes[1:]


def test_the_last_figure_becomes_the_baseline(following):
    document = canonical_document(former())
    indicator = {
        "code": "Z.1",
        "key": "z-1",
        "title": "Officers",
        "kind": "number",
        "baseline": {"value": "5", "year": 2026},
        "targets": [{"value": "9", "year": 2030}],
        "values": [
            {"period_ends": "2030-12-31", "value": "8"},
            {"period_ends": "2031-03-31", "missing": "not_collected"},
            {"period_ends": "2028-12-31", "value": "6"},
        ],
    }
    document["pillars"][0]["indicators"] = [indicator]
    begun = following(document)["pillars"][0]["indicators"][0]
    assert begun["baseline"] == {"value": "8", "year": 2030}
    assert "targets" not in begun


@pytest.mark.parametrize(
    ("values", "members", "baseline"),
    [
        ([{"value": "80"}, {"value": "8", "corrects": True}], {}, {"value": "8", "year": 2030}),
        ([{"value": "8", "corrects": True}, {"value": "80"}], {}, {"value": "8", "year": 2030}),
        ([{"value": "8", "quality": "estimate"}], {}, {"value": "8", "year": 2030, "estimate": True}),
        ([{"value": "8"}], {"total": "sum"}, {"value": "5", "year": 2026}),
    ],
)
def test_the_baseline_is_the_figure_that_holds(following, values, members, baseline):
    document = canonical_document(former())
    given = [{"period_ends": "2030-12-31", **value} for value in values]
    indicator = {"code": "Z.1", "key": "z-1", "title": "Officers", "kind": "number", "values": given, **members}
    document["pillars"][0]["indicators"] = [{**indicator, "baseline": {"value": "5", "year": 2026}}]
    assert following(document)["pillars"][0]["indicators"][0]["baseline"] == baseline


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ((date(2027, 1, 1), date(2031, 12, 31)), (date(2032, 1, 1), date(2036, 12, 31))),
        ((date(2027, 7, 1), date(2031, 6, 30)), (date(2031, 7, 1), date(2035, 6, 30))),
        ((date(2027, 1, 15), date(2027, 2, 14)), (date(2027, 2, 15), date(2027, 3, 17))),
        ((date(2024, 2, 29), date(2028, 2, 28)), (date(2028, 2, 29), date(2032, 2, 28))),
        ((date(2027, 3, 1), date(2029, 2, 28)), (date(2029, 3, 1), date(2031, 2, 28))),
    ],
)
def test_the_period_after_is_as_long(period, after):
    assert period_after(*period) == after


@pytest.mark.parametrize("document", [full, usa])
def test_a_template_made_of_a_plan_is_one(app, document):
    plan = read(as_file(document())).document
    made = as_template(plan, "ours", {"en": "Ours"}, {"en": "For districts."}, texts=True)
    assert read_template(made, "ours.json").counts["activities"] > 0


def test_a_template_holds_no_figure_date_money_or_key(app):
    made = as_template(former(), "ours", {"en": "Ours"}, {"en": "For districts."}, texts=False)
    rows = [row for pillar in made["pillars"] for row in (pillar, *below(pillar))]
    members = set().union(*rows, *(indicator for row in rows for indicator in row.get("indicators", ())))
    assert members & {"budget", "starts", "ends", "baseline", "targets", "values", "status", "key"} == set()


def test_a_template_holds_nothing_restricted(app):
    document = former()
    secret = next(section for section in document["sections"] if section.get("restricted"))
    made = as_template(document, "ours", {"en": "Ours"}, {"en": "For districts."}, texts=True)
    assert secret["key"] not in [section["key"] for section in made["sections"]]


def objectives(document):
    return [row for pillar in document["pillars"] for row in pillar.get("objectives", ())]


def test_an_objective_that_does_not_go_on_stays_behind(following):
    first, *others = [row["code"] for row in objectives(former())]
    assert [row["code"] for row in objectives(following(objectives=frozenset(others)))] == others
    assert first not in others


def lessons(document):
    return next((section for section in document["sections"] if section["key"] == SECTION), None)


def test_the_lessons_open_with_what_people_say(following):
    section = lessons(following(lessons={"en": "Begin with the budget.", "fr": "Commencer par le budget."}))
    assert section["paragraphs"][0]["text"] == {"en": "Begin with the budget.", "fr": "Commencer par le budget."}


def everything_done(document):
    """The activities of a plan, wherever they stand."""
    holders = [row for pillar in document["pillars"] for row in (pillar, *below(pillar))]
    return [activity for row in holders for activity in row.get("activities", ())]


def test_the_lessons_tell_what_was_done_and_not_done(following):
    document = former()
    done, dropped, *rest = everything_done(document)
    done["status"], dropped["status"] = "completed", "dropped"
    for row in rest:
        row.pop("status", None)
    told = " ".join(one["text"]["en"] for one in lessons(following(document))["paragraphs"])
    assert "Completed: 1." in told
    assert "Dropped: 1." in told


def test_what_is_restricted_is_neither_named_nor_counted_in_the_lessons(following):
    document = former()
    for row in everything_done(document):
        row["restricted"] = True
    assert lessons(following(document)) is None


def test_the_lessons_stand_before_the_annexes(following):
    places = [section.get("place", "body") for section in following()["sections"]]
    keys = [section["key"] for section in following()["sections"]]
    assert "annex" in places
    assert keys.index(SECTION) < places.index("annex")


def test_lessons_of_a_plan_before_make_way_for_those_of_the_last(following):
    document = former()
    old = {"key": SECTION, "title": "Lessons of the last plan", "paragraphs": [{"key": "k-1", "text": "Older."}]}
    document["sections"].append(old)
    found = [section for section in following(document)["sections"] if section["key"] == SECTION]
    assert len(found) == 1
    assert "Older." not in str(found)
