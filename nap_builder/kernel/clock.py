"""The one place that reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Inside it is this moment, for the thread that asks: so the demonstration writes what happened before today.

    No page and no job of a State's own work opens it.
    """
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def today(timezone: str | None = None) -> date:
    """The calendar day in a time zone (IANA name); in UTC when none is given."""
    return day_of(now(), timezone)


def day_of(moment: datetime, timezone: str | None = None) -> date:
    """The calendar day of a moment in a time zone (IANA name); in UTC when none is given."""
    return moment.astimezone(ZoneInfo(timezone) if timezone else UTC).date()
