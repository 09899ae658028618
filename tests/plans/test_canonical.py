"""The one way a plan is written as bytes, its profiles and its paragraph numbers."""

import hashlib
import json
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nap_builder.exchange.reading import read_plan
from nap_builder.plans.calendar import first_day, last_day, valid_when
from nap_builder.plans.canonical import canonical_bytes, canonical_document, digest
from nap_builder.plans.profiles import (
    former_numbers,
    number_paragraphs,
    public_profile,
    with_numbers,
    without_progress,
)
from nap_builder.plans.schema import objects
from tests.builders.plan_documents import a_plan, an_activity, an_indicator, shaped, stored, with_activities, with_plan


def tidy_activity(**members: Any) -> dict[str, Any]:
    tidy: dict[str, Any] = canonical_document(with_activities(an_activity(**members)))["pillars"][0]["activities"][0]
    return tidy


def tidy_indicator(**members: Any) -> dict[str, Any]:
    tidy: dict[str, Any] = tidy_activity(indicators=[an_indicator(**members)])["indicators"][0]
    return tidy


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_writing_what_was_read_back_gives_the_same_bytes(seed: int) -> None:
    once = canonical_bytes(shaped(Random(seed)))
    assert canonical_bytes(json.loads(once)) == once


@pytest.mark.parametrize("name", ["full.json", "usa-2023.json"])
def test_a_real_document_read_and_written_twice_gives_the_same_bytes(name: str) -> None:
    once = canonical_bytes(stored(name))
    assert canonical_bytes(read_plan(once)) == once


def test_bytes_begin_and_end_with_the_object() -> None:
    written = canonical_bytes(a_plan())
    assert (written[:1], written[-1:]) == (b"{", b"}")


def test_the_order_of_members_does_not_matter() -> None:
    document = stored("full.json")
    turned = json.loads(json.dumps(document), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert canonical_bytes(turned) == canonical_bytes(document)


def test_members_equal_to_their_default_are_left_out() -> None:
    document = with_plan(level="national", edition=1, currency="USD", fiscal_year_starts="01-01")
    assert canonical_bytes(document | {"profile": "working"}) == canonical_bytes(a_plan())


def test_a_value_that_only_resembles_the_default_stays() -> None:
    assert canonical_document(with_plan(edition=2, currency="EUR"))["plan"].keys() >= {"edition", "currency"}


def test_empty_members_are_left_out_from_the_inside_out() -> None:
    assert canonical_bytes(with_plan(labels={"pillar": None}, regions=[], area=None)) == canonical_bytes(a_plan())


def test_an_empty_list_that_the_schema_requires_stays() -> None:
    assert canonical_document(a_plan(pillars=[], institutions=[]))["pillars"] == []


def test_a_text_in_the_first_language_alone_is_a_string() -> None:
    assert tidy_activity(description={"en": "Train officers"})["description"] == "Train officers"


def test_a_text_in_another_language_alone_stays_an_object() -> None:
    assert tidy_activity(description={"fr": "Former"})["description"] == {"fr": "Former"}


@pytest.mark.parametrize(("said", "written"), [("0.50", "0.5"), ("12.0", "12"), ("-3.1400", "-3.14"), ("100", "100")])
def test_decimals_lose_idle_noughts(said: str, written: str) -> None:
    assert tidy_indicator(baseline={"value": said})["baseline"] == {"value": written}


@pytest.mark.parametrize(("held", "written"), [("1E+2", "100"), ("-0.00", "0"), ("7.10", "7.1")])
def test_decimals_of_the_database_are_written_as_text(held: str, written: str) -> None:
    assert tidy_indicator(baseline={"value": Decimal(held)})["baseline"]["value"] == written


def test_line_ends_become_lf_and_nothing_else_of_a_text_changes() -> None:
    assert tidy_activity(description=" e\u0301\r\nb\rc\n ")["description"] == " e\u0301\nb\nc\n "


def test_lists_without_an_order_of_their_own_are_sorted() -> None:
    assert tidy_activity(supporting=["MOD", "ARMY"])["supporting"] == ["ARMY", "MOD"]


def test_cells_are_sorted_by_their_bytes_after_tidying() -> None:
    cells = [{"of": {"sex": "women"}, "value": "1.0"}, {"value": "2", "of": {"sex": "men"}}]
    assert [cell["value"] for cell in tidy_indicator(baseline={"value": "9", "cells": cells})["baseline"]["cells"]] == [
        "2",
        "1",
    ]


def test_the_first_language_stays_first_and_the_others_are_sorted() -> None:
    assert canonical_document(with_plan(languages=["fr", "sw", "en", "ar"]))["plan"]["languages"] == [
        "fr",
        "ar",
        "en",
        "sw",
    ]


def test_the_required_languages_are_sorted_with_the_first() -> None:
    assert canonical_document(with_plan(required_languages=["fr", "en"]))["plan"]["required_languages"] == ["en", "fr"]


def test_lists_with_an_order_keep_it() -> None:
    document = with_activities(an_activity("2"), an_activity("1"))
    assert [row["code"] for row in canonical_document(document)["pillars"][0]["activities"]] == ["2", "1"]


def test_the_document_given_is_not_changed() -> None:
    document = stored("full.json")
    canonical_bytes(document)
    assert document == stored("full.json")


def test_the_digest_is_sha_256_in_hexadecimal() -> None:
    assert digest(b"peace") == hashlib.sha256(b"peace").hexdigest()


def test_progress_is_left_out_of_a_version() -> None:
    spent = an_activity(status="late", budget=[{"amount": "5", "spent": "2"}], commitment={"state": "asked"})
    plain = an_activity(budget=[{"amount": "5"}])
    assert without_progress(with_activities(spent)) == with_activities(plain)


def test_no_member_marked_as_progress_is_left_in_any_document() -> None:
    kept = without_progress(stored("full.json"))
    assert [
        (node.place, name) for node in objects(kept) for name in node.value if node.shape.members[name].progress
    ] == []


def restricted_plan() -> dict[str, Any]:
    """A plan with a restricted section and a restricted activity, and references to them."""
    hidden = an_activity("1.2", restricted=True, milestones=[{"code": "M1", "title": "Raid"}])
    shown = an_activity("1.1", related=["activity:1.2", "section:secret", "section:why"])
    document = with_activities(
        shown,
        hidden,
        risks=[{"title": "Leak", "about": ["milestone:M1", "paragraph:secret-1"]}],
        consultations=[{"code": "C1", "title": "Forum", "kind": "meeting", "starts": "2026-01-01"}],
    )
    secret = {"key": "secret", "title": "S", "restricted": True, "paragraphs": [{"key": "secret-1", "text": "x"}]}
    return document | {"sections": [secret, *document["sections"]]}


def test_the_public_profile_leaves_out_what_is_restricted() -> None:
    public = public_profile(restricted_plan())
    sections = [section["key"] for section in public["sections"]]
    activities = [row["code"] for row in public["pillars"][0]["activities"]]
    assert (sections, activities) == (["why"], ["1.1"])


def test_the_public_profile_refers_to_nothing_left_out() -> None:
    public = public_profile(restricted_plan())
    assert public["pillars"][0]["activities"][0]["related"] == ["section:why"]
    assert "about" not in public["risks"][0]


def test_the_public_profile_says_so_and_tells_no_progress() -> None:
    public = public_profile(restricted_plan())
    assert public["profile"] == "public"
    assert "consultations" not in public


def test_a_public_profile_is_a_file_that_can_be_read() -> None:
    assert read_plan(canonical_bytes(public_profile(with_numbers(stored("full.json")))))["profile"] == "public"


def numbered_sections() -> list[dict[str, Any]]:
    """A heading, two paragraphs in the front and one in the body, a table, and an annex."""
    return [
        {
            "key": "f",
            "title": "F",
            "place": "front",
            "paragraphs": [
                {"key": "h", "kind": "heading", "text": "H"},
                {"key": "a", "text": "A"},
                {"key": "b", "text": "B"},
            ],
        },
        {"key": "x", "title": "X", "place": "annex", "paragraphs": [{"key": "n", "text": "N"}]},
        {
            "key": "m",
            "title": "M",
            "paragraphs": [{"key": "t", "kind": "table", "text": "|a|"}, {"key": "c", "text": "C"}],
        },
    ]


def test_paragraphs_are_numbered_through_front_and_body() -> None:
    assert number_paragraphs(numbered_sections()) == {"a": "1", "b": "2", "c": "3"}


def test_numbering_again_replaces_old_numbers() -> None:
    sections = numbered_sections()
    sections[1]["paragraphs"][0]["number"] = "9"
    numbered = with_numbers(a_plan(sections=sections))["sections"]
    assert [part.get("number") for section in numbered for part in section["paragraphs"]] == [
        None,
        "1",
        "2",
        None,
        None,
        "3",
    ]


def test_a_public_profile_keeps_the_numbers_of_the_working_one() -> None:
    public = public_profile(with_numbers(restricted_plan()))
    assert public["sections"][0]["paragraphs"][0]["number"] == "2"


def test_former_numbers_are_those_of_the_version_before() -> None:
    old = with_numbers(a_plan(sections=numbered_sections()))
    turned = numbered_sections()
    turned[0]["paragraphs"].reverse()
    turned[0]["paragraphs"].append({"key": "new", "text": "New"})
    assert former_numbers(old, a_plan(sections=turned)) == {"a": "1", "b": "2", "c": "3"}


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2028", "2028-01-01", "2028-12-31"),
        ("2028-H1", "2028-01-01", "2028-06-30"),
        ("2028-H2", "2028-07-01", "2028-12-31"),
        ("2028-Q1", "2028-01-01", "2028-03-31"),
        ("2028-Q4", "2028-10-01", "2028-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2028-02-29", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_date_spans_what_it_names(when: str, first: str, last: str) -> None:
    assert (first_day(when).isoformat(), last_day(when).isoformat()) == (first, last)


@pytest.mark.parametrize("when", ["2027-02-29", "0000", "2027-13", "2027-00", "2027-04-00", "2027-Q5", "27", ""])
def test_a_date_that_names_no_day_is_not_valid(when: str) -> None:
    assert not valid_when(when)


def excepting(*marks: str) -> list[dict[str, Any]]:
    """Reasons why checks, or single rows of them, do not apply."""
    return [{"check": mark, "reason": f"Because of {mark}"} for mark in marks]


def test_the_public_profile_gives_no_reason_for_what_is_left_out() -> None:
    plan = canonical_document(restricted_plan())
    for number, row in enumerate(plan["pillars"][0]["activities"]):
        row["key"] = f"k{number + 1}"
    kept = excepting("C8", "B5:k1:k1", "D5:p:EUR:12.5")
    plan["sections"][-1]["paragraphs"] = [{"key": "p", "text": "EUR 12.5"}]
    plan["plan"]["not_applicable"] = kept + excepting("B5:k1:k2", "B5:k1:gone", "D5:secret-1:EUR:12.5")
    assert public_profile(plan)["plan"]["not_applicable"] == kept
    plan["plan"]["not_applicable"] = excepting("B5:k1:k2")
    assert "not_applicable" not in public_profile(plan)["plan"]
