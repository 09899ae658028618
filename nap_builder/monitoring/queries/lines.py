"""The budget lines of what is due by their time: those of fiscal years that are over, with what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nap_builder.monitoring.progress.spending import Outlay, Use, outlay_of, use_of
from nap_builder.monitoring.queries.due import Due
from nap_builder.plans.calendar import fiscal_year_begins
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.queries.costs import as_said, reckoning_of

Told = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class LinesByTime:
    """The lines of a fiscal year that the period touches, and those of years before it, which come to `use`.

    A line without a year may be of any, and is among the first.
    """

    now: Sequence[BudgetLine]
    earlier: Sequence[BudgetLine]
    use: Use


def lines_by_time(due: Due, told: Told) -> LinesByTime:
    """The lines of what is due; `told` is what an update says of each, by its key."""
    earlier = [line for line in due.lines if _is_over(line, due)]
    now = [line for line in due.lines if line not in earlier]
    return LinesByTime(now, earlier, use_of(_outlays(due, earlier, told)))


def _is_over(line: BudgetLine, due: Due) -> bool:
    """Whether the fiscal year of a line ended before the period began."""
    starts = due.plan.fiscal_year_starts
    return line.year is not None and fiscal_year_begins(line.year + 1, starts) <= due.period.starts


def _outlays(due: Due, lines: Sequence[BudgetLine], told: Told) -> list[Outlay]:
    reckoning = reckoning_of(due.plan)
    said = ({name: Decimal(amount) for name, amount in told.get(line.key, {}).items()} for line in lines)
    return [outlay_of(reckoning, as_said(line), amounts) for line, amounts in zip(lines, said, strict=True)]
