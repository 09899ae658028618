"""What a point says, which of two records stands, and values over periods as one figure."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_builder.monitoring.progress.shapes import Measure, Reported
from nap_builder.monitoring.progress.totals import NO_ARITHMETIC, NO_DENOMINATOR, NO_VALUE, OVERLAP, course_of, total_of
from nap_builder.monitoring.progress.values import series_of, value_of
from tests.monitoring.made import at, figure, measure, series

WHOLE = st.integers(min_value=0, max_value=10**6)
FRACTIONS = st.lists(st.tuples(WHOLE, st.integers(min_value=1, max_value=10**6)), min_size=1, max_size=8)
NUMBERS = st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=4), min_size=1, max_size=8)


def years(values):
    return [at(2020 + place, value) for place, value in enumerate(values)]


def fractions(pairs):
    return [f"{part}/{whole}" for part, whole in pairs]


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("percent", "8/20", "40"),
        ("percent", "17.3", "17.3"),
        ("percent", "3/0", None),
        ("ratio", "1/8", "0.125"),
        ("number", "12", "12"),
        ("sites_meeting", "20/25", "80"),
        ("sites_meeting", "20", None),
        ("qualitative", "3", None),
        ("yes_no", "1", "1"),
    ],
)
def test_a_point_says_a_number_by_its_kind(kind, said, value):
    assert value_of(Measure(kind=kind), figure(said)) == (None if value is None else Decimal(value))


def test_numerator_and_denominator_rule_over_the_value_beside_them():
    both = Reported(date(2027, 12, 31), Decimal(33), Decimal(1), Decimal(4))
    assert value_of(Measure(kind="percent"), both) == 25


def test_sites_are_numbers_where_the_plan_names_them_by_number():
    by_number = measure((10, "2026"), (22, "2030"), kind="sites_meeting")
    assert value_of(by_number, at(2027, "12/26")) == 12
    assert value_of(by_number, at(2027, "12")) == 12


def test_a_correction_stands_in_and_the_old_stays_readable():
    (found,) = series_of([at(2027, 10), at(2028, 12, position=1), at(2027, 11, position=2, corrects=True)])
    assert [point.value for point in found.points] == [11, 12]
    assert [was.value for was in found.entries[0].was] == [10]


def test_a_correction_of_a_correction_keeps_both():
    one = [at(2027, 10 + place, position=place, corrects=place > 0) for place in range(3)]
    (found,) = series_of(one)
    assert [was.value for was in found.entries[0].was] == [10, 11]


def test_a_correction_stays_in_its_series():
    found = series_of([at(2027, 7, series="seed"), at(2027, 8, series="elsie", corrects=True, position=1)])
    assert [(one.name, one.points[0].value) for one in found] == [("elsie", 8), ("seed", 7)]


def test_a_gap_is_no_nought():
    total = total_of(Measure(total="average"), [at(2027, 10), at(2028, missing="not_collected"), at(2029, 20)])
    assert (total.value, total.periods, total.gaps) == (15, 2, 1)
    assert "1 period" in total.sentence


@pytest.mark.parametrize(("way", "value"), [("sum", "60"), ("last", "30"), ("average", "20")])
def test_plain_numbers_become_one_in_the_way_the_indicator_says(way, value):
    assert total_of(Measure(total=way), years([10, 20, 30])).value == Decimal(value)


def test_percentages_without_their_parts_have_no_sum():
    total = total_of(Measure(kind="percent", total="sum"), years([40, 50]))
    assert (total.value, total.reason) == (None, NO_DENOMINATOR)
    assert "a share needs the numerator" in total.sentence


def test_one_percentage_without_its_parts_is_enough_to_have_no_sum():
    assert total_of(Measure(kind="percent", total="sum"), years(["1/2", 50])).value is None


def test_percentages_without_their_parts_are_averaged_as_they_stand():
    assert total_of(Measure(kind="percent", total="average"), years([40, 50])).value == 45


def test_periods_that_overlap_are_not_counted_twice():
    whole, quarter = at(2027, 100, starts=date(2027, 1, 1)), at(date(2027, 3, 31), 30, starts=date(2027, 1, 1))
    assert total_of(Measure(total="sum"), [quarter, whole]).reason == OVERLAP


@pytest.mark.parametrize(
    ("kind", "points", "reason"),
    [("number", [], NO_VALUE), ("index", [at(2027, 3)], NO_ARITHMETIC), ("qualitative", [at(2027, 3)], NO_ARITHMETIC)],
)
def test_where_there_is_no_sum_it_says_why(kind, points, reason):
    total = total_of(Measure(kind=kind, total="sum"), points)
    assert (total.value, total.reason) == (None, reason)
    assert total.sentence


@given(FRACTIONS, st.sampled_from(["sum", "average"]))
def test_a_share_over_periods_is_that_of_the_sums(pairs, way):
    total = total_of(Measure(kind="percent", total=way), years(fractions(pairs)))
    exactly = Fraction(100 * sum(part for part, _ in pairs), sum(whole for _, whole in pairs))
    assert abs(Fraction(total.value) - exactly) < Fraction(1, 10**90)


@given(NUMBERS)
def test_a_sum_is_exact_and_an_average_lies_within(values):
    assert Fraction(total_of(Measure(total="sum"), years(values)).value) == sum(Fraction(value) for value in values)
    assert min(values) <= total_of(Measure(total="average"), years(values)).value <= max(values)


def test_what_comes_together_stands_on_the_baseline():
    trained = measure((100, "2026"), (400, "2030"), total="sum")
    course = course_of(trained, series(at(2026, 100), at(2027, 50), at(2028, missing="not_collected"), at(2029, 70)))
    assert [(turn.day.year, turn.value) for turn in course] == [(2027, 150), (2029, 220)]


def test_a_share_is_not_put_on_top_of_the_baseline():
    share = measure(("10", "2026"), ("50", "2030"), kind="percent", total="sum")
    assert [turn.value for turn in course_of(share, series(at(2027, "1/4"), at(2028, "3/4")))] == [25, 50]
