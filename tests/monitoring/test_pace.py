"""What comes of it at this pace."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nap_builder.monitoring.progress import pace as rules
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.pace import pace_of
from tests.monitoring.made import at, measure, series

FIGURE = st.integers(min_value=-(10**4), max_value=10**4)


def test_women_in_missions_take_about_34_more_years(english):
    pace = pace_of(measure(None, (10,), kind="percent"), series(at(2007, "2.69"), at(2010, "3.28")))
    assert rounded(pace.years, 0) == 34
    assert pace.meets_on.year == 2045
    assert "about 34 more years" in pace.sentence
    assert "31 December 2007" in pace.assumption


def test_it_says_what_the_value_would_be_on_the_target_day():
    pace = pace_of(measure((0, "2026"), (100, "2030")), series(at(2026, 0), at(2028, 20)))
    assert rounded(pace.then, 1) == rounded(pace.last.value * 2, 1)
    assert pace.due == date(2030, 12, 31)


def test_values_before_the_baseline_are_left_out():
    pace = pace_of(measure((10, "2026"), (20, "2030")), series(at(2020, 1), at(2026, 10), at(2027, 11)))
    assert pace.first.day == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("what", "values", "reason"),
    [
        (measure(None, (10, "2030")), [5], rules.TOO_FEW),
        (measure(None, (10, "2030")), [5, 4], rules.AWAY),
        (measure(None, (10, "2030")), [5, 5], rules.AWAY),
        (measure(None, (10, "2030")), [5, 12], rules.MET),
        (measure(), [5, 6], rules.NO_TARGET),
        (measure(None, (10, "2030"), direction="maintain"), [5, 6], rules.NOT_DRAWN),
        (measure(None, (1, "2030"), kind="yes_no"), [0, 0], rules.NOT_DRAWN),
        (measure(None, (10**9, "2030")), [5, 6], rules.TOO_FAR),
    ],
)
def test_where_there_is_no_pace_it_says_why(what, values, reason):
    pace = pace_of(what, series(*(at(2027 + place, value) for place, value in enumerate(values))))
    assert (pace.reason, pace.meets_on) == (reason, None)
    assert pace.sentence


@given(FIGURE, FIGURE, FIGURE)
def test_falling_is_the_mirror_of_rising(first, last, target):
    rising = pace_of(measure(None, (target, "2030")), series(at(2027, first), at(2028, last)))
    falling = pace_of(measure(None, (-target, "2030"), direction="decrease"), series(at(2027, -first), at(2028, -last)))
    assert (rising.reason, rising.meets_on) == (falling.reason, falling.meets_on)


@given(FIGURE, st.integers(min_value=1, max_value=100), st.integers(min_value=1, max_value=100))
def test_the_day_is_the_first_on_which_the_line_meets_the_target(first, change, left):
    assume(left < 50 * change)
    pace = pace_of(measure(None, (first + change + left,)), series(at(2027, first), at(2028, first + change)))
    days, run = (pace.meets_on - pace.last.day).days, (pace.last.day - pace.first.day).days
    assert (days - 1) * change < left * run <= days * change
