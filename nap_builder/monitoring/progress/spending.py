"""What became of the money: planned, approved, committed, paid out and spent, by the arithmetic of `plans.money`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from nap_builder.kernel.languages import _, _l, listed, number
from nap_builder.monitoring.progress.exact import HUNDRED, rounded, scaled
from nap_builder.plans.money import Amount, Cost, Line, Reckoning, Spending, apart, cost_of, total

PLANNED, APPROVED, COMMITTED, DISBURSED, SPENT = STAGES = ("planned", "approved", "committed", "disbursed", "spent")


@dataclass(frozen=True, slots=True)
class Outlay:
    """A budget line with what became of it: each stage that is said, counted like the line itself."""

    stages: Mapping[str, Spending]

    def __contains__(self, stage: object) -> bool:
        return stage in self.stages


@dataclass(frozen=True, slots=True)
class Execution:
    """Spent money in per cent of `base` (approved, else planned): a range where the plan gives one.

    It is None in both where nothing can be compared. `apart` are the currencies without a stated rate, left out.
    """

    base: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    apart: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The rate and what it is a share of; else why there is none."""
        if self.low is None or self.high is None:
            return _("There is no execution rate: no spending is reported against a known amount.")
        rate, most = number(rounded(self.low)), number(rounded(self.high))
        if rate != most:
            rate = _("%(low)s to %(high)s", low=rate, high=most)
        said = str(_RATES[self.base]) % {"rate": rate}
        if not self.apart:
            return said
        return f"{said} {_('Without %(currencies)s, which has no stated rate.', currencies=listed(self.apart))}"


_RATES = {
    APPROVED: _l("%(rate)s%% of the approved money is spent."),
    PLANNED: _l("%(rate)s%% of the planned money is spent."),
}


@dataclass(frozen=True, slots=True)
class Use:
    """What some budget lines come to at each stage that is said of any, and how much of it is spent."""

    costs: Mapping[str, Cost] = field(default_factory=dict)
    execution: Execution = Execution()


def outlay_of(reckoning: Reckoning, line: Line, said: Mapping[str, Decimal | None]) -> Outlay:
    """A budget line of nap-plan/1 with its stages; `said` holds approved, committed, disbursed and spent.

    They are in the currency of the line, and counted at the same stated rate.
    """
    stages = {PLANNED: reckoning.spending(line)}
    for stage in STAGES[1:]:
        amount = said.get(stage)
        if amount is not None:
            stages[stage] = reckoning.spending({**_kept(line), "amount": amount})
    return Outlay(stages)


def use_of(outlays: Iterable[Outlay]) -> Use:
    """What became of the money of some budget lines, in the plan's currency, what has no rate apart."""
    lines = list(outlays)
    costs = {
        stage: cost_of(counted)
        for stage in STAGES
        if (counted := [outlay.stages[stage] for outlay in lines if stage in outlay])
    }
    return Use(costs, execution_of(lines))


def execution_of(outlays: Iterable[Outlay]) -> Execution:
    """How much is spent of what was approved, where every line with spending says so; else of what was planned."""
    lines = list(outlays)
    if not any(SPENT in outlay for outlay in lines):
        return Execution()
    base = APPROVED if all(APPROVED in outlay for outlay in lines if SPENT in outlay) else PLANNED
    left_out = tuple(apart(outlay.stages[SPENT] for outlay in lines if SPENT in outlay))
    whole = total(outlay.stages[base] for outlay in lines if base in outlay)
    spent = [outlay.stages[SPENT] for outlay in lines if SPENT in outlay]
    if not whole.low or all(line.counted is None for line in spent):
        return Execution(base, apart=left_out)
    low, high = _share(total(spent), whole)
    return Execution(base, low, high, left_out)


def _share(spent: Amount, whole: Amount) -> tuple[Decimal, Decimal]:
    return scaled(spent.low, HUNDRED, whole.high), scaled(spent.high, HUNDRED, whole.low)


def _kept(line: Line) -> dict[str, object]:
    """A line without its amount, whichever way it is stated."""
    return {name: value for name, value in line.items() if name not in _AMOUNTS}


_AMOUNTS = frozenset({"amount", "low", "high", "quantity", "times", "unit_cost"})
