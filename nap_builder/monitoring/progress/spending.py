"""What became of the money: planned, approved, committed, paid out and spent, by the arithmetic of `plans.money`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nap_builder.kernel.languages import _, _l, listed, number
from nap_builder.monitoring.progress.exact import HUNDRED, minus, rounded, scaled
from nap_builder.plans.money import Amount, Cost, Line, Reckoning, Spending, apart, cost_of, total

PLANNED, APPROVED, COMMITTED, DISBURSED, SPENT = STAGES = ("planned", "approved", "committed", "disbursed", "spent")


@dataclass(frozen=True, slots=True)
class Outlay:
    """A budget line with what became of it: each stage that is said, counted like the line itself.

    Every report says what a stage comes to since the money was given, so the last one holds. `checked` are the same
    stages by verified reports alone; what is planned stands in both.
    """

    stages: Mapping[str, Spending]
    checked: Mapping[str, Spending] = field(default_factory=dict)

    def __contains__(self, stage: object) -> bool:
        return stage in self.stages

    def waiting(self, stage: str) -> Spending | None:
        """By how much a stage is above what verified reports say of it; None where it is not."""
        now, was = self.stages.get(stage), self.checked.get(stage)
        if now is None or was is None:
            return now if now is not None and now.given else None
        above = _above(now.given, was.given)
        if not above:
            return None
        counted = None if now.counted is None or was.counted is None else _above(now.counted, was.counted)
        return replace(now, given=above, counted=counted)

    def fell(self, stage: str) -> bool:
        """Whether a stage is below what verified reports say of it, or no more said."""
        now, was = self.stages.get(stage), self.checked.get(stage)
        return was is not None and bool(_above(was.given, now.given if now else Amount()))


def _above(amount: Amount, other: Amount) -> Amount:
    return Amount(*(max(minus(*ends), Decimal(0)) for ends in ((amount.low, other.low), (amount.high, other.high))))


@dataclass(frozen=True, slots=True)
class Execution:
    """Spent money in per cent of `base` (approved, else planned): a range where the plan gives one.

    It is None in both where nothing can be compared. `apart` are the currencies without a stated rate, left out.
    Fiscal years without reported spending are left out; where some are, `years` are those compared, by the year in
    which each begins. `verified` is the share by verified reports alone, low and high, where it is another one.
    """

    base: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    apart: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    verified: tuple[Decimal, Decimal] | None = None

    @property
    def over(self) -> str:
        """That more is spent than the base, in a sentence; empty where it is not, or where a range leaves it open."""
        return str(_OVER[self.base]) if self.low is not None and self.low > HUNDRED else ""

    @property
    def sentence(self) -> str:
        """The rate and what it is a share of; else why there is none."""
        if self.low is None or self.high is None:
            return _("There is no execution rate: no spending is reported against a known amount.")
        said = [str(_RATES[self.base]) % {"rate": _range(self.low, self.high)}, self.over]
        if self.verified:
            said.append(_("By verified reports alone it is %(rate)s%%.", rate=_range(*self.verified)))
        if self.years:
            years = listed(str(year) for year in self.years)
            said.append(
                _("Only fiscal years with reported spending are compared, beginning in: %(years)s.", years=years)
            )
        if self.apart:
            said.append(_("Without %(currencies)s, which has no stated rate.", currencies=listed(self.apart)))
        return " ".join(filter(None, said))


def _range(low: Decimal, high: Decimal) -> str:
    least, most = number(rounded(low)), number(rounded(high))
    return least if least == most else _("%(low)s to %(high)s", low=least, high=most)


_RATES = {
    APPROVED: _l("%(rate)s%% of the approved money is spent."),
    PLANNED: _l("%(rate)s%% of the planned money is spent."),
}
_OVER = {
    APPROVED: _l("That is more than was approved."),
    PLANNED: _l("That is more than was planned."),
}


@dataclass(frozen=True, slots=True)
class Use:
    """What some budget lines come to at each stage that is said of any, and how much of it is spent.

    `unverified` is how much more each stage comes to than verified reports say of its lines. Where one of them comes
    to less, that would not be the difference of the sums: `checked` is what verified reports say of such a stage.
    """

    costs: Mapping[str, Cost] = field(default_factory=dict)
    execution: Execution = Execution()
    unverified: Mapping[str, Cost] = field(default_factory=dict)
    checked: Mapping[str, Cost] = field(default_factory=dict)


def outlay_of(
    reckoning: Reckoning,
    line: Line,
    said: Mapping[str, Decimal | None],
    checked: Mapping[str, Decimal | None] | None = None,
) -> Outlay:
    """A budget line of nap-plan/1 with its stages; `said` holds approved, committed, disbursed and spent.

    They are in the currency of the line, and counted at the same stated rate. `checked` holds them as verified reports
    alone say them; where it is not given, all that is said is verified.
    """

    def counted(amounts: Mapping[str, Decimal | None]) -> dict[str, Spending]:
        told = {stage: amounts.get(stage) for stage in STAGES[1:]}
        return {
            stage: reckoning.spending({**_kept(line), "amount": amount})
            for stage, amount in told.items()
            if amount is not None
        }

    planned = {PLANNED: reckoning.spending(line)}
    return Outlay({**planned, **counted(said)}, {**planned, **counted(said if checked is None else checked)})


def use_of(outlays: Iterable[Outlay]) -> Use:
    """What became of the money of some budget lines, in the plan's currency, what has no rate apart."""
    lines = list(outlays)
    fallen = [stage for stage in STAGES[1:] if any(outlay.fell(stage) for outlay in lines)]
    return Use(
        _costs(lines, STAGES, lambda outlay, stage: outlay.stages.get(stage)),
        execution_of(lines),
        _costs(lines, [stage for stage in STAGES[1:] if stage not in fallen], Outlay.waiting),
        _costs(lines, fallen, lambda outlay, stage: outlay.checked.get(stage)),
    )


def _costs(
    lines: Iterable[Outlay], stages: Iterable[str], of: Callable[[Outlay, str], Spending | None]
) -> dict[str, Cost]:
    found = {stage: [one for outlay in lines if (one := of(outlay, stage)) is not None] for stage in stages}
    return {stage: cost_of(counted) for stage, counted in found.items() if counted}


def execution_of(outlays: Iterable[Outlay]) -> Execution:
    """How much is spent of what was approved, where every line with spending says so; else of what was planned.

    What a fiscal year without any reported spending has is no part of it: nobody knows yet how much of it was used.
    """
    lines = list(outlays)
    told = [outlay for outlay in lines if SPENT in outlay]
    if not told:
        return Execution()
    base = APPROVED if all(APPROVED in outlay for outlay in told) else PLANNED
    years = {_year(outlay) for outlay in told}
    counted = [outlay for outlay in lines if base in outlay and _year(outlay) in years]
    spent = [outlay.stages[SPENT] for outlay in told]
    left_out, whole = tuple(apart(spent)), total(outlay.stages[base] for outlay in counted)
    if not whole.low or all(line.counted is None for line in spent):
        return Execution(base, apart=left_out)
    whole_plan = all(_year(outlay) in years for outlay in lines if base in outlay)
    checked = [outlay.checked[SPENT] for outlay in lines if SPENT in outlay.checked and _year(outlay) in years]
    share, verified = _share(total(spent), whole), _share(total(checked), whole)
    named = () if whole_plan else tuple(sorted(year for year in years if year))
    return Execution(base, *share, left_out, named, verified if verified != share else None)


def _year(outlay: Outlay) -> int:
    return outlay.stages[PLANNED].year


def _share(spent: Amount, whole: Amount) -> tuple[Decimal, Decimal]:
    return scaled(spent.low, HUNDRED, whole.high), scaled(spent.high, HUNDRED, whole.low)


def _kept(line: Line) -> dict[str, object]:
    """A line without its amount, whichever way it is stated."""
    return {name: value for name, value in line.items() if name not in _AMOUNTS}


_AMOUNTS = frozenset({"amount", "low", "high", "quantity", "times", "unit_cost"})
