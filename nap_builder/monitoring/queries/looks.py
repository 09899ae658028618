"""What is worth a second look in what is being reported, and what its figures come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.monitoring.models import ProgressUpdate
from nap_builder.monitoring.progress.cells import womens_share
from nap_builder.monitoring.progress.doubts import JUMP, doubts_of_point, jump_between
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.rows import cells_of
from nap_builder.monitoring.progress.shapes import SHARES, Measure, Reported
from nap_builder.monitoring.progress.values import Entry, Series, value_of
from nap_builder.monitoring.queries.before import Before, Told
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.queries.periods import status_rule, thresholds_of
from nap_builder.plans.models.measures import BudgetLine, Indicator


@dataclass(frozen=True)
class SecondLook:
    """What is worth a second look in the figure of an indicator: a change in per cent `since` a day, or a sentence."""

    indicator: Indicator
    sentence: str
    change: Decimal | None = None
    since: date | None = None


@dataclass(frozen=True)
class Reckoned:
    """What a figure comes to, to one digit after the point: a share of its parts, beside that of the period before."""

    share: Decimal | None
    women: Decimal | None
    before: Decimal | None


def second_looks(due: Due, update: ProgressUpdate) -> list[SecondLook]:
    """The doubts about what an update says, indicator by indicator; said, and never a reason to stop anybody."""
    before, told = Before(due), update.figures or {}
    reported = [one for one in due.indicators if one.key in told]
    return [look for one in reported for look in _looks(before, one, point_of(told[one.key], due))]


def _looks(before: Before, indicator: Indicator, point: Reported) -> Iterator[SecondLook]:
    measure, series, last = before.measure(indicator), before.series(indicator), before.last(indicator)
    thresholds = thresholds_of(status_rule(before.due.plan))
    longer = Series(series.name, (*series.entries, Entry(point)))
    for doubt in doubts_of_point(measure, longer, point, thresholds):
        was, now = value_of(measure, last), value_of(measure, point)
        change = jump_between(was, now, thresholds) if doubt.code == JUMP and was and now is not None else None
        if change is None or last is None:
            yield SecondLook(indicator, doubt.sentence)
        else:
            yield SecondLook(indicator, doubt.sentence, rounded(change, 0), last.ends)


def reckoned(before: Before, indicator: Indicator, told: Told | None) -> Reckoned:
    """What a figure comes to; of an indicator that nothing is told of yet, the period before alone."""
    measure, last = before.measure(indicator), before.last(indicator)
    point = point_of(told, before.due) if told else None
    women = womens_share(point.cells) if point else None
    earlier = womens_share(last.cells) if women and last and not _is_share(measure) else None
    return Reckoned(
        share=_short(value_of(measure, point)) if _is_share(measure) else None,
        women=_short(women.percent) if women else None,
        before=_short(earlier.percent if earlier else value_of(measure, last) if _is_share(measure) else None),
    )


def _short(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 1)


def _is_share(measure: Measure) -> bool:
    return measure.kind in SHARES or measure.is_share


def point_of(told: Told, due: Due) -> Reported:
    """A figure that an update says, as the arithmetic takes it."""
    numbers: dict[str, Any] = {
        name: Decimal(told[name]) for name in ("value", "numerator", "denominator") if name in told
    }
    words: dict[str, Any] = {name: told.get(name) for name in ("text", "source", "note", "missing")}
    quality = told.get("quality", "provisional")
    cells = cells_of(told.get("cells"))
    return Reported(due.period.ends, **numbers, **words, starts=due.period.starts, cells=cells, quality=quality)


def overspent(due: Due, update: ProgressUpdate) -> list[BudgetLine]:
    """The budget lines of which more is said to be spent than approved."""
    told = update.spending or {}
    both = [line for line in due.lines if {"approved", "spent"} <= set(told.get(line.key, {}))]
    return [line for line in both if Decimal(told[line.key]["spent"]) > Decimal(told[line.key]["approved"])]
