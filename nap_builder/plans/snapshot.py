"""A plan at one moment as one thing to ask: its document with every row in its place. No database is asked here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from nap_builder.plans.money import Reckoning, Spending
from nap_builder.plans.problems import Period, Standing, problems_of
from nap_builder.plans.wording import by_language

Said = dict[str, Any]
Hides = Callable[[Said, str | None], bool]
BELOW = {
    "objectives": "objective",
    "outputs": "output",
    "activities": "activity",
    "indicators": "indicator",
    "milestones": "milestone",
}
LED = frozenset({"objective", "output", "activity"})


@dataclass(frozen=True, eq=False)
class Placed:
    """A row of the framework with the rows above it, the nearest first."""

    kind: str
    said: Said
    above: tuple["Placed", ...] = ()

    @property
    def code(self) -> str:
        """Its number."""
        return str(self.said["code"])

    @property
    def ref(self) -> str:
        """The row as references name it, `activity:KEY`."""
        return f"{self.kind}:{self.said['key']}"

    @property
    def lead(self) -> str | None:
        """The code of the institution that leads it: its own lead, or that of the nearest row above."""
        return next((row.said["lead"] for row in (self, *self.above) if row.kind in LED and "lead" in row.said), None)

    def up(self, kind: str) -> "Placed | None":
        """The row of a level that it stands under, or itself."""
        return next((row for row in (self, *self.above) if row.kind == kind), None)

    @property
    def topics(self) -> frozenset[str]:
        """What it is about, also as the rows above it say."""
        return frozenset(topic for row in (self, *self.above) for topic in row.said.get("topics", ()))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a plan says, as nap-plan/1 with the keys of its rows, cut to what the asker may read."""

    document: Said
    rows: dict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for pillar in self.document["pillars"]:
            self._take(Placed("pillar", pillar))
        for milestone in self.document.get("milestones", ()):
            self.rows["milestone"].append(Placed("milestone", milestone))

    def _take(self, row: Placed) -> None:
        self.rows[row.kind].append(row)
        for member, kind in BELOW.items():
            for said in row.said.get(member, ()):
                self._take(Placed(kind, said, (row, *row.above)))

    @property
    def plan(self) -> Said:
        """The plan's own facts."""
        said: Said = self.document["plan"]
        return said

    @cached_property
    def period(self) -> Period:
        """The days that the plan covers."""
        return Period(date.fromisoformat(self.plan["starts"]), date.fromisoformat(self.plan["ends"]))

    @property
    def currency(self) -> str:
        """The plan's own currency."""
        return str(self.plan.get("currency", "USD"))

    @cached_property
    def reckoning(self) -> Reckoning:
        """How its money is counted."""
        return Reckoning(self.currency, self.plan.get("rates"))

    def spendings(self, activity: Placed) -> list[Spending]:
        """The budget lines of an activity, counted."""
        return [self.reckoning.spending(line) for line in activity.said.get("budget", ())]

    @cached_property
    def institutions(self) -> dict[str, Said]:
        """The institutions that the plan names, by code."""
        return {body["code"]: body for body in self.document["institutions"]}

    @cached_property
    def excepted(self) -> frozenset[str]:
        """The names of the checks, and of single rows of them, that were said not to apply."""
        return frozenset(one["check"] for one in self.plan.get("not_applicable", ()))

    @cached_property
    def problems(self) -> dict[Placed, tuple[str, ...]]:
        """What each activity lacks, by the keys of the checks."""
        return {row: problems_of(standing_of(row), self.period) for row in self.rows["activity"]}

    @property
    def sections(self) -> list[Said]:
        """The sections, in order."""
        found: list[Said] = self.document.get("sections", [])
        return found

    def titled(self, text: Any) -> dict[str, str]:
        """A text by language."""
        return by_language(text, self.plan["languages"][0])


def standing_of(activity: Placed) -> Standing:
    """What the rule about problems looks at in an activity."""
    said, lines = activity.said, activity.said.get("budget", ())
    return Standing(
        led=activity.lead is not None,
        placed=activity.up("objective") is not None,
        timing=said.get("timing", "dated"),
        starts=said.get("starts"),
        ends=said.get("ends"),
        costing=said.get("costing"),
        lines=len(lines),
        unsourced=sum(not names_source(line) for line in lines),
    )


def names_source(line: Said) -> bool:
    """Whether a budget line says where its money comes from, or that nobody pays it yet."""
    return any(line.get(name) for name in ("source", "funder", "kind")) or line.get("funding") == "gap"


def without(document: Said, hidden: Hides) -> Said:
    """A copy of a document without the sections and activities for which `hidden(said, lead)` holds."""
    shown = dict(document)
    if "sections" in document:
        shown["sections"] = [one for one in document["sections"] if not hidden(one, one.get("owner"))]
    shown["pillars"] = [_cut(pillar, None, hidden) for pillar in document["pillars"]]
    return shown


def _cut(row: Said, lead: str | None, hidden: Hides) -> Said:
    kept, lead = dict(row), row.get("lead", lead)
    for member in ("objectives", "outputs"):
        if member in row:
            kept[member] = [_cut(inner, lead, hidden) for inner in row[member]]
    if "activities" in row:
        kept["activities"] = [one for one in row["activities"] if not hidden(one, one.get("lead", lead))]
    return kept
