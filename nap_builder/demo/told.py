"""What institutions of the invented State had to say, by days: found again for whatever days a period has."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.services.updates import Content
from nap_builder.plans.calendar import fiscal_year_begins

Told = dict[str, Any]
ONE_DAY = timedelta(days=1)
YEAR_ENDED = ("approved", "committed", "disbursed", "spent")
YEAR_RUNNING = ("approved", "committed")


class History:
    """The file of the demonstration that says what was reported, read for what is due in a period."""

    def __init__(self, document: Told) -> None:
        self.document = document

    def content(self, due: Due, **instead: dict[str, Any]) -> Content:
        """What is said of what is due; `instead` gives figures by code of the indicator that were said otherwise."""
        activity = self.document["activities"].get(due.row.code) if due.kind == "activity" else None
        last = _last(activity["statuses"], due.period) if activity else None
        figures = {one.key: instead.get(one.code) or self._figure(one.code, due.period) for one in due.indicators}
        milestones = {one.key: self._milestone(one.code, due.period) for one in due.milestones}
        return Content(
            status=last["status"] if last else None,
            said=last.get("said") if last and _within(last["from"], due.period) else None,
            figures=figures,
            milestones={key: told for key, told in milestones.items() if told},
            spending=self._spending(due, activity or {}),
        )

    def way_of(self, due: Due) -> Told:
        """How the report of a period came, where it was not simply sent."""
        code = due.row.code
        ways = (way for way in self.document["ways"] if way["about"] == code and _measured_in(way["on"], due.period))
        return next(ways, {})

    def silent(self, code: str, period: ReportingPeriod) -> bool:
        """Whether an institution reported nothing in a period."""
        spans = (one for one in self.document["silent"] if one["institution"] == code)
        return any(_measured_in(day, period) for one in spans for day in one["in"])

    def _figure(self, code: str, period: ReportingPeriod) -> dict[str, Any]:
        values = self.document["indicators"].get(code, ())
        told = next((value for value in values if _measured_in(value["on"], period)), None)
        return {name: part for name, part in told.items() if name != "on"} if told else {"missing": "not_available"}

    def _milestone(self, code: str, period: ReportingPeriod) -> dict[str, Any] | None:
        last = _last(self.document["milestones"].get(code, ()), period)
        return {name: part for name, part in last.items() if name != "from"} if last else None

    def _spending(self, due: Due, activity: Told) -> dict[str, dict[str, str]]:
        """Approved and committed while a fiscal year runs, all once it is over."""
        money = {row["line"] - 1: row for row in activity.get("money", ())}
        found = {}
        for line in due.lines:
            next_year = fiscal_year_begins(line.year + 1, due.plan.fiscal_year_starts) if line.year else None
            over = next_year is not None and next_year - ONE_DAY <= due.period.ends
            row = money.get(line.position, {})
            found[line.key] = {name: row[name] for name in (YEAR_ENDED if over else YEAR_RUNNING) if name in row}
        return {key: amounts for key, amounts in found.items() if amounts}


def _last(entries: Sequence[Told], period: ReportingPeriod) -> Told | None:
    """What was said last by the end of a period."""
    found: Iterable[Told] = (one for one in reversed(entries) if date.fromisoformat(one["from"]) <= period.ends)
    return next(iter(found), None)


def _within(day: str, period: ReportingPeriod) -> bool:
    return period.starts <= date.fromisoformat(day) <= period.ends


def _measured_in(day: str, period: ReportingPeriod) -> bool:
    """Whether what was counted at the end of a day is reported in a period: the day after lies in it, or ends it."""
    counted = date.fromisoformat(day)
    return period.starts - ONE_DAY <= counted < period.ends or counted == period.ends
