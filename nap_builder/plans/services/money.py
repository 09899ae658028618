"""Budget lines of an activity."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.plans.events.measures import LINE_ADDED, LINE_CHANGED, LINE_REMOVED
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.money import amount_of
from nap_builder.plans.queries.framework import lines_of
from nap_builder.plans.services.rows import assign
from nap_builder.plans.services.touch import changed
from nap_builder.plans.services.unit_costs import priced

TOO_MUCH = Decimal(10) ** 15


def add_line(by: Actor, activity: Activity, values: Mapping[str, Any]) -> BudgetLine:
    """Adds a budget line to an activity, after the others. Amounts are in the line's currency, or the plan's.

    A `rate_id` takes the cost of one from the table of unit costs. Raises BadInput, WrongState.
    """
    line = BudgetLine(position=len(lines_of(activity)), for_womens_organisations=False)
    values = _fitting(priced(activity.plan, line, values))
    line.activity = activity
    changes = assign(line, values)
    db.session.add(line)
    record(LINE_ADDED, by, activity, changes=changes, plan=activity.plan.slug, code=activity.code)
    changed(activity.plan)
    return line


def change_line(by: Actor, line: BudgetLine, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Writes a budget line that was read at version `seen`. Raises StaleEdit, BadInput, WrongState."""
    activity = line.activity
    unchanged_since(line, seen)
    changes = assign(line, _fitting(priced(activity.plan, line, values)))
    touch(line)
    record(LINE_CHANGED, by, activity, changes=changes, plan=activity.plan.slug, code=activity.code)
    changed(activity.plan)


def remove_line(by: Actor, line: BudgetLine, *, seen: int | None) -> None:
    """Removes a budget line; the audit trail keeps what it said. Raises StaleEdit, WrongState."""
    activity = line.activity
    unchanged_since(line, seen)
    names = ("amount", "low", "high", "quantity", "times", "unit_cost", "currency", "year", "source", "funding")
    said = {name: (getattr(line, name), None) for name in names if getattr(line, name) is not None}
    others = [one for one in lines_of(activity) if one is not line]
    db.session.delete(line)
    for position, other in enumerate(others):
        other.position = position
    record(LINE_REMOVED, by, activity, changes=said, plan=activity.plan.slug, code=activity.code)
    changed(activity.plan)


def _fitting(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a line whose sum can be written in a file of the plan. Raises BadInput."""
    if amount_of(values).high >= TOO_MUCH:
        raise BadInput("quantity", _("This comes to more than 15 digits. Write smaller figures."))
    return values
