"""The number that a figure says, the corrections that stand in for it, and the series it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_builder.monitoring.progress.exact import HUNDRED, scaled
from nap_builder.monitoring.progress.shapes import Figure, Measure, Reported, has_number


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for a period, and what it corrected, the oldest first."""

    now: Reported
    was: tuple[Reported, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one series in the order of their periods; `name` is "" where an indicator has only one."""

    name: str
    entries: tuple[Entry, ...] = ()

    @property
    def points(self) -> tuple[Reported, ...]:
        """What stands now."""
        return tuple(entry.now for entry in self.entries)

    def until(self, day: date) -> "Series":
        """What was reported for periods that ended by a day."""
        return Series(self.name, tuple(entry for entry in self.entries if entry.now.ends <= day))


def value_of(measure: Measure, figure: Figure | Reported | None) -> Decimal | None:
    """The number of a figure, None for a gap, for words and for what has no arithmetic.

    A percentage is in per cent, computed from numerator and denominator where both are said.
    """
    if figure is None or measure.kind == "qualitative":
        return None
    if measure.is_share:
        return _share(measure.kind, figure)
    return figure.value if figure.value is not None else figure.numerator


def _share(kind: str, figure: Figure | Reported) -> Decimal | None:
    if figure.numerator is not None and figure.denominator:
        return scaled(figure.numerator, 1 if kind == "ratio" else HUNDRED, figure.denominator)
    return None if kind == "sites_meeting" or figure.denominator is not None else figure.value


def series_of(reported: Iterable[Reported]) -> tuple[Series, ...]:
    """The series of an indicator, kept apart, by name; a correction stands in for what was said of its period before.

    A correction of nothing stands as a value of its own.
    """
    found: dict[str, list[Entry]] = {}
    for point in sorted(reported, key=lambda one: one.position):
        _take(found.setdefault(point.series, []), point)
    return tuple(
        Series(name, tuple(sorted(found[name], key=lambda entry: (entry.now.ends, entry.now.position))))
        for name in sorted(found)
    )


def shown_series(reported: Iterable[Reported]) -> tuple[Series, ...]:
    """The series to show, at least one: that without a name only where it says something, or where it is alone."""
    found = series_of(reported)
    said = tuple(one for one in found if one.name or any(has_number(point) or point.text for point in one.points))
    return said or found or (Series(""),)


def _take(entries: list[Entry], point: Reported) -> None:
    same = [place for place, entry in enumerate(entries) if entry.now.ends == point.ends]
    if point.corrects and same:
        corrected = entries[same[-1]]
        entries[same[-1]] = Entry(point, (*corrected.was, corrected.now))
    else:
        entries.append(Entry(point))
