"""Reads a nap-plan/1 file for one printing: its words in one language, its names, its levels."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from nap_builder.kernel.languages import choose
from nap_builder.plans.member_names import MEMBERS
from nap_builder.plans.names import ROWS
from nap_builder.plans.profiles import numbers_of
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Cell, Line, Said, Table
from nap_builder.publishing.edition import Edition

Item = Mapping[str, Any]

LEVELS = ("pillar", "objective", "output", "activity", "indicator", "milestone")
VAST = 400


class Source:
    """The plan, the edition and the voice together; every composer is handed one."""

    def __init__(self, plan: Item, edition: Edition) -> None:
        self.file = plan
        self.plan: Item = plan["plan"]
        self.edition = edition
        self.voice = Voice(edition.lang)
        self.first = self.plan["languages"][0]
        self.public = plan.get("profile") == "public"
        self.institutions: dict[str, Item] = {row["code"]: row for row in plan["institutions"]}
        self.numbers = numbers_of(dict(plan))
        self.pillars: list[Item] = [self._shown_pillar(row) for row in plan.get("pillars", ())]
        self.sections: list[Item] = self.shown(plan.get("sections", ()))

    def shown(self, rows: Iterable[Item]) -> list[Item]:
        """The rows this file may show: a public one shows nothing restricted."""
        return [row for row in rows if not (self.public and row.get("restricted"))]

    def _shown_pillar(self, row: Item) -> Item:
        """A row of the framework with only the activities that may be shown, on every level."""
        kept = dict(row)
        if "activities" in row:
            kept["activities"] = self.shown(row["activities"])
        for level in ("objectives", "outputs"):
            if level in row:
                kept[level] = [self._shown_pillar(below) for below in row[level]]
        return kept

    @functools.cached_property
    def vast(self) -> bool:
        """Whether the plan is so large that no activity may be printed twice."""
        return sum(1 for pillar in self.pillars for _row in activities_of(pillar)) > VAST

    @property
    def restricted(self) -> bool:
        """Whether something on these pages may not be published."""
        rows = [*self.sections, *(activity for pillar in self.pillars for activity in activities_of(pillar))]
        return any(row.get("restricted") for row in rows)

    def said(self, text: object) -> Said:
        """A text of the plan in the best language for this edition."""
        if isinstance(text, str):
            text = {self.first: text}
        if not isinstance(text, Mapping) or not text:
            return Said("")
        tag = choose(text, self.edition.lang, self.first)
        return Said(text[tag], "" if tag.split("-")[0] == self.edition.lang.split("-")[0] else tag)

    def maybe(self, text: object) -> Said | None:
        """A text, or None where the plan has none."""
        return self.said(text) if text else None

    def name(self, code: str) -> Said:
        """The full name of an institution; its code where the file does not list it."""
        row = self.institutions.get(code)
        return self.said(row["name"]) if row else Said(code)

    def short(self, code: str) -> Said:
        """The short name of an institution, else its full one."""
        row = self.institutions.get(code)
        return self.said(row.get("short") or row["name"]) if row else Said(code)

    def level(self, kind: str) -> Said:
        """What this State calls one row of a level."""
        own = self.plan.get("labels", {}).get(kind)
        return self.said(own) if own else Said(self.voice.named(ROWS, kind))

    def levels(self, kind: str) -> Said:
        """The head over several rows of a level: the State's own word stays as it gave it."""
        own = self.plan.get("labels", {}).get(kind)
        return self.said(own) if own else Said(self.voice.named(MEMBERS, kind))

    def names(self, codes: Iterable[str], *, short: bool = False) -> tuple[Said, ...]:
        """The names of some institutions, in the order given."""
        return tuple(self.short(code) if short else self.name(code) for code in codes)

    def reference(self, ref: str) -> Said:
        """What a reference of the plan points at, in words."""
        kind, _colon, code = ref.partition(":")
        if kind == "section":
            return next((self.said(row["title"]) for row in self.sections if row["key"] == code), Said(code))
        if kind == "paragraph":
            number = self.numbers.get(code, "")
            return Said(self.voice.gettext("Paragraph %(number)s", number=number)) if number else Said("")
        if kind in LEVELS:
            level = self.level(kind)
            return Said(f"{level.text} {code}", level.lang)
        return Said(f"{self.voice.named(ROWS, kind)} {code}")


def activities_of(row: Item) -> Iterator[Item]:
    """Every activity below a row of the framework, in the order of the plan."""
    yield from row.get("activities", ())
    for level in ("objectives", "outputs"):
        for below in row.get(level, ()):
            yield from activities_of(below)


def indicators_of(row: Item) -> Iterator[Item]:
    """Every indicator at or below a row of the framework."""
    yield from row.get("indicators", ())
    for level in ("outputs", "activities", "objectives"):
        for below in row.get(level, ()):
            yield from indicators_of(below)


def milestones_of(row: Item) -> Iterator[Item]:
    """Every milestone at or below a row of the framework."""
    yield from row.get("milestones", ())
    for level in ("objectives", "outputs", "activities"):
        for below in row.get(level, ()):
            yield from milestones_of(below)


def line(*said: Said | str | None, label: str = "", tone: str = "plain") -> Line:
    """A line of a cell."""
    words = tuple(Said(item) if isinstance(item, str) else item for item in said if item)
    return Line(tuple(item for item in words if item.text), label, tone)  # type: ignore[arg-type]


def text_cell(*lines: Line | Said | str | None) -> Cell:
    """A cell of words; empty lines are left out."""
    rows = (item if isinstance(item, Line) else line(item) for item in lines if item)
    return Cell(tuple(row for row in rows if row.said))


def number_cell(text: str) -> Cell:
    return Cell((line(text),), kind="number")


def code_cell(text: str, link: str = "") -> Cell:
    return Cell((line(text),), kind="code", link=link)


def filled(table: Table) -> Table:
    """The table without the columns in which no row says anything; its first column stays."""
    rows = [row for body in table.bodies for row in body.rows if row.tone == "plain"]
    kept = [place for place in range(len(table.columns)) if not place or any(_says(row.cells[place]) for row in rows)]
    if len(kept) == len(table.columns):
        return table
    bodies = tuple(
        replace(body, rows=tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in body.rows))
        for body in table.bodies
    )
    return replace(table, columns=tuple(table.columns[place] for place in kept), bodies=bodies)


def _says(cell: Cell) -> bool:
    return bool(cell.bar) or any(said.text != "–" for row in cell.lines for said in row.said)
