"""What an activity costs: sums of its budget lines, exact, never across currencies."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.snapshot import Money

EXACTLY = Context(prec=100)


@dataclass(frozen=True)
class Amount:
    """An amount in one currency, or the range it lies in."""

    currency: str
    low: Decimal
    high: Decimal

    @property
    def range(self) -> bool:
        """Whether it is a range."""
        return self.low != self.high


@dataclass(frozen=True)
class Cost:
    """The sums of an activity's budget lines, the plan's currency first, and what is said of its costing."""

    amounts: tuple[Amount, ...] = ()
    said: str | None = None


def amount_of(line: BudgetLine | Money, currency: str) -> Amount:
    """The amount of a budget line: as stated, as a range, or quantity by times by unit cost.

    `currency` is the plan's, used where the line names none.
    """
    own = line.currency or currency
    if line.amount is not None:
        return Amount(own, line.amount, line.amount)
    if line.low is not None and line.high is not None:
        return Amount(own, line.low, line.high)
    product = EXACTLY.multiply(line.quantity or Decimal(0), line.unit_cost or Decimal(0))
    product = EXACTLY.multiply(product, line.times if line.times is not None else Decimal(1))
    return Amount(own, product, product)


def summed(lines: Iterable[BudgetLine | Money], currency: str) -> tuple[Amount, ...]:
    """The sum in each currency, the plan's own first, the others by their code."""
    sums: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for line in lines:
        amount = amount_of(line, currency)
        low, high = sums[amount.currency]
        sums[amount.currency] = EXACTLY.add(low, amount.low), EXACTLY.add(high, amount.high)
    order = sorted(sums, key=lambda code: (code != currency, code))
    return tuple(Amount(code, *sums[code]) for code in order)


def amounts_of(activities: Collection[int], currency: str) -> dict[int, tuple[Amount, ...]]:
    """The sums of activities by their row ids; one statement."""
    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in db.session.scalars(select(BudgetLine).where(BudgetLine.activity_id.in_(activities))):
        lines[line.activity_id].append(line)
    return {activity: summed(found, currency) for activity, found in lines.items()}
