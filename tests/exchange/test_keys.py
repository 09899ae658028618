"""Keys for hand-made rows, and paragraphs for section bodies."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from nap_builder.exchange.blocks import Block, blocks
from nap_builder.exchange.faults import check
from nap_builder.exchange.keys import with_keys
from nap_builder.plans.schema import objects
from tests.builders.plan_documents import a_plan, an_activity, stored, with_activities

NAMES = uuid5(NAMESPACE_URL, "nap-plan:talora")


def bodied(body: Any) -> list[dict[str, Any]]:
    """The paragraphs made of a section's body."""
    section = with_keys(a_plan(sections=[{"key": "why", "title": "Why", "body": body}]))["sections"][0]
    assert "body" not in section
    paragraphs: list[dict[str, Any]] = section["paragraphs"]
    return paragraphs


def test_a_row_without_a_key_gets_that_of_its_kind_and_code() -> None:
    row = with_keys(a_plan())["pillars"][0]["activities"][0]
    assert row["key"] == str(uuid5(NAMES, "activity:1.1"))


def test_a_row_without_a_code_gets_the_key_of_its_position() -> None:
    keyed = with_keys(a_plan(risks=[{"title": "War"}, {"title": "No money"}]))
    assert keyed["risks"][1]["key"] == str(uuid5(NAMES, "risk:talora:2"))


def test_a_key_that_is_there_stays() -> None:
    assert with_keys(with_activities(an_activity(key="mine")))["pillars"][0]["activities"][0]["key"] == "mine"


def test_the_same_file_twice_gets_the_same_keys() -> None:
    assert with_keys(stored("usa-2023.json")) == with_keys(stored("usa-2023.json"))


def test_keys_are_only_given_once() -> None:
    once = with_keys(stored("usa-2023.json"))
    assert with_keys(once) == once


def test_a_key_taken_by_a_row_that_was_renamed_is_not_given_again() -> None:
    renamed = an_activity("2.2", key=str(uuid5(NAMES, "activity:1.1")))
    assert check(with_keys(with_activities(renamed, an_activity("1.1")))) == []


@pytest.mark.parametrize("name", ["usa-2023.json", "full.json"])
def test_afterwards_every_row_has_a_key_and_no_rule_is_broken(name: str) -> None:
    keyed = with_keys(stored(name))
    bare = [node.place for node in objects(keyed) if "key" in node.shape.members and "key" not in node.value]
    assert (bare, check(keyed)) == ([], [])


def test_the_document_given_is_not_changed() -> None:
    document = stored("usa-2023.json")
    with_keys(document)
    assert document == stored("usa-2023.json")


def test_a_body_becomes_paragraphs_with_keys_of_their_position() -> None:
    first, second = bodied("One.\nStill one.\r\n\r\nTwo.")
    assert (first["text"], second["text"]) == ("One.\nStill one.", "Two.")
    assert second["key"] == str(uuid5(NAMES, "paragraph:why:2"))


def test_languages_are_set_side_by_side_by_position() -> None:
    texts = [part["text"] for part in bodied({"en": "# A\n\nOne.\n\nTwo.", "fr": "# B\n\nUn."})]
    assert texts == [{"en": "A", "fr": "B"}, {"en": "One.", "fr": "Un."}, {"en": "Two."}]


def test_headings_and_tables_keep_their_kind() -> None:
    kinds = [part.get("kind", "paragraph") for part in bodied("## Figures\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nText.")]
    assert kinds == ["heading", "table", "paragraph"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# Title #\nText", [Block("heading", "Title"), Block("paragraph", "Text")]),
        ("Title\n=====\n\nText", [Block("heading", "Title"), Block("paragraph", "Text")]),
        ("#1325 is a number", [Block("paragraph", "#1325 is a number")]),
        ("C\n\n---\n\nD", [Block("paragraph", "C"), Block("paragraph", "---"), Block("paragraph", "D")]),
        ("#", [Block("paragraph", "#")]),
        ("# C#", [Block("heading", "C#")]),
        ("a | b\n1 | 2", [Block("paragraph", "a | b\n1 | 2")]),
        ("- one\n\n- two", [Block("paragraph", "- one"), Block("paragraph", "- two")]),
        ("```\na\n\n# b\n```\n\nc", [Block("paragraph", "```\na\n\n# b\n```"), Block("paragraph", "c")]),
        ("\n\n \n x\n\n", [Block("paragraph", " x")]),
    ],
)
def test_blocks_are_parted_as_commonmark_parts_them(body: str, expected: list[Block]) -> None:
    assert blocks(body) == expected


@pytest.mark.parametrize("unit", ["# ", "#", "-|", "a|b\n-", "```\n", "x\n", "\n", " #", "|"])
def test_no_block_is_empty_however_odd_the_body(unit: str) -> None:
    assert all(block.text.strip() for block in blocks(unit * 20_000))


def test_a_long_gap_in_a_heading_or_divider_takes_no_time() -> None:
    assert len(blocks("# x" + " " * 90_000 + "x\n\na|b\n-" + " " * 90_000 + "x")) == 2
