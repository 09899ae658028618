"""What an update says beside what was said before it, field by field, and what in it is worth a second look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db
from nap_builder.monitoring.milestone_moves import lacks_evidence
from nap_builder.monitoring.models import Evidence, ProgressUpdate
from nap_builder.monitoring.progress.doubts import Doubt, doubts_of_point
from nap_builder.monitoring.progress.rows import measure_of, reported_of, told_of
from nap_builder.monitoring.progress.shapes import Reported
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.monitoring.progress.values import series_of
from nap_builder.monitoring.queries.due import ONE_DAY
from nap_builder.monitoring.queries.record import Amounts, Record, Said, record_of, reported_spending
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.queries.measures import Figures, figures_of


@dataclass(frozen=True)
class Beside:
    """One thing that is reported: what was said in the period before, and what is said now.

    `was` is what the corrected record said, in a correction. What each holds goes with the kind of the row: a value,
    what is said of a milestone, or amounts.
    """

    row: Any
    before: Any
    now: Any
    was: Any = None


@dataclass(frozen=True)
class Compared:
    """An update beside what was said before. `doubts` are about its values, each with the indicator."""

    update: ProgressUpdate
    last: ProgressUpdate | None
    status_before: str | None
    figures: Sequence[Beside] = ()
    milestones: Sequence[Beside] = ()
    money: Sequence[Beside] = ()
    doubts: Sequence[tuple[Indicator, Doubt]] = ()
    unproved: Sequence[Milestone] = field(default=())

    @property
    def overspent(self) -> list[BudgetLine]:
        """The budget lines of which more is said to be spent than approved."""
        told = [one for one in self.money if one.now and {"approved", "spent"} <= set(one.now)]
        return [one.row for one in told if one.now["spent"] > one.now["approved"]]


def compared(update: ProgressUpdate, evidence: Sequence[Evidence], thresholds: Thresholds) -> Compared:
    """An update beside what was said in the periods before its own; some twelve statements, whatever the plan's size.

    `unproved` are the milestones that it says are completed, where there is no evidence of it.
    """
    before = record_of(update.plan, until=update.period.starts - ONE_DAY)
    last = _last(before, update)
    figures, milestones = _figures(update, before, last), _milestones(update, before, last)
    return Compared(
        update,
        last,
        before.status(update.activity) if update.activity else None,
        figures,
        milestones,
        _money(update, before, last),
        _doubts(figures, before, thresholds),
        [one.row for one in milestones if one.now and lacks_evidence(one.now.state, len(evidence))],
    )


def _last(before: Record, update: ProgressUpdate) -> ProgressUpdate | None:
    """The update of an earlier period about the same row."""
    subject = (update.activity_id, update.indicator_id, update.milestone_id)
    same = [one for one in before.updates if (one.activity_id, one.indicator_id, one.milestone_id) == subject]
    return same[-1] if same else None


def _rows(model: Any, updates: Sequence[ProgressUpdate | None], member: str) -> list[Any]:
    """The rows that any of these updates speaks of, in the order of the plan."""
    keys = {key for one in updates if one is not None for key in getattr(one, member) or ()}
    if not keys:
        return []
    plan = next(one.plan_id for one in updates if one is not None)
    query = (
        select(model).join(Activity).options(joinedload(BudgetLine.funder)) if model is BudgetLine else select(model)
    )
    query = query.where((Activity if model is BudgetLine else model).plan_id == plan, model.key.in_(keys))
    return list(db.session.scalars(query.order_by(model.position, model.id)))


def _figures(update: ProgressUpdate, before: Record, last: ProgressUpdate | None) -> list[Beside]:
    rows = _rows(Indicator, (update, update.corrects, last), "figures")
    return [
        Beside(row, _newest(before, row), _figure(update, row, before), _figure(update.corrects, row, before))
        for row in rows
    ]


def _newest(before: Record, row: Indicator) -> Reported | None:
    """The value that stands for the last period before."""
    points = [point for series in series_of(reported_of(before.of(row))) for point in series.points]
    return max(points, key=lambda point: (point.ends, point.position), default=None)


def _figure(update: ProgressUpdate | None, row: Indicator, before: Record) -> Reported | None:
    told = (update.figures or {}).get(row.key) if update is not None else None
    if update is None or told is None:
        return None
    places = [value.position for value in before.of(row)]
    return told_of(told, update.period.ends, max(places, default=-1) + 1)


def _milestones(update: ProgressUpdate, before: Record, last: ProgressUpdate | None) -> list[Beside]:
    rows = _rows(Milestone, (update, update.corrects, last), "milestones")
    return [Beside(row, before.milestone(row), _said(update, row), _said(update.corrects, row)) for row in rows]


def _said(update: ProgressUpdate | None, row: Milestone) -> Said | None:
    told = (update.milestones or {}).get(row.key) if update is not None else None
    if told is None:
        return None
    met = date.fromisoformat(told["met_on"]) if told.get("met_on") else None
    return Said(told.get("state"), met, told.get("reason"), update)


def _money(update: ProgressUpdate, before: Record, last: ProgressUpdate | None) -> list[Beside]:
    rows = _rows(BudgetLine, (update, update.corrects, last), "spending")
    now = reported_spending([update])
    was: Mapping[str, Amounts] = reported_spending([update.corrects]) if update.corrects else {}
    return [Beside(row, before.amounts(row), now.get(row.key), was.get(row.key)) for row in rows]


def _doubts(figures: Sequence[Beside], before: Record, thresholds: Thresholds) -> list[tuple[Indicator, Doubt]]:
    said = figures_of(one.row for one in figures)
    found = []
    for one in figures:
        if one.now is not None:
            known = said.get(one.row.id, Figures())
            measure = measure_of(one.row, known.baseline, known.targets)
            for series in series_of([*reported_of(before.of(one.row)), one.now]):
                if one.now in series.points:
                    found += [(one.row, doubt) for doubt in doubts_of_point(measure, series, one.now, thresholds)]
    return found
