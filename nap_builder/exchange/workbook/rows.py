"""The lines of a sheet read into rows and parts of a plan, and hung where they belong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.fault import Faults, shown
from nap_builder.exchange.workbook.cells import CUT, NUMBER, TEXTUAL, Cell, Words, Wrong, decoded, encoded, text_of
from nap_builder.exchange.workbook.grid import Sheet
from nap_builder.exchange.workbook.layout import (
    CARRIED_ON,
    DOCUMENT,
    FIGURES,
    KEPT,
    KEY,
    ORDER,
    PART,
    PARTS,
    SHEETS,
    TEXT,
    UNDER,
    Column,
    above,
    columns,
    member_of,
    unseen,
)
from nap_builder.exchange.workbook.lines import Carried
from nap_builder.exchange.workbook.places import Places, Source
from nap_builder.exchange.workbook.words import choices
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.rows import CITED_BY_KEY

_IDENTITY = frozenset({KEY, ORDER, UNDER, PART, KEPT})
Document = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A line of a sheet: the row or part that it says, where it stands, and what it stands under."""

    kind: str
    said: Document
    source: Source
    under: str = ""
    inside: str = ""
    part: str = ""
    order: float = 0


class Reader:
    """Reads the lines of sheets; `strange` are the columns that no sheet of a plan has."""

    def __init__(self, words: Mapping[str, Words], languages: Sequence[str], faults: Faults) -> None:
        self._own, self._languages, self._faults = words, languages, faults
        self._words: dict[str, Words] = {}
        self.strange: list[str] = []

    def lines(self, kind: str, sheet: Sheet) -> Iterator[Found]:
        """The lines of a sheet that say something, in the order that they ask for."""
        names = {str(cell.value): column for column, cell in sheet.names.items() if cell.kind == TEXTUAL}
        used = [column for column in columns(kind, self._in_sheet(names)) if column.form != KEPT]
        if not self._whole(kind, sheet, names):
            return
        kept = names[f"{kind}.{KEPT}"]
        carried = [
            column for column, cell in sorted(sheet.names.items()) if cell.value in (f"{kind}.{KEPT}", CARRIED_ON)
        ]
        places = {column.name: names[column.name] for column in used if column.name in names}
        self._note_strange(sheet, {*places.values(), *carried})
        found, last, keys = [], 0.0, {None}
        for number, cells in sheet.rows.items():
            if all(column.form in _IDENTITY for column in used if places.get(column.name) in cells):
                continue
            at = {name: (number, column) for name, column in places.items()}
            line = self.said(kind, sheet, at, [cells[column] for column in carried if column in cells], kept)
            last = line.order or last
            if KEY in line.said and line.said[KEY] in keys:  # a row that was copied to begin another
                del line.said[KEY]
            keys.add(line.said.get(KEY))
            found.append((last, line))
        yield from (line for _order, line in sorted(found, key=lambda pair: pair[0]))

    def said(
        self, kind: str, sheet: Sheet, at: Mapping[str, tuple[int, int]], chunks: list[Cell], kept: int = 2
    ) -> Found:
        """What the cells of one line say, together with what the line carries along."""
        row = min((row for row, _column in at.values()), default=1)
        carried = self.carried(chunks, sheet.place(row, kept))
        said: Document = {name: carried.members[name] for name in unseen(kind) & carried.members.keys()}
        given: dict[str, Any] = {}
        for column, value in self._values(kind, sheet, at, carried):
            if column.form == TEXT:
                said.setdefault(column.member, {})[column.language] = value
            elif column.form in (UNDER, ORDER) or column.member == PART:
                given[column.member] = value
            else:
                said[column.member] = value
        under = given.get(UNDER, "")
        first = min((column for _row, column in at.values()), default=0)
        return Found(
            kind=kind,
            said=said,
            source=Source(sheet, kind, {**at, f"{kind}.{KEPT}": (row, kept)}, (row, first)),
            under=under,
            inside=carried.above[1] if carried.above[0] == under else "",
            part=given.get(PART, ""),
            order=_ordered(given.get(ORDER)),
        )

    def _values(
        self, kind: str, sheet: Sheet, at: Mapping[str, tuple[int, int]], carried: Carried
    ) -> Iterator[tuple[Column, Any]]:
        """What each cell of a line says, where it says anything; a fault where it cannot be."""
        for column in columns(kind, self._in_sheet(at)):
            row, place = at.get(column.name, (0, 0))
            cell = sheet.rows.get(row, {}).get(place)
            if cell is None or column.form == KEPT:
                continue
            try:
                value = self._value(column, cell, carried)
            except Wrong as wrong:
                self._faults.add_at(sheet.place(row, place), wrong.message)
                continue
            if value is not None and value != []:
                yield column, value

    def carried(self, chunks: list[Cell], place: str) -> Carried:
        """What a line carries along; a fault where that is not as it was written."""
        try:
            return Carried.unpacked("".join(text_of(cell) for cell in chunks))
        except (ValueError, TypeError, AttributeError, RecursionError):
            self._faults.add_at(place, _l("is not as it was written. Take this cell from the file as you received it"))
            return Carried()

    def _value(self, column: Column, cell: Cell, carried: Carried) -> Any:
        """What a cell says; what it was given to show stands for all that it could not hold. Raises Wrong."""
        whole = carried.whole.get(column.name.partition(".")[2])
        words = self._words_of(column)
        said = None if whole is None else _said(column, whole, words)
        if said is not None and said == cell:
            return whole
        if said is not None and said.kind == TEXTUAL and said.value.endswith(CUT):
            raise Wrong(_("is longer than a cell can hold, and cannot be changed here. Change it in the plan"))
        return decoded(column, cell, words)

    def _words_of(self, column: Column) -> Words:
        """The words that a column allows: the reader's, and those that the workbook itself was given."""
        if column.name not in self._words:
            now = choices(column)
            values = {str(value): value for value in now.values()}
            own = {word: values[said] for word, said in self._own.get(column.name, {}).items() if said in values}
            self._words[column.name] = {**now, **own}
        return self._words[column.name]

    def _in_sheet(self, names: Mapping[str, Any]) -> list[str]:
        """The languages that the columns of a sheet bear, those of the workbook first."""
        there = dict.fromkeys([*self._languages, *(name.partition("@")[2] for name in names if "@" in name)])
        return list(there)

    def _whole(self, kind: str, sheet: Sheet, names: Mapping[str, int]) -> bool:
        """Whether a sheet has all its columns; one that lacks some would take what stood in them away."""
        lacking = [column.name for column in columns(kind, self._languages) if column.name not in names]
        for name in lacking:
            self._faults.add_at(sheet.place(1, 0), _l("The sheet lacks the column %(name)s.", name=shown(name)))
        return not lacking

    def _note_strange(self, sheet: Sheet, known: set[int]) -> None:
        used = {column for cells in sheet.rows.values() for column in cells}
        self.strange += [sheet.place(2, column) for column in sorted(used - known)]


def hang(document: Document, found: Iterable[Found], places: Places, faults: Faults) -> list[Found]:
    """Puts the rows and parts together; notes what stands under nothing, or twice where there is room for one.

    What stood under a row that was taken out of the file goes with it, and is given back.
    """
    lines = list(found)
    rows, gone = _rows(lines), []
    for line in lines:
        if line.inside and line.inside not in rows and _host(line, rows)[1] is None:
            gone.append(line)
            if line.kind not in PARTS:
                rows.pop(f"{line.kind}:{line.said.get('key')}", None)
            continue
        fault = _hung(document, line, rows)
        if fault:
            faults.add_at(line.source.cell((fault[0],)), fault[1])
        else:
            places.note(line.said, line.source)
    return gone


def _hung(document: Document, line: Found, rows: Mapping[str, Document]) -> tuple[str, Any] | None:
    """Hangs a line where it belongs; else tells which of its cells is wrong, and why."""
    host, above_it = _host(line, rows)
    target = document if above_it is None and host == DOCUMENT else above_it
    member = member_of(host, line.kind, line.part)
    if target is None or member is None:
        return (PART if line.kind == "figure" and target is not None else UNDER), _misplaced(line)
    if line.kind != "figure" or member == FIGURES[1]:
        target.setdefault(member, []).append(line.said)
        return None
    if member in target:
        return PART, _l("stands twice; an indicator has one")
    target[member] = line.said
    return None


def _rows(lines: Iterable[Found]) -> dict[str, Document]:
    """Every row by each reference that may name it, the first where several bear one name."""
    rows: dict[str, Document] = {}
    for line in lines:
        if line.kind in SHEETS:
            names = [line.said.get("key"), None if line.kind in CITED_BY_KEY else line.said.get("code")]
            for name in names:
                rows.setdefault(f"{line.kind}:{name}", line.said)
    return rows


def _host(line: Found, rows: Mapping[str, Document]) -> tuple[str, Document | None]:
    """The kind of what a line stands under, and the row itself; the document where it says nothing."""
    if line.inside in rows:
        return line.inside.partition(":")[0], rows[line.inside]
    if not line.under:
        return DOCUMENT, None
    kinds = above(line.kind)
    name = line.under if line.under.partition(":")[0] in kinds else f"{kinds[0]}:{line.under}"
    return name.partition(":")[0], rows.get(name)


def _misplaced(line: Found) -> Any:
    if line.kind == "figure" and line.under and not line.part:
        return _l("say which figure it is: the baseline, a target or the benchmark")
    if not line.under:
        return _l("say under which row it stands")
    return _l("%(ref)s is not in this file", ref=shown(line.under))


def _said(column: Column, whole: Any, words: Words) -> Cell | None:
    """What was written into the cell of a value that it cannot hold; None for what no workbook carries."""
    if column.form == TEXT and not isinstance(whole, str):
        return None
    try:
        said = encoded(column, whole, words)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None
    return Cell(TEXTUAL if isinstance(said, str) else NUMBER, said)


def _ordered(place: Any) -> float:
    try:
        return float(place)
    except (TypeError, ValueError):
        return 0.0
