"""What is reported about a plan so far: of each activity, milestone, budget line and indicator what was said last.

Pages, drawings, files and reports all ask here, so that no two of them can disagree.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db
from nap_builder.monitoring.models import (
    COUNTED,
    VERIFIED,
    ActivityProgress,
    IndicatorValue,
    MilestoneProgress,
    ProgressUpdate,
    ReportingPeriod,
    Spending,
)
from nap_builder.monitoring.names import SUBJECTS
from nap_builder.monitoring.progress.names import AMOUNTS
from nap_builder.monitoring.queries.filed import filed_in
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan

Words = dict[str, str]
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Said:
    """What was said last of a milestone: its state, the day it was met, the reason, and in which update."""

    state: str | None = None
    met_on: date | None = None
    reason: Words | None = None
    update: ProgressUpdate | None = None


@dataclass(frozen=True)
class Record:
    """What is reported about a plan until a day: every answer is by row id, but spending by key of the budget line.

    `updates` are those that count, the oldest first, without those that were corrected. What a file brought without
    an update stands where nothing was reported since; the public does not see it, but for verified figures.
    `checked` is the spending without what was reported and is not verified.
    """

    updates: tuple[ProgressUpdate, ...]
    activities: Mapping[int, ProgressUpdate]
    statuses: Mapping[int, str]
    milestones: Mapping[int, Said]
    spending: Mapping[str, Amounts]
    values: Mapping[int, Sequence[IndicatorValue]] = field(default_factory=dict)
    checked: Mapping[str, Amounts] = field(default_factory=dict)

    def status(self, activity: Activity) -> str | None:
        """The status of an activity as last said; None where nothing was."""
        return self.statuses.get(activity.id)

    def milestone(self, milestone: Milestone) -> Said:
        """What was said last of a milestone."""
        return self.milestones.get(milestone.id, Said())

    def amounts(self, line: BudgetLine) -> Amounts:
        """What became of a budget line's money: approved, committed, disbursed, spent, as far as said."""
        return self.spending.get(line.key, {})

    def checked_amounts(self, line: BudgetLine) -> Amounts:
        """The same without reports that are not verified."""
        return self.checked.get(line.key, {})

    def of(self, indicator: Indicator) -> Sequence[IndicatorValue]:
        """The values of an indicator that count, corrected ones too, by the end of their period."""
        return self.values.get(indicator.id, ())


NOTHING = Record((), {}, {}, {}, {})


def record_of(plan: Plan, *, until: date | None = None, public: bool = False) -> Record:
    """What is reported about a plan in the periods that ended by a day, in all if none is given.

    With `public` only what is verified, in periods whose progress is published. Seven statements at most, whatever
    the size of the plan. It knows restricted rows too: whoever shows it asks for rows as the reader may read them.
    """
    sent = _sent_updates(plan, until, public=public)
    updates, verified = _uncorrected(sent), _uncorrected([one for one in sent if one.state == VERIFIED])
    activities = {update.activity_id: update for update in updates if update.activity_id is not None}
    statuses = {row: update.status for row, update in activities.items() if update.status is not None}
    milestones = reported_milestones(plan, updates)
    spending, checked = reported_spending(updates), reported_spending(verified)
    if not public:
        statuses = _filed_statuses(plan) | statuses
        milestones = _filed_milestones(plan) | milestones
        filed = _filed_spending(plan)
        spending, checked = filed | spending, filed | checked
    values = _values(plan, until, public=public)
    return Record(tuple(updates), activities, statuses, milestones, spending, values, checked)


def counted_updates(plan: Plan, *conditions: Any) -> list[ProgressUpdate]:
    """The updates that count, under further conditions if any are given; the oldest first, without the corrected."""
    return _uncorrected(_sent_updates(plan, None, *conditions))


def _sent_updates(plan: Plan, until: date | None, *conditions: Any, public: bool = False) -> Sequence[ProgressUpdate]:
    query = (
        select(ProgressUpdate)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .where(ProgressUpdate.plan_id == plan.id, *conditions)
        .options(joinedload(ProgressUpdate.period), joinedload(ProgressUpdate.institution))
        .order_by(ReportingPeriod.ends, ProgressUpdate.id)
    )
    if public:
        query = query.where(ProgressUpdate.state == VERIFIED, ReportingPeriod.published_at.is_not(None))
    else:
        query = query.where(ProgressUpdate.state.in_(COUNTED))
    if until is not None:
        query = query.where(ReportingPeriod.ends <= until)
    return db.session.scalars(query).all()


def _uncorrected(updates: Sequence[ProgressUpdate]) -> list[ProgressUpdate]:
    """Without those that others of them correct; among verified ones, what an unverified one corrects still holds."""
    corrected = {update.corrects_id for update in updates}
    return [update for update in updates if update.id not in corrected]


def by_subject(updates: Iterable[ProgressUpdate]) -> dict[tuple[str, int], ProgressUpdate]:
    """The last of these updates about each row, by what kind of row it is and by row id."""
    about = ((update, kind, getattr(update, f"{kind}_id")) for update in updates for kind in SUBJECTS)
    return {(kind, row): update for update, kind, row in about if row is not None}


def reported_milestones(plan: Plan, updates: Iterable[ProgressUpdate]) -> dict[int, Said]:
    """What updates, the oldest first, say last of milestones; by row id."""
    ids = dict(db.session.execute(select(Milestone.key, Milestone.id).where(Milestone.plan_id == plan.id)).all())
    found = {}
    for update in updates:
        for key, told in (update.milestones or {}).items():
            if key in ids:
                met = date.fromisoformat(told["met_on"]) if told.get("met_on") else None
                found[ids[key]] = Said(told.get("state"), met, told.get("reason"), update)
    return found


def reported_spending(updates: Iterable[ProgressUpdate]) -> dict[str, Amounts]:
    """What updates, the oldest first, say last of budget lines' money; by key of the line."""
    found: dict[str, Amounts] = {}
    for update in updates:
        for key, told in (update.spending or {}).items():
            found[key] = {name: Decimal(told[name]) for name in AMOUNTS if name in told}
    return found


def _filed_statuses(plan: Plan) -> dict[int, str]:
    query = select(ActivityProgress).join(Activity).where(Activity.plan_id == plan.id)
    return {row.activity_id: told["status"] for row in db.session.scalars(query) if (told := filed_in(row))}


def _filed_milestones(plan: Plan) -> dict[int, Said]:
    query = select(MilestoneProgress).join(Milestone).where(Milestone.plan_id == plan.id)
    return {row.milestone_id: Said(**told) for row in db.session.scalars(query) if (told := filed_in(row))}


def _filed_spending(plan: Plan) -> dict[str, Amounts]:
    query = select(BudgetLine.key, Spending).join(Spending, Spending.budget_line_id == BudgetLine.id)
    query = query.join(Activity, Activity.id == BudgetLine.activity_id).where(Activity.plan_id == plan.id)
    filed = ((key, filed_in(row)) for key, row in db.session.execute(query))
    return {key: {name: told[name] for name in AMOUNTS if told[name] is not None} for key, told in filed if told}


def _values(plan: Plan, until: date | None, *, public: bool) -> dict[int, list[IndicatorValue]]:
    query = (
        select(IndicatorValue)
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .outerjoin(ProgressUpdate, ProgressUpdate.id == IndicatorValue.update_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .where(Indicator.plan_id == plan.id)
        .order_by(IndicatorValue.period_ends, IndicatorValue.corrects, IndicatorValue.position, IndicatorValue.id)
    )
    filed: Any = IndicatorValue.update_id.is_(None)
    if public:
        shown = (ProgressUpdate.state == VERIFIED) & ReportingPeriod.published_at.is_not(None)
        query = query.where(or_(filed & (IndicatorValue.quality == VERIFIED), shown))
    else:
        query = query.where(or_(filed, ProgressUpdate.state.in_(COUNTED)))
    if until is not None:
        query = query.where(IndicatorValue.period_ends <= until)
    found: dict[int, list[IndicatorValue]] = defaultdict(list)
    for value in db.session.scalars(query.options(joinedload(IndicatorValue.update))):
        found[value.indicator_id].append(value)
    return found
