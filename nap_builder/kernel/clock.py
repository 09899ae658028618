"""The one place that reads the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC)


def today(timezone: str | None = None) -> date:
    """The calendar day in a time zone (IANA name); in UTC when none is given."""
    return day_of(now(), timezone)


def day_of(moment: datetime, timezone: str | None = None) -> date:
    """The calendar day of a moment in a time zone (IANA name); in UTC when none is given."""
    return moment.astimezone(ZoneInfo(timezone) if timezone else UTC).date()
