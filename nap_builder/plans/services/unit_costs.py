"""The State's own table of unit costs, and what a budget line takes from it."""

from collections.abc import Mapping
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, Duplicate
from nap_builder.kernel.languages import CATALOGUES, _, day, force_locale, money, words_in
from nap_builder.plans.events.money import (
    UNIT_COST_ADDED,
    UNIT_COST_ARCHIVED,
    UNIT_COST_CHANGED,
    UNIT_COST_RESTORED,
)
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.unit_costs import unit_costs
from nap_builder.plans.said import unit_cost_named
from nap_builder.plans.services.rows import assign


def add_unit_cost(by: Actor, values: Mapping[str, Any]) -> UnitCost:
    """Adds a unit cost to the table. Raises BadInput for one that is there already."""
    _refuse_twice(values)
    row = UnitCost()
    changes = assign(row, values)
    db.session.add(row)
    _remember(UNIT_COST_ADDED, by, row, changes)
    return row


def change_unit_cost(by: Actor, row: UnitCost, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Writes a unit cost; budget lines that took it keep what they took. Raises StaleEdit, BadInput."""
    unchanged_since(row, seen)
    _refuse_twice(values, but=row)
    _remember(UNIT_COST_CHANGED, by, row, assign(row, values))


def archive_unit_cost(by: Actor, row: UnitCost, *, seen: int | None) -> None:
    """Takes a unit cost off the table; budget lines that took it stay as they are. Raises StaleEdit."""
    unchanged_since(row, seen)
    row.archived_at = now()
    _remember(UNIT_COST_ARCHIVED, by, row)


def restore_unit_cost(by: Actor, row: UnitCost, *, seen: int | None) -> None:
    """Puts an archived unit cost back. Raises StaleEdit, and Duplicate where another of its name stands."""
    unchanged_since(row, seen)
    if _twin(row.title, row.unit, but=row):
        raise Duplicate(_("The table has this already. Change that one, or archive it."))
    row.archived_at = None
    _remember(UNIT_COST_RESTORED, by, row)


def _remember(act: Act, by: Actor, row: UnitCost, changes: Mapping[str, tuple[Any, Any]] | None = None) -> None:
    db.session.flush()
    record(act, by, row, changes=dict(changes or {}), title=words_in(row.title))


def _refuse_twice(values: Mapping[str, Any], but: UnitCost | None = None) -> None:
    if _twin(values["title"], values["unit"], but):
        raise BadInput("title", _("The table has this already. Change that one, or archive it."))


def _twin(title: Mapping[str, str], unit: Mapping[str, str], but: UnitCost | None) -> bool:
    """Whether the table has another row of this name and unit."""
    others = (row for row in unit_costs() if row is not but)
    return any(_alike(row.title, title) and _alike(row.unit, unit) for row in others)


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two texts say the same in a language that both have."""
    return any(one[tag].strip().casefold() == other[tag].strip().casefold() for tag in one if tag in other)


def priced(plan: Plan, line: BudgetLine, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a budget line with what they take from the table of unit costs.

    A line that names a rate without a cost of one takes the rate's amount, currency and unit, and its basis notes
    what was taken and when. A line that took it before keeps what it took. Raises BadInput for another cost of one.
    """
    rate = db.session.get(UnitCost, values["rate_id"]) if values.get("rate_id") else None
    if rate is None:
        return dict(values)
    stated = values.get("currency") or plan.currency
    if _kept(plan, line, rate, values, stated):
        return dict(values)
    if values.get("currency") and stated != rate.currency:
        raise BadInput("currency", _("The table says this in %(code)s. Leave the currency empty.", code=rate.currency))
    if values.get("unit_cost") not in (None, rate.amount):
        raise BadInput(
            "unit_cost",
            _(
                "The table says %(amount)s. Leave this empty to take it, or take nothing from the table.",
                amount=money(rate.amount, rate.currency),
            ),
        )
    return {
        **values,
        "unit_cost": rate.amount,
        "currency": None if rate.currency == plan.currency else rate.currency,
        "unit": values.get("unit") or rate.unit,
        "basis": _noted(plan, rate, values.get("basis")),
    }


def _kept(plan: Plan, line: BudgetLine, rate: UnitCost, values: Mapping[str, Any], currency: str) -> bool:
    took = (line.rate_id, line.unit_cost, line.currency or plan.currency)
    return took == (rate.id, values.get("unit_cost"), currency)


def _noted(plan: Plan, rate: UnitCost, basis: Mapping[str, str] | None) -> dict[str, str]:
    """The basis with a note of what was taken from the table, in each of the plan's languages that we speak."""
    noted = dict(basis or {})
    ours = [tag for tag in plan.languages if tag == "en" or (CATALOGUES / tag).is_dir()] or ["en"]
    for tag in ours:
        with force_locale(tag):
            note = _(
                "From the table of unit costs: %(name)s, %(amount)s, valid from %(year)s; taken on %(day)s.",
                name=unit_cost_named(rate, tag),
                amount=money(rate.amount, rate.currency),
                year=rate.valid_from,
                day=day(now().date()),
            )
        before = noted.get(tag, "")
        noted[tag] = before if note in before else f"{before}\n{note}".strip()
    return noted
