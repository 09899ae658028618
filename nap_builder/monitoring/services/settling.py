"""What an update says becomes what stands: the figures, statuses and amounts that files and pages show.

An update keeps word for word what was reported; the rows here follow from it, so any state of an update can be settled
again without harm.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

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
from nap_builder.monitoring.queries.filed import filed_in, filed_text
from nap_builder.monitoring.queries.record import Said, counted_updates, reported_milestones, reported_spending
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone

DECIMALS = ("value", "numerator", "denominator")
ESTIMATE, PROVISIONAL = "estimate", "provisional"


def settle(update: ProgressUpdate) -> None:
    """Brings what stands into line with an update whose state or content changed, within the open transaction.

    Where nothing that was reported counts any more, what a file had said before stands again.
    """
    db.session.flush()
    _settle_values(update)
    about = next(column for name in SUBJECTS if (column := _about(update, name)) is not None)
    counted = counted_updates(update.plan, about)
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
        found = db.session.get(ActivityProgress, update.activity_id)
        _put(ActivityProgress, found, update.activity_id, last, status=last.status if last else None)


def _settle_milestones(update: ProgressUpdate, counted: Sequence[ProgressUpdate]) -> None:
    named = _spoken_of(Milestone, MilestoneProgress, update, update.milestones)
    said = reported_milestones(update.plan, counted) if named else {}
    standing = _standing(MilestoneProgress, named)
    for milestone in named:
        last = said.get(milestone.id, Said())
        facts = {"state": _checked(last), "met_on": last.met_on, "reason": last.reason}
        _put(MilestoneProgress, standing.get(milestone.id), milestone.id, last.update, **facts)


def _settle_spending(update: ProgressUpdate, counted: Sequence[ProgressUpdate]) -> None:
    reported, lines = reported_spending(counted), _spoken_of(BudgetLine, Spending, update, update.spending)
    standing = _standing(Spending, lines)
    for line in lines:
        last = next((one for one in reversed(counted) if line.key in (one.spending or {})), None)
        amounts = {name: reported.get(line.key, {}).get(name) for name in AMOUNTS}
        _put(Spending, standing.get(line.id), line.id, last, **amounts)


def _checked(said: Said) -> str | None:
    """A milestone that was reached is verified with the update that says so."""
    verified = said.state in MET and said.update is not None and said.update.state == VERIFIED
    return VERIFIED if verified else said.state


def _settle_values(update: ProgressUpdate) -> None:
    """The values of an update stay in their places; those of a figure that it no longer says go."""
    there = select(IndicatorValue).where(IndicatorValue.update_id == update.id)
    values = {value.indicator_id: value for value in db.session.scalars(there)}
    named = _named(Indicator, update, update.figures) if update.counts else []
    new = [indicator.id for indicator in named if indicator.id not in values]
    places = _next_places(new) if new else {}
    corrects = update.corrects_id is not None
    span = {"period_starts": update.period.starts, "period_ends": update.period.ends, "corrects": corrects}
    for indicator in named:
        told = (update.figures or {})[indicator.key]
        facts = span | _value(told, verified=update.state == VERIFIED)
        value = values.pop(indicator.id, None)
        if value is None:
            place = {"indicator_id": indicator.id, "position": places.get(indicator.id, 0)}
            db.session.add(IndicatorValue(update_id=update.id, **place, **facts))
        for name, fact in facts.items() if value is not None else ():
            setattr(value, name, fact)
    for value in values.values():
        db.session.delete(value)


def _next_places(indicators: Sequence[int]) -> dict[int, int]:
    """The place after the last value of each of these indicators that has one, by row id."""
    query = select(IndicatorValue.indicator_id, func.max(IndicatorValue.position) + 1)
    query = query.where(IndicatorValue.indicator_id.in_(indicators)).group_by(IndicatorValue.indicator_id)
    return dict(db.session.execute(query).all())


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


def _spoken_of(model: Any, told_in: Any, update: ProgressUpdate, told: Mapping[str, Any] | None) -> list[Any]:
    """The rows that an update speaks of, and those of which it, or what it corrects, spoke before."""
    said_by = told_in.update_id.in_([one for one in (update.id, update.corrects_id) if one is not None])
    query = select(model).outerjoin(told_in).where(or_(model.key.in_(told or ()), said_by))
    if model is BudgetLine:
        query = query.join(Activity, Activity.id == BudgetLine.activity_id).where(Activity.plan_id == update.plan_id)
    else:
        query = query.where(model.plan_id == update.plan_id)
    return list(db.session.scalars(query.order_by(model.id)))


def _standing(model: Any, rows: Sequence[Any]) -> dict[int, Any]:
    """What stands of rows, by their row ids; one statement."""
    key = next(iter(model.__table__.primary_key))
    found = db.session.scalars(select(model).where(key.in_([row.id for row in rows]))) if rows else ()
    return {getattr(one, key.name): one for one in found}


def _put(model: Any, found: Any, row: int, update: ProgressUpdate | None, **columns: Any) -> None:
    """Writes what stands of a row, and which update says so; what a file said where none does.

    `found` is what stood so far.
    """
    if update is None:
        _take_back(found)
        return
    if found is None:
        key = next(iter(model.__table__.primary_key)).name
        found = model(**{key: row})
        db.session.add(found)
    elif found.update_id is None:
        found.filed = filed_text(found)
    _set(found, columns | {"update_id": update.id})


def _take_back(found: Any) -> None:
    """Lets what a file said stand again, or nothing."""
    if found is None or found.update_id is None:
        return
    filed = filed_in(found)
    if filed is None:
        db.session.delete(found)
    else:
        _set(found, {**filed, "filed": None, "update_id": None})


def _set(row: Any, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
