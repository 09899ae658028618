"""Abbreviations as lines."""

import pytest

from nap_builder.kernel.errors import BadInput
from nap_builder.plans.services.abbreviations import as_lines, from_lines

ROWS = [
    {"short": {"en": "NAP", "fr": "PAN"}, "long": {"en": "National Action Plan", "fr": "Plan d'action national"}},
    {"short": {"fr": "ONU"}, "long": {"fr": "Organisation des Nations Unies"}},
    {"short": {"en": "GBV"}, "long": {"en": "Gender-based violence"}},
]


def test_lines_say_the_same_as_the_rows():
    lines = as_lines(ROWS, "en")
    assert lines == {
        "en": "NAP = National Action Plan\n\nGBV = Gender-based violence",
        "fr": "PAN = Plan d'action national\nONU = Organisation des Nations Unies",
    }
    assert from_lines(lines) == ROWS


def test_plain_strings_are_in_the_first_language():
    assert as_lines([{"short": "NAP", "long": "National Action Plan"}], "en") == {"en": "NAP = National Action Plan"}


def test_nothing_is_nothing():
    assert as_lines([], "en") is None
    assert from_lines(None) == []
    assert from_lines({"en": "\n\n"}) == []


@pytest.mark.parametrize("line", ["NAP", "NAP =", "= National Action Plan", "NAP: a plan"])
def test_a_line_without_both_sides_is_refused(line):
    with pytest.raises(BadInput):
        from_lines({"en": line})
