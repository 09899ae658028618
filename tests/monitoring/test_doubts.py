"""What is worth a second look, and what is not."""

from decimal import Decimal

import pytest

from nap_builder.monitoring.progress import doubts as rules
from nap_builder.monitoring.progress.doubts import doubts_of, doubts_of_point, jump_between
from nap_builder.monitoring.progress.shapes import Measure
from nap_builder.monitoring.progress.thresholds import Thresholds
from tests.monitoring.made import at, cell, series


def doubted(*points, limits=None, **said):
    return [doubt.code for doubt in doubts_of(Measure(**said), series(*points), limits or Thresholds())]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(100, 126, 26), (100, 125, None), (100, 74, -26), (-10, -20, -100), (0, 5, 100), (0, 0, None)],
)
def test_a_jump_is_measured_against_the_value_before(before, after, change):
    assert jump_between(Decimal(before), Decimal(after)) == change


def test_a_jump_is_found_across_a_gap_and_said_with_both_values():
    points = series(at(2026, 100), at(2027, missing="not_available"), at(2028, 140))
    (doubt,) = doubts_of(Measure(), points)
    assert (doubt.code, doubt.ends.year) == (rules.JUMP, 2028)
    assert "from 100 to 140" in doubt.sentence


def test_the_size_of_a_jump_can_be_set():
    assert doubted(at(2026, 100), at(2027, 130), limits=Thresholds(jump=Decimal(50))) == []


@pytest.mark.parametrize(
    ("said", "points", "code"),
    [
        ({}, [at(2026, 412), at(2027, 412), at(2028, 412)], rules.SAME),
        ({}, [at(2022, 5, source={"en": "Survey of July 2014"})], rules.OLD_SOURCE),
        ({"counts": "people"}, [at(2026, 412)], rules.NO_SEX),
        ({}, [at(2026, 9999)], rules.TEST_ROW),
        ({}, [at(2026, 123456)], rules.TEST_ROW),
        ({}, [at(2026, 5, note={"en": "This is a test"})], rules.TEST_ROW),
        ({}, [at(2026, 10, cells=(cell(4, sex="women"), cell(5, sex="men")))], rules.DISAGREE),
        ({}, [at(2026, 10, cells=(cell(12, sex="women"),))], rules.WOMEN_ABOVE),
        ({"kind": "percent"}, [at(2026, "8/20")], None),
        ({}, [at(2026, 412), at(2027, 412)], None),
        ({}, [at(2026, 0), at(2027, 0), at(2028, 0)], None),
        ({"kind": "yes_no"}, [at(2026, 1), at(2027, 1), at(2028, 1)], None),
        ({}, [at(2017, 5, source={"en": "Survey of 2014"})], None),
        ({}, [at(2026, 5, source={"en": "Table 2014-A, revised in 2025"})], None),
        ({"counts": "people", "no_sex_reason": {"en": "Nobody asks"}}, [at(2026, 412)], None),
        ({"counts": "women_and_girls"}, [at(2026, 412)], None),
        ({}, [at(2026, 412, note={"en": "Tested on 12 women"})], None),
        ({}, [at(2026, 1000)], None),
        ({}, [at(2026, 10, cells=(cell(4, sex="women"), cell("suppressed", sex="men")))], None),
        ({}, [at(2026, 10, cells=(cell(4, region="north"),))], None),
    ],
)
def test_each_doubt_is_found_alone(english, said, points, code):
    found = doubts_of(Measure(**said), series(*points))
    assert (code in [doubt.code for doubt in found]) if code else found == []
    assert all(doubt.sentence for doubt in found)


def test_one_two_three_is_what_fingers_type():
    assert rules.TEST_ROW in doubted(at(2026, 1), at(2027, 2), at(2028, 3))


def test_a_percentage_that_its_parts_do_not_make_is_doubted():
    both = at(2026, "8/20")
    wrong = type(both)(both.ends, Decimal(45), both.numerator, both.denominator)
    right = type(both)(both.ends, Decimal("40.01"), both.numerator, both.denominator)
    assert doubted(wrong, kind="percent") == [rules.FRACTION]
    assert doubted(right, kind="percent") == []


def test_the_doubts_about_one_period_leave_the_others_out():
    points = series(at(2026, 100), at(2027, 200), at(2028, 9999))
    assert {one.ends.year for one in doubts_of_point(Measure(), points, points.points[2])} == {2028}


@pytest.mark.parametrize(
    ("values", "jumps"), [((4, 5, 7, 9), 0), ((4, 5, 7, 30), 1), ((0, 5), 0), ((100, 102, 103, 160), 1)]
)
def test_steady_growth_of_small_counts_is_no_jump(values, jumps):
    points = [at(2024 + place, value) for place, value in enumerate(values)]
    assert doubted(*points).count(rules.JUMP) == jumps
