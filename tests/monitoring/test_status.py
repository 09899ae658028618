"""The way from baseline to target, what is expected on it, and how an indicator stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_builder.monitoring.progress import status as rules
from nap_builder.monitoring.progress.path import (
    AGAINST,
    NO_ARITHMETIC,
    NO_BASELINE,
    NO_BASELINE_DAY,
    NO_TARGET,
    NO_TARGET_DAY,
    path_of,
)
from nap_builder.monitoring.progress.shapes import Figure, Measure
from nap_builder.monitoring.progress.status import status_of
from nap_builder.monitoring.progress.thresholds import Thresholds
from tests.monitoring.made import at, figure, measure, series

WOMEN = measure(("10", "2026"), ("20", "2030"), kind="percent")
FIGURE = st.decimals(min_value=-(10**6), max_value=10**6, places=2)
END_OF_2028 = date(2028, 12, 31)


def stands(what, *points, on=END_OF_2028, **thresholds):
    return status_of(what, series(*points), on, Thresholds(**thresholds))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 1, 1), "10"),
        (date(2026, 12, 31), "10"),
        (date(2028, 12, 31), "15.0034223134839151"),
        (date(2030, 12, 31), "20"),
        (date(2040, 1, 1), "20"),
    ],
)
def test_the_way_is_straight_and_level_at_both_ends(day, expected):
    assert path_of(WOMEN).at(day).quantize(Decimal("1e-16")) == Decimal(expected).quantize(Decimal("1e-16"))


@pytest.mark.parametrize(("by", "day"), [("2027", "2027-12-31"), ("2027-Q2", "2027-06-30"), ("2027-03", "2027-03-31")])
def test_a_target_is_met_by_the_last_day_of_what_it_names(by, day):
    path = path_of(measure((0, "2026"), (8, by)))
    assert path.at(date.fromisoformat(day)) == 8
    assert path.at(date.fromisoformat(day) - timedelta(days=1)) < 8


def test_the_way_turns_at_each_target():
    path = path_of(measure((0, "2026"), (20, "2030"), (4, "2028")))
    assert (path.at(date(2028, 12, 31)), path.at(date(2030, 12, 31))) == (4, 20)


def test_a_baseline_of_a_year_holds_at_its_end():
    assert path_of(Measure(baseline=figure(3, year=2026), targets=(figure(5, "2028"),))).turns[0].day == date(
        2026, 12, 31
    )


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (measure(None, (5, "2028")), NO_BASELINE),
        (Measure(baseline=Figure(text={"en": "few"}, year=2026), targets=(figure(5, "2028"),)), NO_BASELINE),
        (measure((1,), (5, "2028")), NO_BASELINE_DAY),
        (measure((1, "2026")), NO_TARGET),
        (measure((1, "2026"), (5,)), NO_TARGET_DAY),
        (measure((1, "2026"), (5, "2025")), NO_TARGET_DAY),
        (measure((5, "2026"), (1, "2028")), AGAINST),
        (measure((1, "2026"), (5, "2028"), direction="decrease"), AGAINST),
        (measure((1, "2026"), (5, "2028"), kind="qualitative"), NO_ARITHMETIC),
        (measure(direction="maintain"), NO_TARGET),
    ],
)
def test_without_a_way_nothing_is_expected_and_it_says_why(what, reason):
    path = path_of(what)
    assert (path.at(END_OF_2028), path.reason) == (None, reason)
    assert path.sentence


def test_the_first_value_never_stands_in_for_a_baseline():
    found = stands(measure(None, (20, "2030")), at(2027, 5), at(2028, 6))
    assert (found.name, found.because, found.share) == ("none", rules.NO_PATH, None)
    assert "baseline" in found.sentence


@given(st.lists(FIGURE, min_size=2, max_size=5, unique=True), st.integers(min_value=-500, max_value=3000))
def test_on_a_way_that_only_rises_the_expected_value_lies_between_the_ends(values, days):
    rising = sorted(values)
    path = path_of(measure((rising[0], "2026"), *((value, str(2027 + n)) for n, value in enumerate(rising[1:]))))
    day = date(2026, 12, 31) + timedelta(days=days)
    assert rising[0] <= path.at(day) <= path.at(day + timedelta(days=1)) <= rising[-1]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("20", "reached"),
        ("15", "on_track"),
        ("14.6", "on_track"),
        ("14.4", "at_risk"),
        ("12.9", "behind"),
        ("9", "behind"),
    ],
)
def test_a_share_is_judged_by_the_way_that_was_expected(value, name):
    assert stands(WOMEN, at(2028, value)).name == name


def test_the_limits_themselves_belong_to_the_better_side():
    exactly = measure((0, "2026"), (3, "2028"))
    assert stands(exactly, at(2028, "2.7")).name == "on_track"
    assert stands(exactly, at(2028, "1.8")).name == "at_risk"
    assert stands(exactly, at(2028, "1.7999")).name == "behind"


def test_thirds_do_not_fall_below_a_limit_by_rounding():
    thirds = measure(("0/3", "2026"), ("1/3", "2028"), kind="percent")
    assert stands(thirds, at(2028, "3/10")).share == 90


def test_the_rule_is_said_with_its_figures(english):
    sentence = stands(WOMEN, at(2028, "14.4")).sentence
    assert "31 December 2028" in sentence
    assert "87.9%" in sentence
    assert "from 90%" in sentence


def test_every_threshold_can_be_set():
    assert stands(WOMEN, at(2028, "14.4"), on_track=Decimal(80)).name == "on_track"
    assert stands(WOMEN, at(2028, "12"), at_risk=Decimal(30)).name == "at_risk"


@given(FIGURE, st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_what_goes_beyond_is_never_cut(start, way, beyond):
    found = stands(measure((start, "2026"), (start + way, "2028")), at(2028, start + way + beyond))
    assert found.name == "reached"
    assert found.share > 100


@given(FIGURE, FIGURE, FIGURE, st.dates(date(2027, 1, 1), date(2032, 1, 1)))
def test_falling_is_the_mirror_of_rising(start, target, value, on):
    rising = stands(measure((start, "2026"), (target, "2030")), at(on, value), on=on)
    falling = stands(measure((-start, "2026"), (-target, "2030"), direction="decrease"), at(on, -value), on=on)
    assert (rising.name, rising.because, rising.share) == (falling.name, falling.because, falling.share)


def test_a_value_that_falls_back_behind_the_baseline_is_below_nought():
    assert stands(WOMEN, at(2028, "5")).share < 0


def test_where_no_change_is_expected_yet_no_less_than_the_baseline_is_on_track():
    early = at(date(2026, 6, 30), "10"), at(date(2026, 6, 30), "9.9")
    assert [stands(WOMEN, one, on=date(2026, 7, 1)).name for one in early] == ["on_track", "behind"]


@pytest.mark.parametrize(
    ("value", "name"),
    [("100", "on_track"), ("109", "on_track"), ("90", "on_track"), ("70", "at_risk"), ("150", "behind")],
)
def test_what_is_to_stay_is_judged_by_its_distance(english, value, name):
    kept = measure((100, "2026"), (100, "2030"), direction="maintain")
    found = stands(kept, at(2028, value))
    assert (found.name, found.because) == (name, rules.BY_DISTANCE)
    assert "away from the target" in found.sentence


def test_what_is_to_stay_is_reached_on_its_day_and_not_before():
    kept = measure((100, "2026"), (100, "2028"), direction="maintain")
    assert stands(kept, at(2027, 100), on=date(2028, 1, 1)).name == "on_track"
    assert stands(kept, at(2028, 95)).name == "reached"


def test_what_is_to_stay_at_nought_has_no_tolerance():
    none = measure((0, "2026"), (0, "2030"), direction="maintain")
    assert [stands(none, at(2028, value)).name for value in (0, 1)] == ["on_track", "behind"]


def test_what_is_to_stay_needs_no_baseline_and_keeps_to_the_next_target():
    kept = measure(None, (100, "2027"), (50, "2029"), direction="maintain")
    assert [path_of(kept).at(date(year, 12, 31)) for year in (2026, 2027, 2028, 2030)] == [100, 100, 50, 50]


def test_without_a_value_there_is_no_data():
    missing = stands(WOMEN, at(2028, missing="suppressed"))
    assert (missing.name, missing.because) == ("no_data", rules.NO_VALUE)


@pytest.mark.parametrize(
    ("months", "on", "name"),
    [
        (None, date(2028, 12, 31), "on_track"),
        (None, date(2029, 1, 1), "no_data"),
        (6, date(2028, 6, 30), "on_track"),
        (6, date(2028, 7, 1), "no_data"),
        (24, date(2029, 12, 31), "on_track"),
    ],
)
def test_a_value_older_than_one_cycle_is_no_data(months, on, name):
    what = measure(("10", "2026"), ("20", "2030"), frequency_months=months)
    assert stands(what, at(2027, "15"), on=on).name == name


def test_what_is_reported_for_later_is_not_known_yet():
    assert stands(WOMEN, at(2027, "12"), at(2028, "20"), on=date(2028, 6, 30)).value == 12


def test_a_law_that_is_passed_stays_passed_and_a_share_does_not():
    law = measure((0, "2026"), (1, "2028"), kind="yes_no")
    assert stands(law, at(2027, 1), on=date(2031, 1, 1)).name == "reached"
    assert stands(WOMEN, at(2027, 30), on=date(2031, 1, 1)).name == "no_data"


def test_yes_or_no_is_on_track_until_its_day():
    law = measure((0, "2026"), (1, "2028"), kind="yes_no")
    assert stands(law, at(2027, 0), on=date(2028, 1, 1)).name == "on_track"
    assert stands(law, at(2028, 0)).name == "behind"


def test_no_may_be_what_is_wanted():
    exception = measure((1, "2026"), (0, "2028"), kind="yes_no")
    assert stands(exception, at(2028, 0)).name == "reached"


def test_a_scale_goes_by_steps():
    scale = measure((1, "2026"), (2, "2027"), (4, "2030"), kind="scale")
    assert [stands(scale, at(2028, value)).name for value in (1, 2, 3, 4)] == [
        "behind",
        "on_track",
        "on_track",
        "reached",
    ]


def test_words_are_not_judged():
    found = stands(measure(kind="qualitative"), at(2028, text={"en": "Better"}))
    assert (found.name, found.because) == ("none", rules.IN_WORDS)
    assert "words" in found.sentence


def test_what_comes_together_is_held_against_the_target():
    trained = measure((0, "2026"), (400, "2030"), total="sum")
    found = stands(trained, at(2027, 100), at(2028, 110))
    assert (found.value, found.name) == (210, "on_track")


def test_percentages_that_cannot_be_joined_are_not_judged_and_it_says_why():
    joined = measure(("10", "2026"), ("20", "2030"), kind="percent", total="sum")
    found = stands(joined, at(2027, "12"), at(2028, "15"))
    assert (found.name, found.because) == ("none", rules.NO_TOTAL)
    assert "numerator" in found.sentence
