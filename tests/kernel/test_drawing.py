"""The geometry of bars, lines and timelines."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nap_builder
from nap_builder.kernel.bar_charts import BySex, Timeline, sex_chart
from nap_builder.kernel.charts import HEIGHT, SERIES, WIDTH, Line, Spot, line_chart
from nap_builder.kernel.drawing import BAR_WIDTH, LOOKS, filled, segment_fills

STYLE = (Path(nap_builder.__file__).parent / "static" / "css" / "app.css").read_text()
VALUES = st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=3), min_size=1, max_size=8)


def places(d):
    """The corners of a path of lines."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", d)]


def year(number, value=None, **more):
    return Spot(date(number, 12, 31), None if value is None else Decimal(value), **more)


def runs(chart, colour=SERIES[0][0]):
    return [stroke.d for stroke in chart.strokes if stroke.stroke == colour and stroke.fill == "none"]


def marks(chart, colour=SERIES[0][0]):
    return [places(stroke.d)[0] for stroke in chart.strokes if stroke.stroke == colour and stroke.fill != "none"]


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=9))
def test_parts_stay_within_their_bar_and_none_is_unseen(counts):
    parts = [{"kind": kind, "count": count} for kind, count in zip(LOOKS, counts, strict=False)]
    fills = segment_fills(parts)
    assert bool(fills) == any(counts)
    corners = [x for fill in fills for x, _y in places(fill.d)]
    assert all(-0.01 <= x <= BAR_WIDTH + 4.01 for x in corners)


def test_parts_are_as_wide_as_they_are_many():
    first, second = segment_fills([{"kind": "done", "count": 1}, {"kind": "ok", "count": 3}])
    assert [places(fill.d)[0][0] for fill in (first, second)] == [0, 250]
    assert places(second.d)[1][0] == BAR_WIDTH


@pytest.mark.parametrize("kind", LOOKS)
def test_a_pattern_stays_within_its_part(kind):
    for fill in filled(kind, 100, 137, 24):
        assert all(99.99 <= x <= 137.01 and -0.01 <= y <= 24.01 for x, y in places(fill.d))


def test_two_statuses_never_look_the_same():
    shown = [(look.ground, look.edge, look.pattern) for look in LOOKS.values()]
    assert len(set(shown)) == len(shown)


@given(VALUES)
def test_every_value_lies_in_the_drawing(values):
    spots = tuple(year(2020 + place, value) for place, value in enumerate(values))
    found = marks(line_chart([Line("a", spots)]))
    assert len(found) == len(values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
    higher = sorted(range(len(values)), key=lambda place: values[place])
    assert [found[place][1] for place in higher] == sorted((y for _x, y in found), reverse=True)


@given(VALUES)
def test_the_words_of_the_upright_axis_hold_the_values_and_are_few(values):
    said = []
    spots = tuple(year(2020 + place, value) for place, value in enumerate(values))
    line_chart([Line("a", spots)], say=lambda value: said.append(value) or "")
    ticks = sorted(set(said) - set(values)) or said
    assert min(said) <= min(values)
    assert max(said) >= max(values)
    assert len(ticks) <= 7


def test_a_gap_interrupts_the_line():
    chart = line_chart([Line("a", (year(2026, 1), year(2027, 2), year(2028), year(2029, 4), year(2030, 5)))])
    assert "".join(runs(chart)).count("M") == 2
    assert len(marks(chart)) == 4


def test_series_are_never_joined():
    chart = line_chart([Line("a", (year(2026, 1), year(2027, 2))), Line("b", (year(2028, 3),))])
    assert [len(marks(chart, colour)) for colour, _shape in SERIES[:2]] == [2, 1]
    assert runs(chart, SERIES[1][0]) == []


def test_a_yearly_value_stands_above_its_year():
    chart = line_chart([Line("a", (year(2026, 1), year(2029, 2)))])
    assert chart.years == ("2026", "2027", "2028", "2029")
    assert [x for x, _y in marks(chart)] == [40, 280]


def test_many_years_share_few_cells():
    chart = line_chart([Line("a", (year(2007, 1), year(2010, 2)))], target=year(2045, 10))
    assert len(chart.years) <= 6
    assert chart.starts_cells


def test_a_chart_needs_a_value():
    with pytest.raises(ValueError, match="needs a value"):
        line_chart([Line("a", (year(2026),))])


def test_its_numbers_are_the_rows_it_is_drawn_from():
    chart = line_chart(
        [Line("Seed", (year(2009, 7), year(2010, why="Not collected"))), Line("Fund", (year(2009, 8), year(2009, 9)))],
        target=year(2014, 20),
    )
    assert chart.numbers.columns == ("Period", "Seed", "Fund")
    assert chart.numbers.rows == (
        ("2009", "7", "8"),
        ("2009", "", "9"),
        ("2010", "Not collected", ""),
        ("Target for 2014", "20", "20"),
    )
    assert [key.words for key in chart.keys] == [
        "Seed: 7 in 2009 (1 period without a value)",
        "Fund: 9 in 2009",
        "Target: 20 by 2014",
    ]


def test_women_and_men_make_a_whole_bar():
    chart = sex_chart([BySex("2027", Decimal(1), Decimal(3))], target=Decimal(40))
    women, *men, target = chart.bars[0].fills
    assert places(women.d)[1][0] == 250
    assert places(men[0].d)[1][0] == BAR_WIDTH
    assert places(target.d)[0][0] == pytest.approx(400, abs=3)
    assert (chart.bars[0].share, chart.bars[0].words) == ("25%", "women 1, men 3")


@pytest.mark.parametrize(
    "row", [BySex("2027", Decimal(1), why="Withheld"), BySex("2027", Decimal(0), Decimal(0), why="Withheld")]
)
def test_without_both_there_is_a_gap_with_its_reason(row):
    bar = sex_chart([row]).bars[0]
    assert (bar.fills, bar.share, bar.words) == ((), "", "Withheld")


@pytest.mark.parametrize(
    ("starts", "ends", "span"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), (0, 200)),
        (date(2028, 1, 1), None, (200, 1000)),
        (None, date(2028, 12, 31), (0, 400)),
        (date(2020, 1, 1), date(2040, 1, 1), (0, 1000)),
        (date(2020, 1, 1), date(2021, 1, 1), None),
        (None, None, None),
    ],
)
def test_a_bar_lies_between_its_days_on_the_scale(starts, ends, span):
    bar = Timeline(2027, 2031).bar(starts, ends, "ok")
    drawn = [places(fill.d) for fill in bar.fills if fill.colour == LOOKS["ok"].ground]
    found = [(round(corners[0][0]), round(corners[1][0])) for corners in drawn]
    assert found == ([] if span is None else [span])


def test_today_is_said_where_it_lies_on_the_scale():
    assert Timeline(2027, 2031, date(2028, 6, 30), "30 June 2028").today_words == "The dashed line is 30 June 2028."
    assert Timeline(2027, 2031, date(2035, 1, 1), "1 January 2035").today_words == ""
    assert Timeline(2027, 2031).today_words == ""
