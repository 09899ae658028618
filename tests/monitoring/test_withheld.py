"""Parts that protect people, and where a series goes."""

from decimal import Decimal

import pytest

from nap_builder.monitoring.progress.trend import BETTER, SAME, UNKNOWN, WORSE, trend_of
from nap_builder.monitoring.progress.withheld import withheld
from tests.monitoring.made import at, cell, measure, series


def hidden(*cells):
    """The categories of the parts that are kept back."""
    return [" ".join(one.of.values()) for one in withheld(cells) if one.missing == "suppressed"]


def test_where_nothing_is_kept_back_nothing_more_is():
    assert hidden(cell(4, sex="women"), cell(16, sex="men")) == []


def test_the_smallest_other_part_is_kept_back_with_a_single_one():
    parts = [cell("suppressed", region="A"), cell(30, region="B"), cell(7, region="C")]

    assert hidden(*parts) == ["A", "C"]


def test_two_parts_protect_each_other():
    parts = [cell("suppressed", region="A"), cell("suppressed", region="B"), cell(7, region="C")]

    assert hidden(*parts) == ["A", "B"]


def test_a_part_that_is_unknown_protects_as_well():
    parts = [cell("suppressed", region="A"), cell("not_collected", region="B"), cell(7, region="C")]

    assert hidden(*parts) == ["A"]


def test_a_line_whose_sum_stands_elsewhere_tells_nothing():
    by_sex = [cell(10, sex="women"), cell(20, sex="men")]
    crossed = [
        cell("suppressed", rank="officer", sex="women"),
        cell(5, rank="officer", sex="men"),
        cell(9, rank="soldier", sex="women"),
        cell(15, rank="soldier", sex="men"),
    ]

    found = hidden(*by_sex, *crossed)

    assert "officer women" in found
    assert "soldier women" in found
    assert not [line for line in ("women", "men") if sum(one.endswith(f" {line}") for one in found) == 1]


def test_every_other_part_stays_as_it_is():
    parts = [cell("suppressed", region="A"), cell(30, region="B"), cell(7, region="C")]

    assert withheld(parts)[1].value == Decimal(30)


@pytest.mark.parametrize(
    ("direction", "values", "name"),
    [
        ("increase", (3, 5), BETTER),
        ("increase", (5, 3), WORSE),
        ("decrease", (5, 3), BETTER),
        ("increase", (5, 5), SAME),
        ("maintain", (9, 10), BETTER),
        ("maintain", (10, 12), WORSE),
        ("increase", (5,), UNKNOWN),
    ],
)
def test_a_trend_is_judged_by_where_it_should_go(direction, values, name):
    told = series(*(at(2023 + place, value) for place, value in enumerate(values)))

    assert trend_of(measure((8, "2022"), (10, "2027"), direction=direction), told).name == name


def test_a_trend_looks_over_gaps():
    assert trend_of(measure(), series(at(2023, 3), at(2024, missing="not_collected"), at(2025, 5))).name == BETTER


def test_the_trend_of_a_sum_speaks_of_what_was_added():
    told = trend_of(measure(total="sum"), series(at(2023, 5), at(2024, 3)))
    assert told.words == "Less was added than in the period before"
