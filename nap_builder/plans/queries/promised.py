"""The values of activities that an institution promises with them, as they stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.kernel.fields import plain_decimal
from nap_builder.plans.models.framework import CO_LEAD, EFFECTIVE_LEAD, Activity, Involvement, Objective, Output
from nap_builder.plans.models.measures import BASELINE, TARGET, BudgetLine, Figure, Indicator
from nap_builder.plans.models.plan import ACCEPTED, ASKED, Commitment, Plan
from nap_builder.plans.promises import Values
from nap_builder.taskforce.models import Institution

_MONEY = ("amount", "low", "high", "quantity", "times", "unit_cost", "unit", "year", "source", "funding", "kind")
_FIGURE = ("value", "text", "numerator", "denominator", "year", "by", "cells")
_INDICATOR = ("key", "title", "kind", "unit")

Parts = dict[int, list[Values]]


def values_of(activities: Collection[int]) -> dict[int, Values]:
    """What is promised with each of these activities (row ids), as `plans/promises.py` says it. Five statements."""
    if not activities:
        return {}
    co_leads, budgets, indicators = _co_leads(activities), _budgets(activities), _indicators(activities)
    return {
        row: {
            **said,
            **({"co_leads": co_leads[row]} if row in co_leads else {}),
            **({"budget": budgets[row]} if row in budgets else {}),
            **({"indicators": indicators[row]} if row in indicators else {}),
        }
        for row, said in _rows(activities).items()
    }


def value_of(activity: Activity) -> Values:
    """What is promised with one activity."""
    return values_of([activity.id])[activity.id]


def states_of(activities: Collection[int]) -> dict[int, str]:
    """How far each of these activities (row ids) is committed to, where anybody was asked. One statement."""
    query = select(Commitment.activity_id, Commitment.state).where(Commitment.activity_id.in_(activities))
    return {row or 0: state for row, state in db.session.execute(query)}


def held_to_their_word(plan: Plan) -> list[tuple[Commitment, Activity]]:
    """The commitments of a plan whose institution once accepted values that may come to differ, with their activities.

    One statement. They are read afresh, since an import writes past what the session has read.
    """
    query = (
        select(Commitment, Activity)
        .join(Activity, Activity.id == Commitment.activity_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
        .where((Commitment.state == ACCEPTED) | ((Commitment.state == ASKED) & Commitment.changed_at.is_not(None)))
    )
    return [(row[0], row[1]) for row in db.session.execute(query.execution_options(populate_existing=True))]


def _rows(activities: Collection[int]) -> dict[int, Values]:
    names = ("title", "starts", "ends", "timing", "time_as_stated", "costing")
    query = (
        select(Activity.id, Institution.key, *(getattr(Activity, name) for name in names))
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Institution, Institution.id == EFFECTIVE_LEAD)
        .where(Activity.id.in_(activities))
    )
    return {row[0]: _said(("lead", *names), row[1:]) for row in db.session.execute(query)}


def _co_leads(activities: Collection[int]) -> dict[int, list[str]]:
    query = select(Involvement.activity_id, Institution.key).join(Institution)
    query = query.where(Involvement.activity_id.in_(activities), Involvement.part == CO_LEAD)
    found: dict[int, list[str]] = defaultdict(list)
    for row, key in db.session.execute(query.order_by(Institution.key)):
        found[row or 0].append(key)
    return found


def _budgets(activities: Collection[int]) -> Parts:
    query = (
        select(
            BudgetLine.activity_id,
            BudgetLine.currency,
            Plan.currency,
            Institution.key,
            *(getattr(BudgetLine, n) for n in _MONEY),
        )
        .join(Activity, Activity.id == BudgetLine.activity_id)
        .join(Plan, Plan.id == Activity.plan_id)
        .outerjoin(Institution, Institution.id == BudgetLine.funder_id)
        .where(BudgetLine.activity_id.in_(activities))
        .order_by(BudgetLine.position, BudgetLine.id)
    )
    found: Parts = defaultdict(list)
    for row, own, plans, funder, *money in db.session.execute(query):
        found[row].append(_said(("currency", "funder", *_MONEY), (own or plans, funder, *money)))
    return found


def _indicators(activities: Collection[int]) -> Parts:
    query = (
        select(Indicator.id, Indicator.activity_id, *(getattr(Indicator, name) for name in _INDICATOR))
        .where(Indicator.activity_id.in_(activities), Indicator.archived_at.is_(None))
        .order_by(Indicator.position, Indicator.id)
    )
    rows = db.session.execute(query).all()
    figures = _figures([row[0] for row in rows])
    found: Parts = defaultdict(list)
    for indicator, activity, *said in rows:
        found[activity or 0].append({**_said(_INDICATOR, said), **figures.get(indicator, {})})
    return found


def _figures(indicators: Collection[int]) -> Mapping[int, Values]:
    query = (
        select(Figure.indicator_id, Figure.part, *(getattr(Figure, name) for name in _FIGURE))
        .where(Figure.indicator_id.in_(indicators), Figure.part.in_((BASELINE, TARGET)))
        .order_by(Figure.position, Figure.id)
    )
    found: dict[int, Values] = defaultdict(dict)
    for indicator, part, *said in db.session.execute(query):
        if part == BASELINE:
            found[indicator]["baseline"] = _said(_FIGURE, said)
        else:
            found[indicator].setdefault("targets", []).append(_said(_FIGURE, said))
    return found


def _said(names: Iterable[str], values: Iterable[Any]) -> Values:
    """Members with something in them, as JSON holds them."""
    pairs = zip(names, values, strict=True)
    return {name: _exact(value) for name, value in pairs if value is not None and value != ""}


def _exact(value: Any) -> Any:
    return plain_decimal(value) if isinstance(value, Decimal) else value
