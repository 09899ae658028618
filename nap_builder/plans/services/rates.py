"""The rates of exchange that a plan states: without one, money in another currency enters no sum."""

from collections.abc import Mapping
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit
from nap_builder.kernel.fields import plain_decimal
from nap_builder.kernel.languages import _
from nap_builder.plans.events.money import RATE_REMOVED, RATE_STATED
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.rates import StatedRate, stated_rates
from nap_builder.plans.services.touch import changed


def state_rate(by: Actor, plan: Plan, currency: str, values: Mapping[str, Any]) -> None:
    """States the rate of a currency: `rate` of the plan's currency for one of it, `on` a day, with its `source`.

    Raises BadInput for the plan's own currency and for one with a rate, WrongState.
    """
    if currency == plan.currency:
        raise BadInput("currency", _("This is the plan’s own currency. It needs no rate."))
    if any(rate.currency == currency for rate in stated_rates(plan)):
        raise BadInput("currency", _("A rate for %(code)s is stated already. Change that one.", code=currency))
    _write(by, plan, currency, _said(currency, values))


def change_rate(by: Actor, rate: StatedRate, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Writes a stated rate that was read at version `seen` of its plan. Raises StaleEdit, WrongState."""
    _unchanged_since(rate, seen)
    _write(by, rate.plan, rate.currency, _said(rate.currency, values))


def remove_rate(by: Actor, rate: StatedRate, *, seen: int | None) -> None:
    """Takes a rate out of the plan: money in its currency stands apart again. Raises StaleEdit, WrongState."""
    _unchanged_since(rate, seen)
    _write(by, rate.plan, rate.currency, None)


def _unchanged_since(rate: StatedRate, seen: int | None) -> None:
    if seen is None:
        raise MalformedForm
    if rate.row_version != seen:
        raise StaleEdit(rate)


def _said(currency: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A rate as nap-plan/1 writes it."""
    said = {"currency": currency, "rate": plain_decimal(values["rate"]), "on": values["on"].isoformat()}
    return {**said, "source": values["source"]} if values.get("source") else said


def _write(by: Actor, plan: Plan, currency: str, said: dict[str, Any] | None) -> None:
    before = next((row for row in plan.rates or () if row["currency"] == currency), None)
    rows = [said if row is before else row for row in plan.rates or ()]
    rows += [said] if before is None else []
    plan.rates = [row for row in rows if row is not None] or None
    db.session.flush()
    pair = (_told(before), _told(said))
    record(RATE_STATED if said else RATE_REMOVED, by, plan, changes={"rates": pair}, currency=currency)
    changed(plan)


def _told(row: Mapping[str, Any] | None) -> str | None:
    """A rate as the trail keeps it."""
    return f"1 {row['currency']} = {row['rate']} ({row['on']})" if row else None
