"""How a document says the sums of a plan: in one unit for all its tables, exact where they have room for it.

The arithmetic is that of `plans.money`; nothing is added up here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nap_builder.kernel.decimals import EXACTLY, places_of
from nap_builder.plans.money import (
    Amount,
    Cost,
    Reckoning,
    Spending,
    cost_of,
    fiscal_year,
    states_of,
    total,
    years_of,
)
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.compose.voice import Voice

MILLION = Decimal(1_000_000)
MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit all tables of money share: exact where it can be, else rounded, and then the document says so."""

    divisor: Decimal
    places: int
    unit: str
    rounded: bool = False

    def say(self, voice: Voice, amount: Amount) -> str:
        low = voice.fixed(EXACTLY.divide(amount.low, self.divisor), self.places)
        if not amount.range:
            return low
        return voice.between(low, voice.fixed(EXACTLY.divide(amount.high, self.divisor), self.places))


class Ledger:
    """Every budget line of the plan, with the sums that the tables print."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.reckoning = Reckoning(source.plan.get("currency", "USD"), source.plan.get("rates"))
        self.currency = self.reckoning.currency
        self.lines = list(self.reckoning.below(source.pillars))
        self.by_activity: dict[int, list[Spending]] = {}
        for spending in self.lines:
            self.by_activity.setdefault(id(spending.activity), []).append(spending)
        self.scale = self._scale()

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

    def cost(self, activities: Iterable[Mapping[str, Any]]) -> Cost:
        """What activities cost, together."""
        return cost_of([line for activity in activities for line in self.of_activity(activity)])

    def uncounted(self) -> list[Spending]:
        """The lines in a currency without a stated rate."""
        return [line for line in self.lines if line.counted is None]

    def years(self) -> list[int]:
        """The fiscal years that have money, with 0 last for lines without a year."""
        return years_of(self.lines)

    def states(self) -> list[str]:
        """The states of funding that occur, in their usual order."""
        return states_of(self.lines)

    def say(self, amount: Amount) -> str:
        """An amount in the unit of the tables; a dash for nothing."""
        return self.scale.say(self.source.voice, amount) if amount else "–"

    def say_apart(self, amount: Amount, currency: str) -> str:
        """An exact amount in another currency, with its code; both ends of a range."""
        return f"{self.exactly(amount)}\u00a0{currency}"

    def exactly(self, amount: Amount) -> str:
        """An exact amount without its currency; both ends of a range."""
        voice = self.source.voice
        if not amount.range:
            return voice.money(amount.high)
        return voice.between(voice.money(amount.low), voice.money(amount.high))

    def year(self, year: int) -> str:
        """The name of a fiscal year: 2027, or 2027/28 where it does not begin in January."""
        if not year:
            return self.source.voice.gettext("No year")
        return fiscal_year(year, self.source.plan.get("fiscal_year_starts", "01-01"))

    def _scale(self) -> Scale:
        counted = [line.counted for line in self.lines if line.counted is not None]
        amounts = [part for amount in counted for part in (amount.low, amount.high)]
        places = max(map(places_of, amounts), default=0)
        shown = 0 if not places else min(max(places, 2), MOST_PLACES)
        small = Scale(Decimal(1), shown, self.currency, rounded=places > MOST_PLACES)
        if total(self.lines).high < MILLION:
            return small
        unit = self.source.voice.gettext("%(currency)s m", currency=self.currency)
        for millions, step in ((1, 100_000), (2, 10_000), (3, 1_000)):
            if not any(EXACTLY.remainder(part, Decimal(step)) for part in amounts):
                return Scale(MILLION, millions, unit)
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
