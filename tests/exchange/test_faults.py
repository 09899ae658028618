"""Every rule of nap-plan/1 that the schema cannot say, each with its place."""

import json
from typing import Any

import pytest

from nap_builder.exchange.fault import Refused
from nap_builder.exchange.faults import check, institution_members
from nap_builder.exchange.reading import read_plan
from nap_builder.plans.schema import ROOT, Shape
from tests.builders.plan_documents import a_plan, an_activity, an_indicator, stored, with_activities, with_plan

FIRST = "/pillars/0/activities/0"
FIGURE = FIRST + "/indicators/0/baseline"


def places(document: dict[str, Any]) -> list[str]:
    return [fault.place for fault in check(document)]


def of_activity(**members: Any) -> list[str]:
    return places(with_activities(an_activity(**members)))


def of_baseline(kind: str = "number", **figure: Any) -> list[str]:
    return of_activity(indicators=[an_indicator(kind=kind, baseline=figure)])


def cell(value: str, **of: str) -> dict[str, Any]:
    return {"of": of, "value": value}


@pytest.mark.parametrize("document", [a_plan(), stored("full.json"), stored("usa-2023.json")])
def test_a_good_plan_has_no_fault(document: dict[str, Any]) -> None:
    assert check(document) == []


def test_an_unknown_leader_is_a_fault() -> None:
    assert of_activity(lead="NAVY") == [FIRST + "/lead"]


def test_each_unknown_supporter_is_a_fault() -> None:
    assert of_activity(supporting=["MOD", "NAVY", "ARMY"]) == [FIRST + "/supporting/1", FIRST + "/supporting/2"]


def test_every_member_that_names_an_institution_is_known() -> None:
    found: set[tuple[str, str]] = set()

    def look(shape: Shape) -> None:
        found.update((shape.name, name) for name in institution_members(shape))
        for member in shape.members.values():
            look(member)
        if shape.item:
            look(shape.item)

    look(ROOT)
    assert found == {
        ("activity", "co_leads"),
        ("activity", "lead"),
        ("activity", "supporting"),
        ("budget_line", "funder"),
        ("consultation", "host"),
        ("contribution.response", "by"),
        ("indicator", "responsible"),
        ("institution", "part_of"),
        ("milestone", "responsible"),
        ("objective", "co_leads"),
        ("objective", "lead"),
        ("objective", "supporting"),
        ("output", "co_leads"),
        ("output", "lead"),
        ("plan", "issuing_body"),
        ("plan.monitoring", "members"),
        ("plan.monitoring", "owner"),
        ("policy_review", "institution"),
        ("risk", "owner"),
        ("section", "owner"),
        ("task_force", "chair"),
        ("task_force", "members"),
        ("task_force", "observers"),
    }


def test_an_unknown_chair_is_a_fault() -> None:
    assert places(a_plan(task_force={"chair": "X", "members": ["MOD"]})) == ["/task_force/chair"]


def test_institutions_in_a_circle_are_a_fault_of_each() -> None:
    rows = [{"code": code, "name": code, "kind": "other", "part_of": above} for code, above in ("AB", "BC", "CB")]
    circle = [*rows, {"code": "MOD", "name": "M", "kind": "ministry"}]
    assert places(a_plan(institutions=circle)) == ["/institutions/1/part_of", "/institutions/2/part_of"]


def test_an_institution_within_another_is_no_fault() -> None:
    part = {"code": "ARMY", "name": "Army", "kind": "armed_forces", "part_of": "MOD"}
    assert places(a_plan(institutions=[*a_plan()["institutions"], part])) == []


def consulted(**members: Any) -> list[dict[str, Any]]:
    return [{"code": "C1", "title": "Forum", "kind": "meeting", "starts": "2026-03-01"} | members]


def test_a_consultation_in_an_unknown_region_is_a_fault() -> None:
    assert places(a_plan(consultations=consulted(region="NORTH"))) == ["/consultations/0/region"]


def test_a_region_of_an_activity_must_be_listed_where_the_plan_lists_regions() -> None:
    document = with_activities(an_activity(regions=["NORTH", "SOUTH"]))
    document["plan"]["regions"] = [{"code": "NORTH", "name": "North"}]
    assert places(document) == [FIRST + "/regions/1"]


def test_a_region_of_an_activity_may_be_any_where_the_plan_lists_none() -> None:
    assert of_activity(regions=["Upper Valley"]) == []


@pytest.mark.parametrize("ref", ["activity:9", "section:what", "paragraph:why-2", "objective:1.1", "consultation:C1"])
def test_a_reference_to_nothing_is_a_fault(ref: str) -> None:
    assert of_activity(related=["pillar:1", ref]) == [FIRST + "/related/1"]


@pytest.mark.parametrize("ref", ["activity:1.1", "activity:k-1", "section:why", "paragraph:why-1", "pillar:1"])
def test_a_reference_names_a_row_by_code_or_key(ref: str) -> None:
    assert of_activity(key="k-1", related=[ref]) == []


def test_a_frozen_version_may_refer_to_consultations_it_does_not_carry() -> None:
    document = with_activities(an_activity(related=["consultation:C1"]), version={"number": 1})
    assert places(document) == []


def test_a_review_of_an_unknown_objective_is_a_fault() -> None:
    review = {"policy": "Defence act", "institution": "MOD", "objectives": ["1.1"]}
    assert places(a_plan(policy_reviews=[review])) == ["/policy_reviews/0/objectives/0"]


def test_a_code_used_twice_for_one_kind_is_a_fault_through_the_whole_plan() -> None:
    one = {"code": "1", "title": "P", "activities": [an_activity("1.1")]}
    two = {"code": "2", "title": "Q", "objectives": [{"code": "2.1", "title": "O", "activities": [an_activity("1.1")]}]}
    assert places(a_plan(pillars=[one, two])) == ["/pillars/1/objectives/0/activities/0/code"]


def test_one_code_for_two_kinds_is_no_fault() -> None:
    assert of_activity(code="1", milestones=[{"code": "1", "title": "M"}]) == []


def test_a_key_used_twice_for_one_kind_is_a_fault() -> None:
    assert places(with_activities(an_activity("1", key="k"), an_activity("2", key="k"))) == [
        "/pillars/0/activities/1/key"
    ]


def test_a_paragraph_key_used_twice_in_two_sections_is_a_fault() -> None:
    section = {"key": "how", "title": "How", "paragraphs": [{"key": "why-1", "text": "x"}]}
    document = a_plan(sections=[*a_plan()["sections"], section])
    assert places(document) == ["/sections/1/paragraphs/0/key"]


@pytest.mark.parametrize("member", ["institutions", "sections", "pillars"])
def test_a_row_given_twice_is_a_fault(member: str) -> None:
    rows = a_plan()[member]
    name = "key" if member == "sections" else "code"
    assert f"/{member}/1/{name}" in places(a_plan(**{member: [*rows, *rows]}))


def test_a_region_listed_twice_is_a_fault() -> None:
    assert places(with_plan(regions=[{"code": "N", "name": "N"}] * 2)) == ["/plan/regions/1/code"]


def test_a_plan_that_ends_before_it_starts_is_a_fault() -> None:
    assert places(with_plan(ends="2026-12-31")) == ["/plan/ends"]


@pytest.mark.parametrize(("starts", "ends"), [("2028", "2027"), ("2028-Q3", "2028-H1"), ("2028-02", "2028-01-31")])
def test_an_activity_that_ends_before_it_starts_is_a_fault(starts: str, ends: str) -> None:
    assert of_activity(starts=starts, ends=ends) == [FIRST + "/ends"]


@pytest.mark.parametrize(("starts", "ends"), [("2028", "2028"), ("2028-06", "2028"), ("2028-H2", "2028-Q3")])
def test_an_end_means_the_last_day_of_its_span(starts: str, ends: str) -> None:
    assert of_activity(starts=starts, ends=ends) == []


def test_a_consultation_that_ends_before_it_starts_is_a_fault() -> None:
    assert places(a_plan(consultations=consulted(ends="2026-02-28"))) == ["/consultations/0/ends"]


def test_a_period_that_ends_before_it_starts_is_a_fault() -> None:
    value = {"value": "1", "period_starts": "2028-07-01", "period_ends": "2028-06-30"}
    document = with_activities(an_activity(indicators=[an_indicator(values=[value])]))
    assert places(document) == [FIRST + "/indicators/0/values/0/period_ends"]


def test_a_range_of_money_upside_down_is_a_fault() -> None:
    assert of_activity(budget=[{"low": "100", "high": "20"}]) == [FIRST + "/budget/0/high"]


def test_cells_that_add_up_to_more_than_the_total_are_a_fault() -> None:
    assert of_baseline(value="10", cells=[cell("6", sex="women"), cell("5", sex="men")]) == [FIGURE + "/cells"]


def test_cells_that_add_up_to_the_total_are_no_fault() -> None:
    assert of_baseline(value="10.0", cells=[cell("6", sex="women"), cell("4", sex="men")]) == []


def test_each_dimension_is_a_table_of_its_own() -> None:
    cells = [cell("6", sex="women"), cell("8", rank="general"), cell("6", sex="women", rank="general")]
    assert of_baseline(value="10", cells=cells) == []


def test_cells_of_a_share_without_a_value_are_held_against_its_numerator() -> None:
    sites = {"numerator": "3", "denominator": "9", "cells": [cell("4", region="north")]}
    assert of_baseline("sites_meeting", **sites) == [FIGURE + "/cells"]


def test_cells_that_fall_and_rise_are_not_held_against_the_total() -> None:
    assert of_baseline(value="-10", cells=[cell("-4", sex="women"), cell("-2", sex="men")]) == []


def test_percentages_of_groups_need_not_add_up() -> None:
    assert of_baseline("percent", value="35", cells=[cell("30", sex="women"), cell("40", sex="men")]) == []


def test_two_cells_of_the_same_categories_are_a_fault() -> None:
    cells = [cell("1", sex="women", age="old"), {"of": {"age": "old", "sex": "women"}, "missing": "suppressed"}]
    assert of_baseline(value="10", cells=cells) == [FIGURE + "/cells/1"]


@pytest.mark.parametrize("nought", ["0", "0.0"])
def test_a_denominator_of_nought_is_a_fault(nought: str) -> None:
    assert of_baseline("percent", numerator="1", denominator=nought) == [FIGURE + "/denominator"]


@pytest.mark.parametrize("name", ["starts", "ends"])
def test_a_day_that_does_not_exist_is_a_fault(name: str) -> None:
    assert of_activity(**{name: "2027-02-30"}) == [f"{FIRST}/{name}"]


@pytest.mark.parametrize("day", ["02-30", "02-29", "04-31"])
def test_a_fiscal_year_starts_on_a_day_of_every_year(day: str) -> None:
    assert places(with_plan(fiscal_year_starts=day)) == ["/plan/fiscal_year_starts"]


def test_an_unknown_time_zone_is_a_fault() -> None:
    assert places(with_plan(timezone="Europe/Atlantis")) == ["/plan/timezone"]


@pytest.mark.parametrize("zone", ["UTC", "Africa/Nairobi", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_is_known_by_its_name(zone: str) -> None:
    assert places(with_plan(timezone=zone)) == []


def test_a_restricted_activity_in_a_public_file_is_a_fault() -> None:
    assert places(with_activities(an_activity(restricted=True), profile="public")) == [FIRST + "/restricted"]


def test_a_restricted_section_in_a_public_file_is_a_fault() -> None:
    document = a_plan(profile="public", sections=[{"key": "s", "title": "S", "restricted": True}])
    assert places(document) == ["/sections/0/restricted"]


def test_what_is_restricted_may_stand_in_a_working_file() -> None:
    assert of_activity(restricted=True) == []


def test_dates_outside_the_plan_are_no_fault_of_the_file() -> None:
    assert of_activity(starts="2020", ends="2040") == []


@pytest.mark.parametrize(("member", "value"), [("starts", "2027-13"), ("ends", "soon"), ("lead", "a b")])
def test_what_is_no_date_or_code_is_refused_in_one_line(app: Any, member: str, value: str) -> None:
    document = with_activities(an_activity(**{member: value}))
    with app.test_request_context("/en/"), pytest.raises(Refused) as refused:
        read_plan(json.dumps(document).encode())
    assert [fault.place for fault in refused.value.faults] == [f"{FIRST}/{member}"]
