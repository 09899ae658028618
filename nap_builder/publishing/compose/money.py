"""What the plan costs, added up: exact, in the plan's currency, and never across currencies without a stated rate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from nap_builder.publishing.compose.source import Source, activities_of
from nap_builder.publishing.compose.voice import Voice

STATES = ("secured", "pledged", "gap", "unknown")
CENT = Decimal("0.01")
MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, or the range it lies in."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)

    def __bool__(self) -> bool:
        return bool(self.high)

    @property
    def middle(self) -> Decimal:
        """The middle of the range: for the length of a bar, never for a figure."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Spending:
    """One budget line. `counted` is None where its currency has no stated rate."""

    activity: Mapping[str, Any]
    line: Mapping[str, Any]
    pillar: int
    given: Amount
    currency: str
    counted: Amount | None

    @property
    def year(self) -> int:
        return int(self.line.get("year", 0))

    @property
    def state(self) -> str:
        return str(self.line.get("funding", "unknown"))


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit all tables of money share: exact where it can be, else rounded, and then the document says so."""

    divisor: Decimal
    places: int
    unit: str
    rounded: bool = False

    def say(self, voice: Voice, amount: Amount) -> str:
        low = voice.fixed(amount.low / self.divisor, self.places)
        if amount.low == amount.high:
            return low
        return voice.between(low, voice.fixed(amount.high / self.divisor, self.places))


class Ledger:
    """Every budget line of the plan, with the sums that the tables print."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.currency: str = source.plan.get("currency", "USD")
        self.rates = {row["currency"]: row for row in source.plan.get("rates", ())}
        self.lines = [
            self._spending(activity, line, place)
            for place, pillar in enumerate(source.pillars)
            for activity in activities_of(pillar)
            for line in activity.get("budget", ())
        ]
        self.by_activity: dict[int, list[Spending]] = {}
        for spending in self.lines:
            self.by_activity.setdefault(id(spending.activity), []).append(spending)
        self.scale = self._scale()

    def _spending(self, activity: Mapping[str, Any], line: Mapping[str, Any], place: int) -> Spending:
        given, currency = amount_of(line), line.get("currency", self.currency)
        return Spending(activity, line, place, given, currency, self._counted(given, currency))

    def _counted(self, given: Amount, currency: str) -> Amount | None:
        if currency == self.currency:
            return given
        if currency not in self.rates:
            return None
        rate = Decimal(self.rates[currency]["rate"])
        return Amount(*((part * rate).quantize(CENT, ROUND_HALF_EVEN) for part in (given.low, given.high)))

    def sum(self, *, pillar: int | None = None, year: int | None = None, state: str | None = None) -> Amount:
        """The sum of the lines that can be counted: all, or those of a pillar, a year, a state of funding."""
        return total(
            line
            for line in self.lines
            if pillar in (None, line.pillar) and year in (None, line.year) and state in (None, line.state)
        )

    def of_activity(self, activity: Mapping[str, Any]) -> list[Spending]:
        """The budget lines of one activity."""
        return self.by_activity.get(id(activity), [])

    def uncounted(self) -> list[Spending]:
        """The lines in a currency without a stated rate."""
        return [line for line in self.lines if line.counted is None]

    def converted(self) -> list[str]:
        """The other currencies that were counted at a stated rate."""
        return sorted({line.currency for line in self.lines if line.counted and line.currency != self.currency})

    def years(self) -> list[int]:
        """The fiscal years that have money, with 0 last for lines without a year."""
        found = {line.year for line in self.lines if line.counted}
        return sorted(found - {0}) + ([0] if 0 in found else [])

    def states(self) -> list[str]:
        """The states of funding that occur, in their usual order."""
        found = {line.state for line in self.lines if line.counted}
        return [state for state in STATES if state in found]

    def say(self, amount: Amount) -> str:
        """An amount in the unit of the tables; a dash for nothing."""
        return self.scale.say(self.source.voice, amount) if amount else "–"

    def year(self, year: int) -> str:
        """The name of a fiscal year: 2027, or 2027/28 where it does not begin in January."""
        if not year:
            return self.source.voice.gettext("No year")
        if self.source.plan.get("fiscal_year_starts", "01-01") == "01-01":
            return str(year)
        return f"{year}/{(year + 1) % 100:02d}"

    def _scale(self) -> Scale:
        amounts = [part for line in self.lines if line.counted for part in (line.counted.low, line.counted.high)]
        small = Scale(Decimal(1), 2 if any(part % 1 for part in amounts) else 0, self.currency)
        if not amounts or sum(amounts) < 2 * MILLION:
            return small
        unit = self.source.voice.gettext("%(currency)s m", currency=self.currency)
        for places, step in ((1, 100_000), (2, 10_000), (3, 1_000)):
            if not any(part % step for part in amounts):
                return Scale(MILLION, places, unit)
        return Scale(MILLION, 2, unit, rounded=True)

    def in_words(self, amount: Amount) -> str:
        """An amount with its currency, for a sentence."""
        _ = self.source.voice.gettext
        if self.scale.divisor == MILLION:
            return _("%(currency)s %(amount)s million", currency=self.currency, amount=self.say(amount))
        return _("%(currency)s %(amount)s", currency=self.currency, amount=self.say(amount))

    def unit_in_words(self) -> str:
        """The unit of the tables, as a table's title says it."""
        _ = self.source.voice.gettext
        if self.scale.divisor == MILLION:
            return _("Millions of %(currency)s", currency=self.currency)
        return _("In %(currency)s", currency=self.currency)


def amount_of(line: Mapping[str, Any]) -> Amount:
    """The amount of a budget line in its own currency: as stated, as a range, or quantity by times by unit cost."""
    if "amount" in line:
        return Amount(Decimal(line["amount"]), Decimal(line["amount"]))
    if "low" in line:
        return Amount(Decimal(line["low"]), Decimal(line["high"]))
    product = Decimal(line["quantity"]) * Decimal(line.get("times", "1")) * Decimal(line["unit_cost"])
    return Amount(product, product)


def total(lines: Iterable[Spending]) -> Amount:
    """The sum of budget lines, those without a rate left out."""
    return sum((line.counted for line in lines if line.counted), Amount())
