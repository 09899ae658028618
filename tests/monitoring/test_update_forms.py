"""Every kind of indicator has fields that fit it, and what they say is a value of nap-plan/1."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.uploads import kind_of
from nap_builder.monitoring.models import CLOSED, ProgressUpdate
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.plan import Plan
from tests.builders.framework import a_figure, a_line, an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

pytestmark = pytest.mark.sqlite_only(
    "fields are made of the kind of an indicator; test_updates.py saves what they say in both databases"
)
SCALE = [{"value": "1", "label": {"en": "Nothing"}}, {"value": "2", "label": {"en": "A draft"}}]


@pytest.fixture
def owing(world):
    """A plan that is carried out, with one period that is over and one that is open."""
    with transaction():
        in_execution(world.plan)
        world.activity = world.activities[0]
        world.before = a_period(world.plan, "2027-12-31", state=CLOSED)
        world.period = a_period(world.plan, "2028-12-31")
    return world


def measured(owing, told=None, baseline=None, **given):
    """An indicator of the activity, of which this was told in the period before."""
    with transaction():
        row = an_indicator(owing.activity, code="A1", **given)
        if baseline:
            a_figure(row, **baseline)
        if told is not None:
            an_update(owing.before, owing.activity, status="on_track", figures={row.key: told})
        return row


def form_of(as_role, owing, language="en"):
    return as_role("official").get(f"/{language}/w/nap-2/cycle/2028-12-31/activity/{owing.activity.key}")


def fields(page, row):
    """What the figure's fields begin with, by their parts."""
    _address, filled = page.filled("update")
    own = {name.removeprefix(f"figure-{row.key}-"): value[0] for name, value in filled.items() if row.key in name}
    return {part: value for part, value in own.items() if part not in ("source", "note", "missing")}


def reported(page, row, *, expect=303, **parts):
    """What is told of the indicator after these fields are sent."""
    typed = {f"figure-{row.key}-{part}": value for part, value in parts.items()}
    answer = page.submit("update", expect=expect, press="act=send", status="on_track", **typed)
    if expect != 303:
        return answer.words
    newest = select(ProgressUpdate).order_by(ProgressUpdate.id.desc())
    return db.session.scalars(newest).first().figures[row.key]


KINDS = [
    ({"kind": "number"}, {"value": "12"}, {"value": "12"}),
    ({"kind": "money"}, {"value": "1200.50"}, {"value": "1200.5"}),
    ({"kind": "index"}, {"value": "-0.5"}, {"value": "-0.5"}),
    ({"kind": "percent"}, {"numerator": "3", "denominator": "4"}, {"numerator": "3", "denominator": "4"}),
    ({"kind": "ratio"}, {"numerator": "5", "denominator": "4"}, {"numerator": "5", "denominator": "4"}),
    ({"kind": "sites_meeting"}, {"numerator": "2", "denominator": "9"}, {"numerator": "2", "denominator": "9"}),
    ({"kind": "yes_no"}, {"value": "0"}, {"value": "0"}),
    ({"kind": "scale", "scale": SCALE}, {"value": "2"}, {"value": "2"}),
    ({"kind": "qualitative"}, {"text": "Trust grew."}, {"text": {"en": "Trust grew."}}),
]


@pytest.mark.parametrize(("given", "typed", "told"), KINDS, ids=[given["kind"] for given, _t, _s in KINDS])
def test_each_kind_has_its_own_fields(as_role, owing, given, typed, told):
    row = measured(owing, **given)

    assert reported(form_of(as_role, owing), row, **typed) == told


@pytest.mark.parametrize(("given", "_typed", "told"), KINDS, ids=[given["kind"] for given, _t, _s in KINDS])
def test_each_kind_begins_with_what_was_told_last(as_role, owing, given, _typed, told):
    row = measured(owing, told, **given)
    last = {part: value["en"] if isinstance(value, dict) else value for part, value in told.items()}

    assert fields(form_of(as_role, owing), row) == last


WRONG = [
    ({"kind": "percent"}, {"numerator": "5", "denominator": "4"}, "more than the whole"),
    ({"kind": "percent"}, {"numerator": "5"}, "Give both"),
    ({"kind": "percent"}, {"numerator": "0", "denominator": "0"}, "divided by nought"),
    ({"kind": "percent"}, {"numerator": "-1", "denominator": "4"}, "not below zero"),
    ({"kind": "yes_no"}, {"value": "maybe"}, "Choose one of the list."),
    ({"kind": "scale", "scale": SCALE}, {"value": "9"}, "Choose one of the list."),
    ({"kind": "number"}, {}, "Write the figure."),
    ({"kind": "number"}, {"value": "many"}, "Write a number"),
    ({"kind": "number", "counts": "cases"}, {"value": "70.5"}, "Write a whole number."),
    ({"kind": "number"}, {"value": "9" * 16}, "too large"),
    ({"kind": "number"}, {"value": "1.1234567"}, "digits after the point"),
]


@pytest.mark.parametrize(("given", "typed", "told"), WRONG, ids=[f"{g['kind']} {t}" for g, t, _m in WRONG])
def test_what_a_figure_cannot_be_is_told(as_role, owing, given, typed, told):
    row = measured(owing, **given)

    assert told in reported(form_of(as_role, owing), row, expect=422, **typed)


def test_a_figure_below_nought_is_taken_where_the_plan_has_one(as_role, owing):
    row = measured(owing, baseline={"value": "-3", "year": 2026})

    assert reported(form_of(as_role, owing), row, value="-2") == {"value": "-2"}


def test_a_share_that_the_plan_gives_alone_may_be_given_alone(as_role, owing):
    row = measured(owing, kind="percent", baseline={"value": "40", "year": 2026})

    assert reported(form_of(as_role, owing), row, value="45") == {"value": "45"}


@pytest.mark.parametrize(("language", "typed"), [("en", "0.5"), ("fr", "0,5"), ("ar", "٠٫٥")])
def test_decimals_are_read_as_the_page_writes_them(as_role, owing, language, typed):
    row = measured(owing, kind="index")

    assert reported(form_of(as_role, owing, language), row, value=typed) == {"value": "0.5"}


def test_a_summed_figure_begins_empty(as_role, owing):
    row = measured(owing, {"value": "7"}, total="sum")

    assert fields(form_of(as_role, owing), row) == {"value": ""}


def test_regions_are_those_of_the_plan(as_role, owing):
    with transaction():
        plan = db.session.get(Plan, owing.plan.id)
        plan.regions = [{"code": "N", "name": {"en": "The north"}}, {"code": "S", "name": {"en": "The south"}}]
    row = measured(owing, disaggregation=["region"])
    page = form_of(as_role, owing)
    assert ("The north" in page.words, "The south" in page.words) == (True, True)

    north = next(part for part in fields(page, row) if part.startswith("cell-"))
    told = reported(page, row, value="9", **{north: "4"})
    assert told["cells"] == [{"of": {"region": "N"}, "value": "4"}]


def test_parts_of_two_dimensions_are_a_table(as_role, owing):
    cells = [
        {"of": {"sex": sex, "rank": rank}, "value": value}
        for sex, rank, value in (("women", "Generals", "1"), ("men", "Generals", "3"), ("women", "Colonels", "2"))
    ]
    row = measured(owing, {"value": "10", "cells": cells}, disaggregation=["sex", "rank"])
    parts = {part: value for part, value in fields(form_of(as_role, owing), row).items() if part.startswith("cell-")}

    assert sorted(parts.values()) == ["", "1", "2", "3"]


def test_categories_that_nobody_knows_are_named_by_who_reports(as_role, owing):
    row = measured(owing, disaggregation=["rank"])
    told = reported(form_of(as_role, owing), row, value="9", **{"name-rank-0": "Generals", "part-rank-0": "2"})

    assert told["cells"] == [{"of": {"rank": "Generals"}, "value": "2"}]


def test_the_whole_is_what_its_parts_by_sex_come_to(as_role, owing):
    row = measured(owing, disaggregation=["sex"])
    page = form_of(as_role, owing)
    women, men = (part for part in fields(page, row) if part.startswith("cell-"))

    assert reported(page, row, **{women: "3", men: "4"})["value"] == "7"


def test_an_estimate_with_its_source_and_note(as_role, owing):
    row = measured(owing)
    told = reported(
        form_of(as_role, owing), row, value="9", estimate="y", source="Personnel list", note="Without cadets"
    )

    assert told == {
        "value": "9",
        "quality": "estimate",
        "source": {"en": "Personnel list"},
        "note": {"en": "Without cadets"},
    }


def test_an_indicator_that_stands_alone_has_a_form_of_its_own(as_role, owing):
    with transaction():
        row = an_indicator(owing.objective, code="O1", responsible_id=owing.institutions["DEF"].id)
    page = as_role("official").get(f"/en/w/nap-2/cycle/2028-12-31/indicator/{row.key}")
    page.submit("update", press="act=send", **{f"figure-{row.key}-value": "5"})

    update = db.session.scalars(select(ProgressUpdate)).one()
    assert (update.indicator_id, update.status, update.figures) == (row.id, None, {row.key: {"value": "5"}})


def test_a_milestone_that_stands_alone_has_a_form_of_its_own(as_role, owing):
    with transaction():
        facts = {"code": "M9", "position": 9, "title": {"en": "Law passed"}, "due": "2028-03"}
        row = Milestone(plan_id=owing.plan.id, responsible_id=owing.institutions["DEF"].id, **facts)
        db.session.add(row)
    page = as_role("official").get(f"/en/w/nap-2/cycle/2028-12-31/milestone/{row.key}")
    names = (f"milestone-{row.key}-state", f"milestone-{row.key}-met_on")
    page.submit("update", press="act=send", **dict(zip(names, ("completed", "2026-02-01"), strict=True)))

    told = db.session.scalars(select(ProgressUpdate)).one().milestones
    assert told == {row.key: {"state": "completed", "met_on": "2026-02-01"}}


@pytest.mark.parametrize(
    "address",
    [
        "cycle/2028-12-31/activity/nothing",
        "cycle/2028-02-31/activity/nothing",
        "cycle/soon/activity/nothing",
        "cycle/2028-12-31/pillar/nothing",
        "cycle/2028-12-31/form/NOBODY",
    ],
)
def test_what_is_not_due_is_not_there(as_role, owing, address):
    as_role("official").get(f"/en/w/nap-2/{address}", expect=404)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"name,number\nAsa,1\n", "csv"),
        ("اسم;رقم\n".encode(), "csv"),
        (b"a sentence without columns", ""),
        (b"<p>,</p>", ""),
        (b"\xff,\xfe", ""),
        (b"a,b\x00", ""),
        (b"PK\x03\x04", ""),
    ],
)
def test_a_file_is_known_by_what_it_is(content, kind):
    assert kind_of(content) == kind


def test_figures_are_compared_as_numbers(as_role, owing):
    row = measured(owing, {"value": "7"})
    reported(form_of(as_role, owing), row, value="7.0")

    query = select(ProgressUpdate).where(ProgressUpdate.period_id == owing.period.id)
    assert Decimal(db.session.scalars(query).one().figures[row.key]["value"]) == 7


def test_an_error_above_the_form_names_the_budget_line(as_role, owing):
    with transaction():
        line = a_line(owing.activity, amount="700", year=2028)
    page = form_of(as_role, owing)
    answer = page.submit(
        "update", expect=422, press="act=send", status="on_track", **{f"money-{line.key}-spent": "few"}
    )

    summary = answer.words.partition("There is a problem")[2]
    assert summary.index("2028 · Spent: Write a number") < summary.index("How is it going?")


def test_an_error_above_the_form_names_the_indicator(as_role, owing):
    row = measured(owing, title="Women who command")

    assert "Women who command · Figure: Write the figure." in reported(form_of(as_role, owing), row, expect=422)


def test_fiscal_years_that_are_over_are_folded_with_their_totals(as_role, owing):
    with transaction():
        old, new = (a_line(owing.activity, amount="700", year=year) for year in (2026, 2028))
        an_update(owing.before, owing.activity, status="on_track", spending={old.key: {"spent": "300"}})
    page = form_of(as_role, owing)
    folded = page.all(f"//details[.//input[@name='money-{old.key}-spent']]")
    said = " ".join(folded[0].xpath("summary")[0].text_content().split())

    assert ("700" in said, "300" in said) == (True, True)
    assert page.all(f"//details[.//input[@name='money-{new.key}-spent']]") == []


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"by": "2028"}, "Target: 100 posts by the end of 2028"),
        ({"by": "2028-03-15"}, "Target: 100 posts by 15 March 2028"),
        ({"year": 2028}, "Target: 100 posts by the end of 2028"),
    ],
)
def test_the_target_is_said_with_its_unit_and_its_day(as_role, owing, target, told):
    row = measured(owing, unit={"en": "posts"})
    with transaction():
        a_figure(row, part="target", value="100", **target)

    assert told in form_of(as_role, owing).words
