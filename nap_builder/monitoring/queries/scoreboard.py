"""What each institution was to do and to report, and what it did. Nobody is ranked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select

from nap_builder.kernel.clock import day_of, today
from nap_builder.kernel.database import db
from nap_builder.monitoring.models import CLOSED, COUNTED, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.progress.exact import rounded, scaled
from nap_builder.monitoring.queries.due import is_asked
from nap_builder.monitoring.queries.objectives import ObjectiveRow
from nap_builder.monitoring.queries.record import Record
from nap_builder.monitoring.queries.standings import ActivityRow, Counts, counts_of
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Report:
    """That an institution was asked for an update of an activity in a period, and whether it came.

    `days_late` counts from the day that it was due until it was first sent; 0 where it came in time or not at all.
    """

    period: ReportingPeriod
    sent: bool
    days_late: int = 0


@dataclass(frozen=True)
class Score:
    """An institution with the objectives and activities that it leads, and the reports that it was asked for."""

    institution: Institution
    objectives: tuple[ObjectiveRow, ...]
    rows: tuple[ActivityRow, ...]
    reports: tuple[Report, ...]

    @property
    def met(self) -> tuple[ObjectiveRow, ...]:
        """The objectives that are met."""
        return tuple(each for each in self.objectives if each.met)

    @cached_property
    def counts(self) -> Counts:
        """How many of its activities stand how."""
        return counts_of(self.rows)

    @property
    def sent(self) -> int:
        """How many of the reports came."""
        return sum(report.sent for report in self.reports)

    @property
    def silences(self) -> int:
        """The periods in which it was asked and sent nothing at all."""
        asked = {report.period.id for report in self.reports}
        return len(asked - {report.period.id for report in self.reports if report.sent})

    @property
    def mean_days(self) -> Decimal | None:
        """How many days late its reports came on average, those in time counted as 0; None where none came."""
        days = self._days
        return rounded(scaled(Decimal(sum(days)), 1, len(days))) if days else None

    @property
    def worst_days(self) -> int | None:
        """How many days late the latest came; None where none came."""
        return max(self._days, default=None)

    @property
    def _days(self) -> list[int]:
        return [report.days_late for report in self.reports if report.sent]


def scores(
    plan: Plan,
    rows: Sequence[ActivityRow],
    objectives: Iterable[ObjectiveRow],
    record: Record,
    asked_in: Sequence[ReportingPeriod],
) -> list[Score]:
    """Every institution that leads an objective or activity, by the code of its name; one statement.

    Reports are those of activities in the periods `asked_in` that are over or past their day, by who leads them now.
    """
    over = [period for period in asked_in if period.state == CLOSED or period.due < today(plan.timezone)]
    reports = _reports(plan, rows, record, over)
    led: dict[int, list[ActivityRow]] = defaultdict(list)
    aims: dict[int, list[ObjectiveRow]] = defaultdict(list)
    bodies: dict[int, Institution] = {}
    for row in rows:
        if row.lead is not None:
            led[row.lead.id].append(row)
            bodies[row.lead.id] = row.lead
    for each in objectives:
        if each.objective.lead is not None:
            aims[each.objective.lead.id].append(each)
            bodies[each.objective.lead.id] = each.objective.lead
    return [
        Score(body, tuple(aims[place]), tuple(led[place]), tuple(one for row in led[place] for one in reports[row.id]))
        for place, body in sorted(bodies.items(), key=lambda pair: pair[1].code)
    ]


def _reports(
    plan: Plan, rows: Iterable[ActivityRow], record: Record, over: Sequence[ReportingPeriod]
) -> Mapping[int, list[Report]]:
    """What was asked about each activity (row id) in these periods, and how late the first report of each came."""
    query = select(ProgressUpdate).where(ProgressUpdate.plan_id == plan.id, ProgressUpdate.activity_id.is_not(None))
    sent: dict[int, dict[int, ProgressUpdate]] = defaultdict(dict)
    said: dict[int, dict[int, str]] = defaultdict(dict)
    for update in db.session.scalars(query.where(ProgressUpdate.state.in_(COUNTED)).order_by(ProgressUpdate.id)):
        sent[update.activity_id or 0].setdefault(update.period_id, update)
        if update.status is not None:
            said[update.activity_id or 0][update.period_id] = update.status
    found: dict[int, list[Report]] = defaultdict(list)
    for row in rows:
        filed = None if row.id in record.activities else record.statuses.get(row.id)
        for period in over:
            before = [said[row.id][one.id] for one in over if one.ends < period.starts and one.id in said[row.id]]
            first = sent[row.id].get(period.id)
            if first is not None or is_asked(row.starts, period, before[-1] if before else filed):
                found[row.id].append(Report(period, first is not None, _days_late(plan, period, first)))
    return found


def _days_late(plan: Plan, period: ReportingPeriod, update: ProgressUpdate | None) -> int:
    if update is None or update.first_sent_at is None:
        return 0
    return max(0, (day_of(update.first_sent_at, plan.timezone) - period.due).days)
