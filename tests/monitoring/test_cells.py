"""Figures broken down: faults, tables, the share of women, who is not counted."""

from decimal import Decimal

import pytest

from nap_builder.monitoring.progress.cells import (
    ABOVE,
    NEGATIVE,
    TWICE,
    cell_faults,
    crossed,
    parts_by,
    uncounted,
    womens_share,
)
from nap_builder.monitoring.progress.shapes import Measure
from tests.monitoring.made import at, cell

GENERALS = (
    cell(8, sex="women", rank="generals"),
    cell(120, sex="men", rank="generals"),
    cell(30, sex="women", rank="colonels"),
    cell(70, sex="men", rank="colonels"),
)


def faults(value, *cells, **said):
    return [(fault.code, fault.of) for fault in cell_faults(Measure(**said), at(2027, value, cells=cells))]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([cell(4, sex="women"), cell(6, sex="men")], []),
        ([cell(4, sex="women"), cell(7, sex="men")], [(ABOVE, ("sex",))]),
        ([cell(-1, sex="women"), cell(6, sex="men")], [(NEGATIVE, ("sex",))]),
        ([cell(2, sex="women"), cell(2, sex="women")], [(TWICE, ("sex",))]),
        ([cell(2, sex="women", age="old"), cell(9, age="old", sex="men")], [(ABOVE, ("age", "sex"))]),
        ([cell(9, sex="women"), cell(9, region="north")], []),
        ([cell("suppressed", sex="women"), cell(11, sex="men")], [(ABOVE, ("sex",))]),
    ],
)
def test_what_is_wrong_with_the_parts(cells, found):
    assert faults(10, *cells) == found


def test_parts_of_a_percentage_need_not_fit_into_it():
    assert faults(40, cell(55, sex="women"), cell(35, sex="men"), kind="percent") == []


def test_parts_above_the_whole_are_said_with_both_figures():
    (fault,) = cell_faults(Measure(), at(2027, 10, cells=(cell(11, sex="men"),)))
    assert "11" in fault.sentence
    assert "10" in fault.sentence


def test_two_dimensions_are_laid_out_as_a_table():
    table = crossed(GENERALS, "rank", "sex")
    assert (table.rows, table.columns) == (("generals", "colonels"), ("women", "men"))
    assert (table.of_row("generals"), table.of_column("women")) == (128, 38)
    assert table.women_of("generals").percent == Decimal("6.25")
    assert crossed(GENERALS, "rank", "age") is None


def test_a_sum_that_lacks_a_part_is_not_known():
    table = crossed((*GENERALS[:3], cell("not_collected", sex="men", rank="colonels")), "rank", "sex")
    assert (table.of_row("colonels"), table.of_row("generals")) == (None, 128)
    assert table.women_of("colonels") is None


def test_one_dimension_is_added_up_from_a_table_of_two():
    assert {name: part.value for name, part in parts_by(GENERALS, "sex").items()} == {"women": 38, "men": 190}
    assert parts_by(GENERALS, "region") == {}


@pytest.mark.parametrize(
    ("cells", "percent"),
    [
        ([cell(1, sex="women"), cell(3, sex="men")], "25"),
        ([cell(1, sex="women"), cell(1, sex="girls"), cell(2, sex="men"), cell(0, sex="boys")], "50"),
        ([cell(1, sex="women"), cell(3, sex="not_said")], "25"),
        ([cell("suppressed", sex="women"), cell(3, sex="men")], None),
        ([cell(1, sex="women")], None),
        ([cell(0, sex="women"), cell(0, sex="men")], None),
        ([cell(1, region="north")], None),
    ],
)
def test_the_share_of_women(cells, percent):
    found = womens_share(cells)
    assert (found and found.percent) == (None if percent is None else Decimal(percent))


def test_who_is_not_counted_is_said():
    found = uncounted(
        Measure(disaggregation=("sex", "disability")),
        at(2027, 5, cells=(cell(3, sex="women"), cell("not_collected", sex="men"))),
    )
    assert found.dimensions == ("disability",)
    assert [part.of for part in found.parts] == [{"sex": "men"}]
    assert not uncounted(Measure(), at(2027, 5))
