"""How a plan's days are cut into reporting periods: in step with its fiscal year, from its first day to its last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nap_builder.plans.calendar import fiscal_year_begins, months_later

ONE_DAY = timedelta(days=1)
DAYS_TO_HAND_IN = 30


@dataclass(frozen=True, order=True)
class Span:
    """The first and the last day of a period."""

    starts: date
    ends: date

    def overlaps(self, other: "Span") -> bool:
        """Whether a day belongs to both."""
        return self.starts <= other.ends and other.starts <= self.ends


def spans(whole: Span, months: int, fiscal_year_starts: str) -> list[Span]:
    """Cuts a span of days every so many months, counted from a fiscal year's first day (MM-DD) at or before it.

    The first and the last piece are as long as the span leaves them.
    """
    anchor, number = _fiscal_year_at(whole.starts, fiscal_year_starts), 0
    found: list[Span] = []
    while (first := months_later(anchor, number * months)) <= whole.ends:
        last = months_later(anchor, (number + 1) * months) - ONE_DAY
        if last >= whole.starts:
            found.append(Span(max(first, whole.starts), min(last, whole.ends)))
        number += 1
    return found


def gaps(whole: Span, some: Iterable[Span]) -> list[Span]:
    """The days of a span that none of these covers, as spans in their order."""
    found, free = [], whole.starts
    for one in sorted(some):
        if one.starts > free:
            found.append(Span(free, min(one.starts - ONE_DAY, whole.ends)))
        free = max(free, one.ends + ONE_DAY)
    return [*found, Span(free, whole.ends)] if free <= whole.ends else found


def first_overlap(one: Span, others: Sequence[Span]) -> Span | None:
    """The first of these that has a day in common with it."""
    return next((other for other in sorted(others) if one.overlaps(other)), None)


def _fiscal_year_at(day: date, fiscal_year_starts: str) -> date:
    """The first day of the fiscal year that a day is in; 29 February is the 28th where the year has none."""
    begins = fiscal_year_begins(day.year, fiscal_year_starts)
    return begins if begins <= day else fiscal_year_begins(day.year - 1, fiscal_year_starts)
