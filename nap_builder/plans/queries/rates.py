"""The rates of exchange that a plan states."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.wording import by_language


@dataclass(frozen=True)
class StatedRate:
    """One of `currency` counts as `rate` of the plan's. It is saved with the plan, so its version is the plan's."""

    plan: Plan
    currency: str
    rate: Decimal
    on: date
    source: dict[str, str] | None
    row_version: int


def stated_rates(plan: Plan) -> list[StatedRate]:
    """The rates of exchange that a plan states, in its order."""
    return [
        StatedRate(
            plan=plan,
            currency=row["currency"],
            rate=Decimal(row["rate"]),
            on=date.fromisoformat(row["on"]),
            source=by_language(row.get("source"), plan.first_language) or None,
            row_version=plan.row_version,
        )
        for row in plan.rates or ()
    ]


def rate_at(slug: str, currency: str) -> StatedRate:
    """The rate of a currency in a plan. Raises Missing."""
    found = next((rate for rate in stated_rates(plan_at(slug)) if rate.currency == currency), None)
    if found is None:
        raise Missing
    return found
