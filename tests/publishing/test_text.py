"""The plan as plain text: short lines, no markup, numbered paragraphs, and every direction in its place."""

import re
from datetime import date
from typing import Any

import pytest

from nap_builder.plans.profiles import public_profile
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.text import render_text
from tests.publishing.test_document import read
from tests.publishing.test_plan_docx import said

WIDTH = 78
ISOLATES, END, RTL = "\u2066\u2067\u2068", "\u2069", "\u200f"


def text(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> str:
    return render_text(compose(plan, Edition(lang, draft=draft, dated=date(2028, 3, 1), state_name="Talora"))).decode()


def lines(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> list[str]:
    return text(plan, lang, draft=draft).split("\r\n")


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", ["full", "usa-2023"])
def test_no_line_is_longer_than_a_screen_unless_one_word_is(name: str, lang: str) -> None:
    long = [
        line for line in lines(public_profile(read(name)), lang) if len(re.sub("[\u2066-\u2069]", "", line)) > WIDTH
    ]
    assert all(len(line.split()) == 1 for line in long)


def test_a_paragraph_hangs_beside_its_number_with_its_list_below() -> None:
    plan = said("A **bold** [word](https://un.example).\n\n- one\n- two\n  - inner\n\n3. third", "Second.")
    found = lines(plan)
    start = found.index("1     A bold word (https://un.example).")
    assert found[start : start + 9] == [
        "1     A bold word (https://un.example).",
        "",
        "      - one",
        "      - two",
        "        - inner",
        "",
        "      3. third",
        "",
        "2     Second.",
    ]


def test_a_row_of_a_table_is_read_with_the_heads_of_its_columns() -> None:
    found = lines(public_profile(read("full")))
    start = found.index("2.3.1 Create a regional unit of prosecutors")
    assert found[start + 1 : start + 4] == [
        "  Lead: Justice",
        "  When: January 2028 to December 2029",
        "  Cost (EUR m): 1.80",
    ]


def test_a_draft_says_so() -> None:
    assert "DRAFT" in lines(read("full"), draft=True)
    assert "DRAFT" not in lines(read("full"))


def test_in_arabic_every_line_is_marked_and_every_isolate_ends_where_it_began() -> None:
    found = lines(public_profile(read("full")), "ar")
    assert all(line.startswith(RTL) for line in found if line)
    for line in found:
        depth = 0
        for sign in line:
            depth += (sign in ISOLATES) - (sign == END)
            assert depth >= 0
        assert depth == 0


def test_a_code_keeps_its_order_in_arabic() -> None:
    assert any("\u20661.1.1.a\u2069" in line for line in lines(public_profile(read("full")), "ar"))


def test_what_was_typed_as_markup_is_words() -> None:
    assert "<script>alert(1)</script>" in text(said("Before <script>alert(1)</script> after."))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert text(read("full")) == text(read("full"))
