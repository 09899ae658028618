"""What in reported values is worth a second look. A doubt is said, and never stops anybody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from nap_builder.kernel.languages import _, number
from nap_builder.monitoring.progress.cells import SEX, parts_by, tables_of, whole_of
from nap_builder.monitoring.progress.exact import HUNDRED, minus, plus, rounded, scaled
from nap_builder.monitoring.progress.shapes import SHARES, Measure, Reported, Words
from nap_builder.monitoring.progress.thresholds import DEFAULT, Thresholds
from nap_builder.monitoring.progress.values import Series, value_of
from nap_builder.plans.names import ADDS_UP

JUMP, SAME, OLD_SOURCE, NO_SEX, TEST_ROW, DISAGREE, WOMEN_ABOVE, FRACTION = (
    "jump same old_source no_sex test_row disagree women_above fraction".split()
)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)", re.ASCII)
# What people type to try a form, in the languages of the program: a text that is nothing but this is no report.
_TEST = re.compile(
    r"[\W\d_]*(?:this is )?(?:an? |un )?(?:tests?|essai|asdf\w*|qwerty|lorem ipsum.*|xxx+|dummy|اختبار|تجربة)"
    r"(?: (?:row|value|data|entry))?[\W\d_]*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is worth a second look in the value for the period that ended on `ends`.

    `figure` and `other` are the figures of its sentence; `other` is a year for an old source, a number of periods for a
    value that stays the same.
    """

    code: str
    ends: date
    figure: Decimal | None = None
    other: Decimal | None = None

    @property
    def sentence(self) -> str:
        """It in a sentence."""
        return _SENTENCES[self.code](self)


def jump_between(before: Decimal, after: Decimal, thresholds: Thresholds = DEFAULT) -> Decimal | None:
    """The change in per cent of the value before, where it is larger than the threshold; None where it is not.

    From 0 any other value is a change of 100 per cent of itself.
    """
    if before == after:
        return None
    change = scaled(minus(after, before), HUNDRED, abs(before or after))
    return change if abs(change) > thresholds.jump else None


def doubts_of(measure: Measure, series: Series, thresholds: Thresholds = DEFAULT) -> list[Doubt]:
    """Every doubt about the values of one series, in the order of their periods."""
    found = [*_jumps(measure, series, thresholds), *_repeats(measure, series, thresholds), *_counting(measure, series)]
    for point in series.points:
        found += _of_point(measure, point, thresholds)
    return sorted(found, key=lambda doubt: doubt.ends)


def doubts_of_point(measure: Measure, series: Series, point: Reported, thresholds: Thresholds = DEFAULT) -> list[Doubt]:
    """The doubts about the value of one period of a series, such as one that is being reported."""
    return [doubt for doubt in doubts_of(measure, series, thresholds) if doubt.ends == point.ends]


def _jumps(measure: Measure, series: Series, thresholds: Thresholds) -> Iterator[Doubt]:
    """Changes that are large, and large for this series; from 0 everything would be, and steady growth is no jump."""
    if measure.kind in ("yes_no", "scale"):
        return
    earlier: list[Decimal] = []
    for before, after in pairwise(_numbered(measure, series)):
        moved = abs(minus(after[1], before[1]))
        unusual = not earlier or moved * len(earlier) > plus(*earlier) * 2
        if before[1] and unusual and jump_between(before[1], after[1], thresholds) is not None:
            yield Doubt(JUMP, after[0].ends, after[1], before[1])
        earlier.append(moved)


def _repeats(measure: Measure, series: Series, thresholds: Thresholds) -> Iterator[Doubt]:
    """Numbers that stay the same; what is answered by yes or no, or by a step, may well do so."""
    if measure.kind in ("yes_no", "scale"):
        return
    for value, run in groupby(_numbered(measure, series), key=lambda pair: pair[1]):
        points = list(run)
        if len(points) >= thresholds.same_value_periods and value:
            yield Doubt(SAME, points[-1][0].ends, value, Decimal(len(points)))


def _counting(measure: Measure, series: Series) -> Iterator[Doubt]:
    """1, 2, 3: what fingers type to see whether a form works."""
    numbered = _numbered(measure, series)
    if measure.kind in ADDS_UP and [value for _point, value in numbered[:3]] == [Decimal(1), Decimal(2), Decimal(3)]:
        yield Doubt(TEST_ROW, numbered[2][0].ends, numbered[2][1])


def _of_point(measure: Measure, point: Reported, thresholds: Thresholds) -> Iterator[Doubt]:
    year = source_year(point.source)
    if year is not None and point.ends.year - year > thresholds.source_years:
        yield Doubt(OLD_SOURCE, point.ends, other=Decimal(year))
    if looks_like_test(point):
        yield Doubt(TEST_ROW, point.ends, whole_of(point))
    if _lacks_sex(measure, point):
        yield Doubt(NO_SEX, point.ends)
    yield from _of_cells(measure, point)
    yield from _of_fraction(measure, point)


def _of_fraction(measure: Measure, point: Reported) -> Iterator[Doubt]:
    computed = value_of(measure, point) if measure.kind in SHARES and point.denominator is not None else None
    if computed is not None and point.value is not None and rounded(computed) != rounded(point.value):
        yield Doubt(FRACTION, point.ends, point.value, computed)


def _lacks_sex(measure: Measure, point: Reported) -> bool:
    people = measure.counts == "people" and not measure.no_sex_reason
    return people and whole_of(point) is not None and not parts_by(point.cells, SEX)


def _of_cells(measure: Measure, point: Reported) -> Iterator[Doubt]:
    whole = whole_of(point)
    if measure.kind not in ADDS_UP or whole is None:
        return
    for of, cells in tables_of(point.cells).items():
        values = [cell.value for cell in cells if cell.value is not None]
        complete = of == (SEX,) and len(values) == len(cells) and {"women", "men"} <= {cell.of[SEX] for cell in cells}
        added = plus(*values)
        if added > whole or (complete and added != whole):
            yield Doubt(DISAGREE, point.ends, added, whole)
    women = parts_by(point.cells, SEX).get("women")
    if women is not None and women.value is not None and women.value > whole:
        yield Doubt(WOMEN_ABOVE, point.ends, women.value, whole)


def source_year(source: Words | None) -> int | None:
    """The latest year that a source names, in any language; None where it names none."""
    years = [int(year) for text in (source or {}).values() for year in _YEAR.findall(text)]
    return max(years, default=None)


def looks_like_test(point: Reported) -> bool:
    """Whether a value looks typed to try the form: 9999, 123456, or nothing but a word such as test."""
    texts = [text for words in (point.text, point.note, point.source) for text in (words or {}).values()]
    return _typed(whole_of(point)) or any(_TEST.fullmatch(text) for text in texts)


def _typed(value: Decimal | None) -> bool:
    """Whether the digits of a whole number are all the same, or count upwards."""
    if value is None or value != value.to_integral_value() or abs(value) < 1000:
        return False
    digits = f"{abs(value):f}".partition(".")[0]
    return len(set(digits)) == 1 or digits in "123456789"


def _numbered(measure: Measure, series: Series) -> list[tuple[Reported, Decimal]]:
    return [(point, value) for point in series.points if (value := value_of(measure, point)) is not None]


def _jump(doubt: Doubt) -> str:
    figures = {"after": number(_shown(doubt.figure)), "before": number(_shown(doubt.other))}
    return _("The value went from %(before)s to %(after)s in one period. Is that right?", **figures)


def _same(doubt: Doubt) -> str:
    value, periods = number(_shown(doubt.figure)), number(doubt.other)
    return _(
        "Periods in a row with the value %(value)s: %(periods)s. Was it counted anew?",
        value=value,
        periods=periods,
    )


def _old(doubt: Doubt) -> str:
    return _("The source is of %(year)s, long before this period.", year=int(doubt.other or 0))


def _disagree(doubt: Doubt) -> str:
    added, whole = number(doubt.figure), number(doubt.other)
    return _("The parts add up to %(added)s, the whole is %(whole)s.", added=added, whole=whole)


def _women_above(doubt: Doubt) -> str:
    women, whole = number(doubt.figure), number(doubt.other)
    return _("Women are %(women)s, more than the whole of %(whole)s.", women=women, whole=whole)


def _fraction(doubt: Doubt) -> str:
    said, computed = number(_shown(doubt.figure)), number(_shown(doubt.other))
    return _("The value says %(said)s, numerator and denominator make %(computed)s.", said=said, computed=computed)


def _shown(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 2)


_SENTENCES: dict[str, Callable[[Doubt], str]] = {
    JUMP: _jump,
    SAME: _same,
    OLD_SOURCE: _old,
    NO_SEX: lambda _doubt: _("People are counted, but not women and men apart."),
    TEST_ROW: lambda _doubt: _("This looks like a value typed to try the form."),
    DISAGREE: _disagree,
    WOMEN_ABOVE: _women_above,
    FRACTION: _fraction,
}
