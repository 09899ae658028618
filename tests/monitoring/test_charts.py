"""The charts of an indicator."""

from datetime import date
from decimal import Decimal

import pytest

from nap_builder.kernel.drawing import LOOKS
from nap_builder.monitoring.charts import activity_parts, progress_chart, value_in_words, women_and_men_chart
from nap_builder.monitoring.progress.names import ACTIVITY_KINDS, ACTIVITY_STATUSES, STATUS_KINDS
from nap_builder.monitoring.progress.shapes import Measure, Step
from tests.monitoring.made import at, cell, measure, series

pytestmark = pytest.mark.usefixtures("english")
WOMEN = measure(("10", "2026"), ("20", "2030"), kind="percent")


def test_values_target_and_path_are_drawn_and_said():
    chart = progress_chart(WOMEN, [series(at(2027, "12"), at(2028, missing="not_collected"), at(2029, "17.333"))])
    assert chart.numbers.rows == (
        ("2027", "12%"),
        ("2028", "Not collected"),
        ("2029", "17.33%"),
        ("Target for 2030", "20%"),
    )
    assert chart.keys[-1].words == "Expected way"


def test_each_series_has_its_own_name():
    found = [series(at(2027, 5, series="un")), series(at(2027, 8, series="fund"))]
    chart = progress_chart(WOMEN, found, {"un": "United Nations"})
    assert chart.numbers.columns[1:] == ("United Nations", "fund")


def test_what_adds_up_is_drawn_as_it_comes_together():
    trained = measure((0, "2026"), (400, "2030"), total="sum")
    rows = progress_chart(trained, [series(at(2026, 30), at(2027, 100), at(2028, 110))]).numbers.rows
    assert rows[:2] == (("2027", "100"), ("2028", "210"))


def test_percentages_are_drawn_by_period_though_nothing_joins_them():
    joined = measure(("10", "2026"), ("20", "2030"), kind="percent", total="sum")
    rows = progress_chart(joined, [series(at(2027, "12"), at(2028, "15"))]).numbers.rows
    assert rows[:2] == (("2027", "12%"), ("2028", "15%"))


def test_without_a_path_the_values_are_drawn_alone():
    assert len(progress_chart(measure(), [series(at(2027, 5))]).keys) == 1


def test_what_is_to_stay_is_drawn_level_from_the_first_value():
    kept = measure(None, (100, "2030"), direction="maintain")
    chart = progress_chart(kept, [series(at(2027, 98))])
    assert chart.years[0] == "2027"
    assert [key.words for key in chart.keys][-1] == "Expected way"


def test_without_a_number_there_is_no_chart():
    assert progress_chart(WOMEN, [series(at(2027, missing="suppressed"))]) is None
    assert progress_chart(Measure(kind="qualitative"), [series(at(2027, text={"en": "Better"}))]) is None


def test_half_years_are_named_by_the_month_they_end_in():
    rows = progress_chart(WOMEN, [series(at(date(2027, 6, 30), 11), at(2027, 12))]).numbers.rows
    assert [row[0] for row in rows[:2]] == ["June 2027", "2027"]


def test_girls_count_with_women_and_a_gap_says_why():
    parts = (cell(2, sex="women"), cell(1, sex="girls"), cell(3, sex="men"))
    hidden = (cell("suppressed", sex="women"), cell(3, sex="men"))
    chart = women_and_men_chart(series(at(2027, 6, cells=parts), at(2028, 9, cells=hidden)), Decimal(40))
    assert [bar.share for bar in chart.bars] == ["50%", ""]
    assert chart.bars[1].words == "Withheld to protect people"
    assert women_and_men_chart(series(at(2027, 6))) is None


@pytest.mark.parametrize(
    ("what", "value", "words"),
    [
        (Measure(kind="percent"), "17.3", "17.3%"),
        (Measure(kind="ratio"), "0.125", "0.13"),
        (Measure(kind="money"), "1204000", "1,204,000"),
        (Measure(kind="yes_no"), "1", "Yes"),
        (Measure(kind="yes_no"), "0", "No"),
        (Measure(kind="scale", scale=(Step(Decimal(2), {"en": "Partly"}),)), "2", "Partly"),
        (Measure(kind="sites_meeting"), "80", "80%"),
        (Measure(), None, ""),
    ],
)
def test_a_figure_is_said_in_the_manner_of_its_kind(what, value, words):
    assert value_in_words(what, None if value is None else Decimal(value)) == words


def test_the_statuses_of_activities_make_a_bar_in_their_order():
    parts = activity_parts({"late": 2, "completed": 1, "dropped": 0}, {"late": "#late"})
    assert [(part["kind"], part["count"], part["href"]) for part in parts] == [("done", 1, None), ("late", 2, "#late")]


def test_every_status_has_its_own_look():
    assert set(ACTIVITY_STATUSES) == set(ACTIVITY_KINDS)
    assert set(ACTIVITY_KINDS.values()) | set(STATUS_KINDS.values()) <= set(LOOKS)
    assert len(set(ACTIVITY_KINDS.values())) == len(ACTIVITY_KINDS)
