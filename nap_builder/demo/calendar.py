"""The reporting periods of the first plan, laid around the day on which the demonstration is loaded."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from nap_builder.monitoring.services.periods import LATEST_AFTER, Days
from nap_builder.plans.calendar import months_later
from nap_builder.plans.models.plan import Plan

ONE_DAY = timedelta(days=1)


def days_around(plan: Plan, today: date, rhythm: Mapping[str, Any]) -> list[Days]:
    """The periods, the first one first; the one that ended with the month before today is due in a few days.

    They are counted back from there, so the first is as long as the plan's first day leaves it. Days of the plan after
    the one that is open make a further period.
    """
    last = min(today.replace(day=1) - ONE_DAY, plan.ends)
    due = min(max(today + timedelta(rhythm["days_left"]), last), last + LATEST_AFTER)
    found = [Days(_begins(plan, last, rhythm), last, due)]
    while found[0].starts > plan.starts:
        ends = found[0].starts - ONE_DAY
        found.insert(0, Days(_begins(plan, ends, rhythm), ends, ends + timedelta(rhythm["days_to_hand_in"])))
    if last < plan.ends:
        found.append(Days(last + ONE_DAY, plan.ends, plan.ends + timedelta(rhythm["days_to_hand_in"])))
    return found


def moment_of(day: date, hour: int = 9) -> datetime:
    """An hour of a day, in UTC."""
    return datetime.combine(day, time(hour), UTC)


def _begins(plan: Plan, ends: date, rhythm: Mapping[str, Any]) -> date:
    return max(months_later(ends + ONE_DAY, -rhythm["months"]), plan.starts)
