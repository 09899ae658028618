"""Rows of a results framework for tests, within the open transaction."""

from decimal import Decimal
from typing import Any

from nap_builder.kernel.database import db
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine, Figure, Indicator
from nap_builder.plans.models.money import UnitCost


def a_pillar(plan: Any, *, code: str, title: str = "A pillar", **given: Any) -> Pillar:
    """A pillar, after the others."""
    return _saved(Pillar(plan_id=plan.id, code=code, title={"en": title}, position=_place(Pillar, plan), **given))


def an_objective(pillar: Pillar, *, code: str, title: str = "An objective", **given: Any) -> Objective:
    """An objective of a pillar, after the others of the plan."""
    place = {"plan_id": pillar.plan_id, "pillar_id": pillar.id}
    return _saved(Objective(**place, code=code, title={"en": title}, position=_place(Objective, pillar.plan), **given))


def an_output(objective: Objective, *, code: str, title: str = "An output", **given: Any) -> Output:
    """An output of an objective."""
    place = {"plan_id": objective.plan_id, "objective_id": objective.id}
    return _saved(Output(**place, code=code, title={"en": title}, position=_place(Output, objective.plan), **given))


def an_activity(parent: Any, *, code: str, title: str = "An activity", **given: Any) -> Activity:
    """An activity under a pillar, an objective or an output."""
    place = {"plan_id": parent.plan_id, f"{parent.__tablename__}_id": parent.id}
    if isinstance(parent, Output):
        place["objective_id"] = parent.objective_id
        place["pillar_id"] = parent.objective.pillar_id
    elif isinstance(parent, Objective):
        place["pillar_id"] = parent.pillar_id
    given.setdefault("position", _place(Activity, parent.plan))
    return _saved(Activity(**place, code=code, title={"en": title}, **given))


def an_indicator(row: Any, *, code: str, title: str = "An indicator", kind: str = "number", **given: Any) -> Indicator:
    """An indicator of a row of the framework."""
    place = {"plan_id": row.plan_id, f"{row.__tablename__}_id": row.id, "position": _place(Indicator, row.plan)}
    return _saved(Indicator(**place, code=code, title={"en": title}, kind=kind, **given))


def a_line(activity: Activity, *, amount: str | None = "100", **given: Any) -> BudgetLine:
    """A budget line of an activity."""
    money = Decimal(amount) if amount else None
    return _saved(BudgetLine(activity_id=activity.id, position=0, amount=money, **given))


def a_unit_cost(*, title: str = "Trainer", unit: str = "day", amount: str = "250", **given: Any) -> UnitCost:
    """A row of the State's table of unit costs, in US dollars from 2027 on."""
    given = {"currency": "USD", "valid_from": 2027, **given}
    return _saved(UnitCost(title={"en": title}, unit={"en": unit}, amount=Decimal(amount), **given))


def a_figure(indicator: Indicator, *, part: str = "baseline", value: str = "1", **given: Any) -> Figure:
    """A baseline, target or benchmark of an indicator."""
    return _saved(Figure(indicator_id=indicator.id, part=part, value=Decimal(value), **given))


def many_activities(objective: Objective, count: int, *, first: int = 100, **given: Any) -> list[Activity]:
    """So many activities under one objective, numbered from `first` on, saved in one go."""
    place = {"plan_id": objective.plan_id, "pillar_id": objective.pillar_id, "objective_id": objective.id}
    numbers = range(first, first + count)
    rows = [Activity(**place, code=f"x{n}", position=n, title={"en": f"Activity {n}"}, **given) for n in numbers]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _place(model: Any, plan: Any) -> int:
    return db.session.query(model).filter_by(plan_id=plan.id).count()
