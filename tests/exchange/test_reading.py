"""Bytes nobody vouches for: a plan, or every reason why not."""

import json
import re
import subprocess
import sys
import zlib
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from nap_builder.exchange.fault import MOST_FAULTS, Fault, Faults, Refused, pointer
from nap_builder.exchange.reading import DEEPEST, MOST_VALUES, read_plan
from nap_builder.exchange.shape_faults import shape_faults
from nap_builder.plans.schema import SCHEMA
from tests.builders.plan_documents import (
    DATA,
    a_plan,
    an_activity,
    an_indicator,
    as_bytes,
    shaped,
    stored,
    with_activities,
    with_plan,
)

FIRST = "/pillars/0/activities/0"
SCHEMA_SAYS = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def refused(data: bytes, most_bytes: int = 1_000_000) -> list[Fault]:
    with pytest.raises(Refused) as refusal:
        read_plan(data, most_bytes)
    return refusal.value.faults


def places(document: object) -> list[str]:
    return [fault.place for fault in refused(as_bytes(document))]


def message(document: object) -> str:
    (fault,) = refused(as_bytes(document))
    return fault.message


@pytest.mark.parametrize("name", ["full.json", "usa-2023.json"])
def test_a_real_plan_is_read_as_it_was_written(name: str) -> None:
    assert read_plan((DATA / name).read_bytes()) == stored(name)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_plan(b"\xef\xbb\xbf" + as_bytes(a_plan())) == a_plan()


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    edition = read_plan(as_bytes(with_plan(edition=2.0)))["plan"]["edition"]
    assert (edition, type(edition)) == (2, int)


NOT_PLANS = {
    "nothing": b"",
    "utf-16": json.dumps(a_plan()).encode("utf-16"),
    "utf-16 without a mark": json.dumps(a_plan()).encode("utf-16-le"),
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a zip": b"PK\x03\x04\x14\x00" + zlib.compress(b"0" * 100_000),
    "words": b"National Action Plan",
    "html": b"<!doctype html><title>x</title>",
    "half a file": as_bytes(a_plan())[:300],
    "two documents": as_bytes(a_plan()) * 2,
    "a raw control character": b'{"format": "nap-plan/1\x01"}',
    "nought bytes": b"\x00" * 100,
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999999999",
    "not a number": b"NaN",
    "an object": b"{}",
    "half a sign": b'"\\ud800"',
}


@pytest.mark.parametrize("data", NOT_PLANS.values(), ids=NOT_PLANS.keys())
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    assert refused(data)


def test_broken_json_is_told_with_its_line() -> None:
    (fault,) = refused(b'{\n "format": "nap-plan/1",\n oops')
    assert "line 3" in str(fault)


def test_a_file_larger_than_allowed_is_refused_without_reading() -> None:
    (fault,) = refused(as_bytes(a_plan()), most_bytes=100)
    assert "larger" in fault.message


def test_one_emoji_does_not_double_the_memory_a_file_takes() -> None:
    (fault,) = refused(("😀" + "a" * 600_000).encode())
    assert "larger" in fault.message


def test_nesting_just_too_deep_is_refused() -> None:
    (fault,) = refused(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))
    assert str(DEEPEST) in fault.message


def test_brackets_and_commas_within_a_text_are_text() -> None:
    words = '[{"' * 200 + "," * MOST_VALUES
    assert read_plan(as_bytes(with_activities(an_activity(description=words[:90_000]))))


def test_a_member_that_stands_twice_is_a_fault_at_its_place() -> None:
    data = as_bytes(a_plan()).replace(b'"slug": "talora"', b'"slug": "other", "slug": "talora"')
    assert [fault.place for fault in refused(data)] == ["/plan/slug"]


@pytest.mark.parametrize(
    "number", [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"2.5", b"9" * 5000, b"-" + b"9" * 5000]
)
def test_a_number_out_of_all_bounds_is_a_fault_at_its_place(number: bytes) -> None:
    data = as_bytes(with_plan(edition=77)).replace(b"77", number)
    assert [fault.place for fault in refused(data)] == ["/plan/edition"]


@pytest.mark.parametrize("text", ["\\ud83d", "\\u0000", "\\u001b[31m", "\\uffff"])
def test_a_text_with_what_is_no_text_is_a_fault(text: str) -> None:
    data = as_bytes(with_plan(title="NAME")).replace(b"NAME", text.encode())
    assert {fault.place for fault in refused(data)} == {"/plan/title"}


def test_control_characters_are_refused_where_the_schema_has_no_pattern() -> None:
    document = with_plan(not_applicable=[{"check": "A\u0000", "reason": "x"}])
    assert places(document) == ["/plan/not_applicable/0/check"]


def test_an_unknown_member_is_named_by_its_pointer() -> None:
    assert places(with_plan(**{"a/b~c": 1})) == ["/plan/a~1b~0c"]


def test_a_fault_is_one_line_whatever_the_file_says() -> None:
    (fault,) = refused(as_bytes(with_plan(**{"x\n/plan: fine\u202e" + "y" * 10_000: 1})))
    assert re.fullmatch(r"/plan/x\\u000a~1plan: fine\\u202ey+…: [a-zA-Z0-9/ -]+", str(fault))


def test_a_fault_of_the_whole_file_stands_at_the_root() -> None:
    assert str(Fault("", "Too large.")) == "/: Too large."


def test_a_pointer_escapes_as_rfc_6901_says() -> None:
    assert pointer(("a/b", 0, "m~n")) == "/a~1b/0/m~0n"


@pytest.mark.parametrize("amount", ["-5", "1" * 16, "1,000", "1e6", "01", "", "1.23456", "\u0661"])
def test_money_is_a_plain_decimal(amount: str) -> None:
    assert places(with_activities(an_activity(budget=[{"amount": amount}]))) == [FIRST + "/budget/0/amount"]


def test_wrong_types_are_told_in_plain_words() -> None:
    assert message(with_plan(title=["x"])) == "must be a text, or an object with one text for each language"


def test_a_choice_lists_what_may_be_chosen() -> None:
    assert message(with_plan(level="planet")) == "must be one of: national, local, regional, sectoral"


def test_a_missing_member_is_named() -> None:
    document = a_plan()
    del document["plan"]["country"]
    assert message(document) == "country is missing"


@pytest.mark.parametrize("day", ["2027-02-30", "2027-2-3", "20270203", "2027-W01-1"])
def test_a_date_must_be_a_day_that_exists(day: str) -> None:
    assert places(with_plan(starts=day)) == ["/plan/starts"]


def test_all_kinds_of_faults_are_listed_at_once() -> None:
    document = with_activities(an_activity(lead="NAVY", starts="2028", ends="2027"), an_activity(colour="red"))
    document["plan"]["title"] = ""
    assert set(places(document)) == {
        "/plan/title",
        "/pillars/0/activities/1/colour",
        FIRST + "/lead",
        FIRST + "/ends",
        "/pillars/0/activities/1/code",
    }


def test_faults_beyond_what_a_person_reads_are_counted() -> None:
    faults = refused(as_bytes(with_activities(*(an_activity(str(n), lead="X") for n in range(MOST_FAULTS + 7)))))
    assert (len(faults), str(faults[-1])) == (MOST_FAULTS + 1, "/: 7 more faults.")


def test_html_in_a_text_is_text() -> None:
    typed = "<script>alert(1)</script>"
    assert read_plan(as_bytes(with_plan(title=typed)))["plan"]["title"] == typed


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_plan(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["2027-13", "en"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def somewhere(document: Any, random: Random) -> tuple[Any, Any]:
    """A container within a document and one of its steps, by chance."""
    found = []

    def look(value: Any) -> None:
        steps = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        for step in steps:
            found.append((value, step))
            look(value[step])

    look(document)
    return random.choice(found)


def bent(seed: int, junk: Any) -> dict[str, Any]:
    """The full plan with something replaced, removed, added or moved."""
    random, document = Random(seed), stored("full.json")
    holder, step = somewhere(document, random)
    match random.randrange(4):
        case 0:
            holder[step] = junk
        case 1:
            del holder[step]
        case 2:
            other, there = somewhere(stored("full.json"), random)
            holder[step] = other[there]
        case _ if isinstance(holder, dict):
            holder[random.choice(["restricted", "value", "numerator", "missing", "low", "body", "fr", "x"])] = junk
        case _:
            holder.append(junk)
    return document


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), JSON)
def test_a_bent_plan_is_read_or_refused(seed: int, junk: Any) -> None:
    with suppress(Refused):
        assert read_plan(json.dumps(bent(seed, junk)).encode())


CALM = st.sampled_from(
    [None, True, 0, 3, -1, 2.0, 1.5, "", "x", "12", "0.0", "2027", "en", [], {}, ["x"], [1], {"en": "x"}]
)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), CALM)
def test_the_verdict_on_a_shape_is_that_of_jsonschema(seed: int, junk: Any) -> None:
    document = bent(seed, junk)
    faults = Faults()
    shape_faults(document, faults)
    assert bool(faults) is not SCHEMA_SAYS.is_valid(document), faults.listed()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_verdict_on_a_wild_plan_is_that_of_jsonschema(seed: int) -> None:
    document = shaped(Random(seed))
    faults = Faults()
    shape_faults(document, faults)
    assert bool(faults) is not SCHEMA_SAYS.is_valid(document), faults.listed()


@pytest.mark.parametrize(
    "figure",
    [
        {},
        {"value": "1", "numerator": "1"},
        {"numerator": "1", "denominator": "2"},
        {"value": "1", "cells": [{"of": {"sex": "w"}}]},
        {"value": "1", "cells": [{"of": {"sex": "w"}, "value": "1", "missing": "suppressed"}]},
        {"value": "1", "cells": [{"of": {"Sex": "w"}, "value": "1"}]},
        {"value": "1", "cells": [{"of": {"sex": "w"}, "value": "1"}] * 2},
        {"value": "-0.00"},
        {"text": {"en": "few"}},
    ],
)
def test_the_verdict_on_a_figure_is_that_of_jsonschema(figure: dict[str, Any]) -> None:
    document = with_activities(an_activity(indicators=[an_indicator(baseline=figure)]))
    faults = Faults()
    shape_faults(document, faults)
    assert bool(faults) is not SCHEMA_SAYS.is_valid(document)


HOSTILE = {
    "nested lists": 'b"[" * 10_000_000',
    "nested objects": "b'{\"a\":' * 2_000_000",
    "quotation marks": "b'\"' * 10_000_000",
    "an unclosed text": "b'[\"' + b'\\\\\"[' * 3_000_000",
    "many members": "b'{' + b','.join(b'\"%d\":1' % n for n in range(590_000)) + b'}'",
    "many doubled members": "b'{' + b','.join(b'\"%d\":1' % (n // 2) for n in range(590_000)) + b'}'",
    "many faults": 'b\'{"format":"nap-plan/1","pillars":[\' + b\'{"a":1},\' * 290_000 + b\'{}]}\'',
    "a wide text": "b'[\"' + bytes.fromhex('f09f9880') + b'a' * 24_000_000 + b'\"]'",
    "wide texts": "b'[' + (b'\"' + bytes.fromhex('f09f9880') + b'a' * 9_000 + b'\",') * 1_380 + b'0]'",
    "a long number": "b'[' + b'1' * 10_000_000 + b']'",
}
MEASURED = """
import re, sys
from pathlib import Path
from nap_builder.exchange.reading import Refused, read_plan
data = {data}
try:
    read_plan(data)
except Refused as refusal:
    peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
    print(len(refusal.faults), int(peak[1]) // 1024)
"""


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_300_mb(data: str) -> None:
    program = [sys.executable, "-c", MEASURED.format(data=data)]
    answer = subprocess.run(program, capture_output=True, text=True, check=True, timeout=60)
    faults, megabytes = map(int, answer.stdout.split())
    assert 0 < faults <= MOST_FAULTS + 1
    assert megabytes < 300


def test_5000_activities_are_read() -> None:
    figures = {"value": "10", "cells": [{"of": {"sex": "women"}, "value": "4"}, {"of": {"sex": "men"}, "value": "5"}]}
    rows = [
        an_activity(
            f"A{n}",
            description={"en": "Words " * 60, "fr": "Mots " * 60},
            supporting=["MOD"],
            starts="2027-Q1",
            ends="2029",
            budget=[{"amount": "1000.50", "year": year} for year in (2027, 2028, 2029)],
            indicators=[an_indicator(f"I{n}", baseline=figures, targets=[{"value": "20", "by": "2029"}])],
        )
        for n in range(5000)
    ]
    data = as_bytes(with_activities(*rows))
    assert len(read_plan(data)["pillars"][0]["activities"]) == 5000
