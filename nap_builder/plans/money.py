"""The arithmetic of money: the one place where the costs of a plan are counted and added up.

It works on budget lines as nap-plan/1 writes them, so that pages, documents and files say the same sums. Figures are
exact decimals. An amount in another currency is counted at a rate that the plan states, or stands apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from nap_builder.kernel.decimals import EXACTLY

STATES = ("secured", "pledged", "gap", "unknown")
NOT_COSTED = "not_costed"
WITHOUT_MONEY = frozenset({"within_core", "no_cost"})
CENT = Decimal("0.01")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, or the range it lies in; in which currency, the one who holds it knows."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(EXACTLY.add(self.low, other.low), EXACTLY.add(self.high, other.high))

    def __bool__(self) -> bool:
        return bool(self.high)

    @property
    def range(self) -> bool:
        """Whether it is a range."""
        return self.low != self.high

    @property
    def middle(self) -> Decimal:
        """The middle of the range: for the length of a bar, never for a figure."""
        return EXACTLY.divide(EXACTLY.add(self.low, self.high), Decimal(2))

    def at(self, rate: Decimal) -> "Amount":
        """It in another currency, each end rounded to the hundredth, halves to the even one."""
        ends = (EXACTLY.multiply(end, rate).quantize(CENT, context=EXACTLY) for end in (self.low, self.high))
        return Amount(*ends)


@dataclass(frozen=True, slots=True)
class Spending:
    """A budget line in its place. `given` is in its own currency, `counted` in the plan's, None without a rate.

    `activity` and `pillar` are whatever the reader knows them by; `theme` is that of the objective, else of the
    pillar; `marker` is the activity's gender marker.
    """

    line: Line
    currency: str
    given: Amount
    counted: Amount | None
    activity: Any = None
    pillar: Any = None
    theme: str = ""
    marker: int | None = None

    @property
    def year(self) -> int:
        """The calendar year in which its fiscal year begins; 0 where none is said."""
        return int(self.line.get("year") or 0)

    @property
    def state(self) -> str:
        """Its state of funding."""
        return str(self.line.get("funding") or "unknown")

    @property
    def kind(self) -> str:
        """What kind of money it is; empty where none is said."""
        return str(self.line.get("kind") or "")

    @property
    def marked(self) -> str:
        """The gender marker of its activity as a word of its list; empty where none is given."""
        return "" if self.marker is None else str(self.marker)

    @property
    def for_womens_organisations(self) -> bool:
        """Whether it supports women's organisations."""
        return bool(self.line.get("for_womens_organisations"))


class Reckoning:
    """Counts budget lines in a plan's currency, at the rates that it states (`plan.rates` of nap-plan/1)."""

    def __init__(self, currency: str, rates: Iterable[Mapping[str, Any]] | None) -> None:
        self.currency = currency
        self.rates = {row["currency"]: row for row in rates or ()}

    def spending(self, line: Line, **place: Any) -> Spending:
        """A budget line counted; `place` says where it stands."""
        given, currency = amount_of(line), line.get("currency") or self.currency
        return Spending(line, currency, given, self._counted(given, currency), **place)

    def _counted(self, given: Amount, currency: str) -> Amount | None:
        if currency == self.currency:
            return given
        stated = self.rates.get(currency)
        return given.at(Decimal(stated["rate"])) if stated else None

    def converted(self, lines: Iterable[Spending]) -> list[str]:
        """The other currencies that were counted at a stated rate, by their code."""
        return sorted({line.currency for line in lines if line.counted is not None and line.currency != self.currency})

    def below(self, pillars: Iterable[Mapping[str, Any]]) -> Iterator[Spending]:
        """Every budget line below pillars of nap-plan/1, in the order of the plan; `pillar` is the place of its own."""
        for place, pillar in enumerate(pillars):
            for activity, theme in _activities(pillar, ""):
                for line in activity.get("budget", ()):
                    yield self.spending(
                        line, activity=activity, pillar=place, theme=theme, marker=activity.get("gender_marker")
                    )


def _activities(row: Mapping[str, Any], theme: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The activities below a row with the nearest theme above each."""
    theme = row.get("theme") or theme
    yield from ((activity, theme) for activity in row.get("activities", ()))
    for level in ("objectives", "outputs"):
        for below in row.get(level, ()):
            yield from _activities(below, theme)


def amount_of(line: Line) -> Amount:
    """The amount of a budget line in its own currency: as stated, as a range, or quantity by times by unit cost."""
    if line.get("amount") is not None:
        return Amount(Decimal(line["amount"]), Decimal(line["amount"]))
    if line.get("low") is not None:
        return Amount(Decimal(line["low"]), Decimal(line["high"]))
    times = line.get("times")
    product = EXACTLY.multiply(Decimal(line["quantity"]), Decimal(line["unit_cost"]))
    product = EXACTLY.multiply(product, Decimal(1 if times is None else times))
    return Amount(product, product)


def total(lines: Iterable[Spending]) -> Amount:
    """The sum of budget lines in the plan's currency, those without a rate left out."""
    return sum((line.counted for line in lines if line.counted is not None), Amount())


def apart(lines: Iterable[Spending]) -> dict[str, Amount]:
    """What no stated rate brings into the plan's currency, added up in each currency, by its code."""
    sums: dict[str, Amount] = {}
    for line in lines:
        if line.counted is None:
            sums[line.currency] = sums.get(line.currency, Amount()) + line.given
    return dict(sorted(sums.items()))


@dataclass(frozen=True)
class Cost:
    """What some lines come to: `total` in the plan's currency (None where nothing counts), and what stands apart.

    `said` is the costing of the activity that they belong to, as the plan says it.
    """

    total: Amount | None = None
    apart: Mapping[str, Amount] = field(default_factory=dict)
    said: str | None = None


def cost_of(lines: Sequence[Spending], said: str | None = None) -> Cost:
    """What these lines come to."""
    counted = any(line.counted is not None for line in lines)
    return Cost(total(lines) if counted else None, apart(lines), said)


def costing_of(said: str | None, *, has_money: bool) -> str:
    """How an activity's cost is known, one of `names.COSTINGS`: stated money tells more than what is said of it."""
    if has_money:
        return "costed"
    return said if said in WITHOUT_MONEY else NOT_COSTED


@dataclass(frozen=True)
class Share:
    """The lines that have something in common, such as their pillar or year: `key` is what that is."""

    key: Any
    lines: Sequence[Spending]

    @property
    def cost(self) -> Cost:
        """What they come to."""
        return cost_of(self.lines)

    @property
    def total(self) -> Amount:
        """Their sum in the plan's currency."""
        return total(self.lines)

    def of(self, state: str) -> Amount:
        """Their sum in one state of funding."""
        return total(line for line in self.lines if line.state == state)


def shares(lines: Iterable[Spending], by: Callable[[Spending], Any], order: Iterable[Any] | None = None) -> list[Share]:
    """The lines by what they have in common: in an order, which may name what has no line, then as they come."""
    found: dict[Any, list[Spending]] = {key: [] for key in order or ()}
    for line in lines:
        found.setdefault(by(line), []).append(line)
    return [Share(key, own) for key, own in found.items()]


def in_order(found: Iterable[Share], order: Iterable[str]) -> list[Share]:
    """Shares in the order of a list, then those that it does not know, what is not said last."""
    places = {name: place for place, name in enumerate(order)}
    return sorted(found, key=lambda share: (not share.key, places.get(share.key, len(places))))


def source_of(spending: Spending, first: str) -> str:
    """Where a line's money comes from, as lines have it in common: who pays, else the source as it is worded.

    `first` is the plan's own language. Empty where nothing is said.
    """
    if spending.line.get("funder"):
        return f"funder:{spending.line['funder']}"
    said = spending.line.get("source") or ""
    words = said if isinstance(said, str) else said.get(first) or next(iter(said.values()), "")
    return f"words:{' '.join(words.split()).casefold()}" if words.strip() else ""


def states_of(lines: Iterable[Spending]) -> list[str]:
    """The states of funding in which something counts, in their usual order."""
    found = {line.state for line in lines if line.counted is not None}
    return [state for state in STATES if state in found]


def years_of(lines: Iterable[Spending]) -> list[int]:
    """The fiscal years in which something counts, with 0 last for lines without a year."""
    found = {line.year for line in lines if line.counted is not None}
    return sorted(found - {0}) + ([0] if 0 in found else [])


def fiscal_year(year: int, starts: str) -> str:
    """The name of the fiscal year that begins in a year: 2027, or 2027/28 where it does not begin in January."""
    return str(year) if starts == "01-01" else f"{year}/{(year + 1) % 100:02d}"
