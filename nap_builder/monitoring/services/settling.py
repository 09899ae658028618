"""What an update says becomes what stands: the figures, statuses and amounts that files and pages show.

An update keeps word for word what was reported; the rows here follow from it, so any state of an update can be settled
again without harm.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from nap_builder.kernel.database import db
from nap_builder.monitoring.models import (
    VERIFIED,
    ActivityProgress,
    IndicatorValue,
    MilestoneProgress,
    ProgressUpdate,
    Spending,
)
from nap_builder.monitoring.names import SUBJECTS
from nap_builder.monitoring.progress.names import AMOUNTS, MET
from nap_builder.monitoring.queries.record import Said, counted_updates, reported_milestones, reported_spending
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone

DECIMALS = ("value", "numerator", "denominator")
ESTIMATE, PROVISIONAL = "estimate", "provisional"


def settle(update: ProgressUpdate) -> None:
    """Brings what stands into line with an update whose state or content changed, within the open transaction.

    Where nothing that was reported counts any more, nothing stands; what a file had said before is gone by then.
    """
    db.session.flush()
    _settle_values(update)
    about = next(column for name in SUBJECTS if (column := _about(update, name)) is not None)
    counted = counted_updates(update.plan, None, about)
    _settle_status(update, counted)
    _settle_milestones(update, counted)
    _settle_spending(update, counted)
    db.session.flush()


def _about(update: ProgressUpdate, kind: str) -> ColumnElement[bool] | None:
    """The condition for updates about the same row."""
    row = getattr(update, f"{kind}_id")
    return None if row is None else getattr(ProgressUpdate, f"{kind}_id") == row


def _settle_status(update: ProgressUpdate, counted: Sequence[ProgressUpdate]) -> None:
    if update.activity_id is not None:
        last = next((one for one in reversed(counted) if one.status is not None), None)
        _put(ActivityProgress, update.activity_id, last, status=last.status if last else None)


def _settle_milestones(update: ProgressUpdate, counted: Sequence[ProgressUpdate]) -> None:
    said = reported_milestones(update.plan, counted)
    for milestone in _named(Milestone, update, update.milestones):
        last = said.get(milestone.id, Said())
        facts = {"state": _checked(last), "met_on": last.met_on, "reason": last.reason}
        _put(MilestoneProgress, milestone.id, last.update, **facts)


def _settle_spending(update: ProgressUpdate, counted: Sequence[ProgressUpdate]) -> None:
    reported = reported_spending(counted)
    for line in _lines(update):
        last = next((one for one in reversed(counted) if line.key in (one.spending or {})), None)
        _put(Spending, line.id, last, **{name: reported.get(line.key, {}).get(name) for name in AMOUNTS})


def _checked(said: Said) -> str | None:
    """A milestone that was reached is verified with the update that says so."""
    verified = said.state in MET and said.update is not None and said.update.state == VERIFIED
    return VERIFIED if verified else said.state


def _settle_values(update: ProgressUpdate) -> None:
    there = select(IndicatorValue).where(IndicatorValue.update_id == update.id)
    for value in db.session.scalars(there):
        db.session.delete(value)
    db.session.flush()
    if not update.counts:
        return
    for indicator in _named(Indicator, update, update.figures):
        last = select(func.max(IndicatorValue.position)).where(IndicatorValue.indicator_id == indicator.id)
        place = db.session.scalar(last)
        told = (update.figures or {})[indicator.key]
        facts = _value(told, verified=update.state == VERIFIED)
        db.session.add(
            IndicatorValue(
                indicator_id=indicator.id,
                update_id=update.id,
                position=0 if place is None else place + 1,
                period_starts=update.period.starts,
                period_ends=update.period.ends,
                corrects=update.corrects_id is not None,
                **facts,
            )
        )
        db.session.flush()


def _value(told: Mapping[str, Any], *, verified: bool) -> dict[str, Any]:
    """The columns of a value as an update says it: decimals as text, an estimate by its quality."""
    facts = {name: Decimal(told[name]) if name in told else None for name in DECIMALS}
    others = {name: told.get(name) for name in ("text", "source", "cells", "missing", "note", "series")}
    estimated = told.get("quality") == ESTIMATE
    quality = ESTIMATE if estimated else VERIFIED if verified else PROVISIONAL
    return {**facts, **others, "quality": quality}


def _named(model: Any, update: ProgressUpdate, told: Mapping[str, Any] | None) -> list[Any]:
    """The rows of the plan that an update speaks of by key."""
    if not told:
        return []
    query = select(model).where(model.plan_id == update.plan_id, model.key.in_(told)).order_by(model.id)
    return list(db.session.scalars(query))


def _lines(update: ProgressUpdate) -> list[BudgetLine]:
    if not update.spending:
        return []
    query = select(BudgetLine).join(Activity).where(Activity.plan_id == update.plan_id)
    return list(db.session.scalars(query.where(BudgetLine.key.in_(update.spending)).order_by(BudgetLine.id)))


def _put(model: Any, row: int, update: ProgressUpdate | None, **columns: Any) -> None:
    """Writes what stands of a row, and which update says so; nothing where none does."""
    found = db.session.get(model, row)
    if update is None:
        if found is not None:
            db.session.delete(found)
        return
    if found is None:
        key = next(iter(model.__table__.primary_key)).name
        found = model(**{key: row})
        db.session.add(found)
    for name, value in {**columns, "update_id": update.id}.items():
        setattr(found, name, value)
