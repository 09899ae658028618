"""What a paper is about: a plan in one language, its money, the version it speaks of, and for whom it is."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from nap_builder.plans.money import Amount, costing_of
from nap_builder.plans.reading import activities, lead_of
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import Item, Source
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Said
from nap_builder.publishing.papers.shelf import words


@dataclass(frozen=True)
class Cited:
    """The version that papers speak of: the last one, or the next where the plan was changed since.

    `sha256` is the fingerprint of the public file; None for a version that is not frozen yet.
    """

    number: int
    sha256: str | None = None


@dataclass(frozen=True)
class Part:
    """An activity, or another row, in which an institution has a part; `above` are the rows over it."""

    row: Item
    above: tuple[Item, ...]
    lead: str | None


class Case:
    """All that the gaps and tables of a paper are filled from. The plan's file must be of the public profile."""

    def __init__(self, source: Source, cited: Cited, institution: str | None = None) -> None:
        self.source = source
        self.cited = cited
        self.institution = institution

    @property
    def voice(self) -> Voice:
        """The paper's language."""
        return self.source.voice

    @functools.cached_property
    def ledger(self) -> Ledger:
        """The money of the plan."""
        return Ledger(self.source)

    @functools.cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every activity with who leads it, in the order of the plan."""
        found = activities({"pillars": self.source.pillars})
        return tuple(Part(row, tuple(above), lead_of(row, above)) for row, above in found)

    @functools.cached_property
    def led(self) -> tuple[Part, ...]:
        """The activities that the paper's institution leads."""
        return tuple(part for part in self.parts if part.lead and part.lead == self.institution)

    @functools.cached_property
    def supported(self) -> tuple[Part, ...]:
        """The rows that the paper's institution co-leads or supports."""
        rows = ((row, above) for row, above in rows_of(self) if self.institution in _helpers(row))
        return tuple(Part(row, above, lead_of(row, list(above))) for row, above in rows)

    @functools.cached_property
    def leaders(self) -> tuple[str, ...]:
        """The codes of the institutions that lead an activity: first those the plan lists, in its order."""
        leading = {part.lead for part in self.parts if part.lead}
        listed = [code for code in self.source.institutions if code in leading]
        return (*listed, *sorted(leading - set(listed)))

    @property
    def task_force(self) -> Item:
        """The task force as the plan says it; empty where it has no chair or member yet."""
        said: Item = self.source.file.get("task_force", {})
        return said

    @property
    def members(self) -> list[str]:
        """The members of the task force, who chairs it first, the others in the plan's order."""
        chair = self.task_force.get("chair")
        seated = {chair, *self.task_force.get("members", ())} - {None}
        return sorted(seated, key=lambda code: (code != chair, self._place(code)))

    @property
    def observers(self) -> list[str]:
        """The observers of the task force, in the plan's order."""
        return sorted(self.task_force.get("observers", ()), key=self._place)

    def _place(self, code: str) -> int:
        return list(self.source.institutions).index(code) if code in self.source.institutions else -1

    def institution_said(self, code: str | None) -> Item:
        """What the plan says of an institution; empty for none."""
        return self.source.institutions.get(code or "", {})

    def word(self, name: str) -> str:
        """One of the words that all papers share."""
        return words().said[name][self.voice.lang]

    def left_to_right(self, text: str) -> Said:
        """Figures or letters that keep their order in a right-to-left paper too."""
        return Said(text, "en" if self.voice.direction == "rtl" else "")


def rows_of(case: Case) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Every objective, output and activity of the plan with the rows above it, in the order of the plan."""

    def below(row: Item, above: tuple[Item, ...]) -> Iterator[tuple[Item, tuple[Item, ...]]]:
        for level in ("activities", "objectives", "outputs"):
            for inner in row.get(level, ()):
                yield inner, above
                yield from below(inner, (*above, inner))

    for pillar in case.source.pillars:
        yield from below(pillar, (pillar,))


def _helpers(row: Item) -> tuple[str, ...]:
    return (*row.get("co_leads", ()), *row.get("supporting", ()))


def cost_of(case: Case, rows: Iterable[Item]) -> dict[str, Amount]:
    """What activities cost in the plan's currency, then what no stated rate brings there, in each of the others."""
    cost = case.ledger.cost(rows)
    counted = {} if cost.total is None else {case.ledger.currency: cost.total}
    return {**counted, **cost.apart}


def is_uncosted(row: Item) -> bool:
    """Whether an activity has neither an amount nor a word on why it needs none."""
    return costing_of(row.get("costing"), has_money=bool(row.get("budget"))) == "not_costed"


def in_words(case: Case, amount: Amount, currency: str) -> str:
    """An amount with its currency's name, for a sentence."""

    def named(value: Decimal) -> str:
        return case.voice.named_money(value, currency)

    if not amount.range:
        return named(amount.high)
    return case.voice.span(case.voice.money(amount.low), named(amount.high))
