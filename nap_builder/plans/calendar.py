"""Dates as precise as a plan says them: 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15; and counting in months."""

import calendar
import re
from datetime import date

MONTHS_OF_A_YEAR = 12
_WHEN = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?", re.ASCII)


def first_day(when: str) -> date:
    """The first day of the span a date names. Raises ValueError when it names none."""
    return _span(when)[0]


def last_day(when: str) -> date:
    """The last day of the span a date names. Raises ValueError when it names none."""
    return _span(when)[1]


def valid_when(when: str) -> bool:
    """Whether this is a date of the plan's kind, and its days exist."""
    try:
        _span(when)
    except ValueError:
        return False
    return True


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or with a number below zero of an earlier one; its last where it has no such."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fiscal_year_begins(year: int, month_and_day: str) -> date:
    """The first day of the fiscal year that begins in a year on a month and day (MM-DD); 02-29 may be the 28th."""
    month, day = (int(part) for part in month_and_day.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _span(when: str) -> tuple[date, date]:
    parts = _WHEN.fullmatch(when)
    if parts is None:
        raise ValueError(when)
    year, quarter, half, month, day = (int(part) if part else 0 for part in parts.groups())
    if day or parts[5]:
        return date(year, month, day), date(year, month, day)
    if month or parts[4]:
        return _months(year, month, month)
    if quarter:
        return _months(year, 3 * quarter - 2, 3 * quarter)
    if half:
        return _months(year, 6 * half - 5, 6 * half)
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
