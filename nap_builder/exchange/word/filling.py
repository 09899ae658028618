"""What the columns of a line say, written into its row: who, when, what it costs, and all that has no place."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.word.amounts import costs_of, says_nothing
from nap_builder.exchange.word.institutions import Names
from nap_builder.exchange.word.lines import Line, Said, notes_in
from nap_builder.exchange.word.times import Times, moment_of, times_of, western
from nap_builder.exchange.word.tree import Node, Row
from nap_builder.exchange.word.vocabulary import (
    COST,
    END,
    EXPECTED,
    FUNDING,
    LEAD,
    LEVELS,
    NUMBER,
    PARTNERS,
    START,
    SUPPORTING,
    TIME,
    names_partners,
)
from nap_builder.kernel.languages import _
from nap_builder.plans.tables import SHAPES

_TICKS = frozenset("x X × ✓ ✔ ☑ ☒ ✗ • ● ▪ ■ * + √".split())
_APART = "; "
Note = Callable[[str], None]


@dataclass(frozen=True)
class Facts:
    """What is needed to read a line: the language of the file, the plan's currency and first year, and the names."""

    language: str
    currency: str
    first_year: int | None
    names: Names


class Filler:
    """Writes lines into rows of the framework that are new. `note` is told what was not understood.

    `strangers` counts the rows that name what is no institution of the installation.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.strangers: Counter[str] = Counter()
        self._ways: Mapping[str, Callable[[Row, Line, Note], None]] = {
            EXPECTED: self._expected,
            LEAD: self._lead,
            SUPPORTING: self._supporting,
            PARTNERS: self._partners,
            TIME: self._time,
            START: self._ends_of_time,
            COST: self._cost,
        }

    def fill(self, node: Node, line: Line, note: Note) -> None:
        """Writes all that a line says into its row, but indicators; what has no place there is kept in `more`."""
        shape = SHAPES[node.kind]
        for name, write in self._ways.items():
            said = name in line.says or (name == START and END in line.says)
            if said and _has(name, shape.members):
                write(node.row, line, note)
            elif said:
                self.keep(node.row, line.says.get(name, []) + (line.says.get(END, []) if name == START else []))
        if COST not in line.says or not _has(COST, shape.members):
            self.keep(node.row, line.says.get(FUNDING, []))
        self.keep(node.row, notes_in(line))

    def words(self, text: str) -> dict[str, str]:
        """A text in the language of the file."""
        return {self._facts.language: text}

    def keep(self, row: Row, said: list[Said]) -> None:
        """Keeps what columns say under the names of those columns."""
        for one in said:
            if one.text and not says_nothing(one.text):
                label = self.words(one.label or _("Without a name"))
                entry = {"label": label, "text": self.words("\n".join(one.cell.lines))}
                if entry not in row.setdefault("more", []):
                    row["more"].append(entry)

    def add(self, row: Row, member: str, text: str) -> None:
        """Adds to a text of a row, unless it says so already."""
        before = row.get(member, {}).get(self._facts.language, "")
        if text and text not in before.split(_APART):
            row[member] = self.words(_APART.join(filter(None, (before, text))))

    def _expected(self, row: Row, line: Line, _note: Note) -> None:
        for said in line.says[EXPECTED]:
            if not says_nothing(said.text):
                before = row.get(EXPECTED, {}).get(self._facts.language, "").split("\n")
                lines = [text for text in said.cell.lines if text not in before]
                row[EXPECTED] = self.words("\n".join(filter(None, [*before, *lines])))

    def _lead(self, row: Row, line: Line, note: Note) -> None:
        for code in self._named(row, line, LEAD, note):
            if "lead" not in row:
                row["lead"] = code
            elif code not in (row["lead"], *row.get("co_leads", ())):
                row.setdefault("co_leads", []).append(code)

    def _supporting(self, row: Row, line: Line, note: Note) -> None:
        for code in self._named(row, line, SUPPORTING, note):
            if code not in (row.get("lead"), *row.get("co_leads", ()), *row.get("supporting", ())):
                row.setdefault("supporting", []).append(code)

    def _partners(self, row: Row, line: Line, _note: Note) -> None:
        for text in line.lines(PARTNERS):
            if not says_nothing(text):
                self.add(row, "partners", text)

    def _named(self, row: Row, line: Line, column: str, note: Note) -> list[str]:
        codes: list[str] = []
        for said in line.says[column]:
            named = self._facts.names.in_text("\n".join(said.cell.lines))
            codes += named.codes
            for other in named.others:
                if not says_nothing(other):
                    self.add(row, "partners", other)
                    if not names_partners(said.label):
                        self.strangers[other] += 1
                        note(_("No institution is called “%(name)s”: it is kept among the partners.", name=other))
        return codes

    def _time(self, row: Row, line: Line, note: Note) -> None:
        ticked = [_time_of_head(one.label) for one in line.says[TIME] if one.text in _TICKS]
        written = [one.text for one in line.says[TIME] if one.text not in _TICKS and not says_nothing(one.text)]
        text = ", ".join(dict.fromkeys([*ticked, *written]))
        if not text or row.get(TIME, {}).get(self._facts.language) == text:
            return
        times = times_of(text, self._facts.first_year)
        self._take(row, times)
        if not times.exact:
            self.add(row, TIME, text)
            if times == Times(exact=False):
                note(_("The time “%(text)s” is not understood: it is kept as it is stated.", text=text))

    def _ends_of_time(self, row: Row, line: Line, note: Note) -> None:
        for name in (START, END):
            for said in line.says.get(name, ()):
                when = moment_of(said.text, self._facts.first_year)
                times = Times(exact=False) if when else times_of(said.text, self._facts.first_year)
                if when:
                    row[name] = when
                elif times.timing:
                    self._take(row, times)
                elif not says_nothing(said.text):
                    self.add(row, TIME, f"{said.label}: {said.text}")
                    note(_("The time “%(text)s” is not understood: it is kept as it is stated.", text=said.text))

    @staticmethod
    def _take(row: Row, times: Times) -> None:
        found = {"starts": times.starts, "ends": times.ends, "timing": times.timing}
        row.update({name: value for name, value in found.items() if value and name not in row})

    def _cost(self, row: Row, line: Line, note: Note) -> None:
        sources = _APART.join(one.text for one in line.says.get(FUNDING, ()) if not says_nothing(one.text))
        used = False
        for said in line.says[COST]:
            if says_nothing(said.text):
                continue
            costs = costs_of(said.cell.lines, said.label, self._facts.currency)
            source = {"source": self.words(sources)} if sources else {}
            used = used or bool(costs.lines)
            if costs.lines:
                row.setdefault("budget", []).extend(one.said() | source for one in costs.lines)
            if costs.costing:
                row["costing"] = "costed" if "budget" in row else costs.costing
            else:
                self.add(row, "costing_note", said.text)
                note(_("The cost “%(text)s” is not understood: it is kept as a note on the cost.", text=said.text))
        if not used:
            self.keep(row, line.says.get(FUNDING, []))


def _time_of_head(label: str) -> str:
    """The time that a ticked column stands for: its head, or the lower part of it with the year over that."""
    over, _dash, own = label.rpartition(" – ")
    year = re.search(r"(?:19|20)\d\d", western(over))
    return f"{own} {year[0]}" if year and not re.search(r"(?:19|20)\d\d", western(own)) else own


def _has(name: str, members: Mapping[str, Any]) -> bool:
    """Whether rows of a kind have a place for what a column is mapped to."""
    return ("budget" if name == COST else name) in members


def others_in(line: Line) -> list[Said]:
    """All that a line says but its levels and its number, for a line that belongs to no row."""
    return [one for name, said in line.says.items() if name not in (*LEVELS, NUMBER) for one in said if not one.again]
