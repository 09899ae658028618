"""A workbook that came back, as a nap-plan/1 document; each fault with its sheet and cell. No database is asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nap_builder.exchange.fault import Fault, Faults, Refused, shown
from nap_builder.exchange.faults import note_faults
from nap_builder.exchange.reading import text_faults
from nap_builder.exchange.shape_faults import shape_faults
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.workbook.cells import TEXTUAL, Cell, Words, text_of
from nap_builder.exchange.workbook.grid import Sheet, sheets_of
from nap_builder.exchange.workbook.layout import (
    ABOUT,
    DOCUMENT,
    FACTS,
    HEAD_ROWS,
    KEPT,
    OF_ONE,
    OF_ONE_ALSO,
    SHEETS,
    columns,
)
from nap_builder.exchange.workbook.new_keys import give_keys
from nap_builder.exchange.workbook.places import Places
from nap_builder.exchange.workbook.reported import SHEET as REPORTED
from nap_builder.exchange.workbook.rows import Found, Reader, hang
from nap_builder.exchange.workbook.writing import FORMAT
from nap_builder.kernel.languages import _, _l, _n
from nap_builder.plans.schema import Place

_OURS = frozenset({"about", "lists", "plan", REPORTED})
Document = dict[str, Any]


@dataclass(frozen=True)
class Taken:
    """What a workbook says. `cell` names the cell of a place in the document, `institution` whose rows it holds."""

    document: Document
    cell: Callable[[Place], str]
    institution: str = ""
    notes: list[str] = field(default_factory=list)


def from_workbook(data: bytes) -> Taken:
    """The plan in a workbook. Raises Refused with every fault, each with its sheet and cell."""
    try:
        sheets = sheets_of(data)
    except Unreadable as error:
        raise Refused([Fault("", error.message)]) from None
    by_mark = {sheet.mark.partition(".")[0]: sheet for sheet in reversed(sheets)}
    facts = _Facts(by_mark["plan"]) if "plan" in by_mark else None
    if facts is None or facts.about("format") != FORMAT:
        raise Refused(
            [Fault("", _("This is no workbook of a plan. Save the plan as a spreadsheet, and fill that in."))]
        )
    return _Taking(sheets, by_mark, facts).taken()


class _Facts:
    """The sheet of the plan itself, a member to a line."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = {str(cells[0].value): number for number, cells in sheet.rows.items() if 0 in cells}

    def about(self, name: str) -> str:
        """What the workbook says of itself."""
        return "".join(text_of(cell) for cell in self.chunks(f"{ABOUT}.{name}"))

    def chunks(self, name: str) -> list[Cell]:
        """The cells of a line, from the third on."""
        cells = self.sheet.rows.get(self.rows.get(name, 0), {})
        return [cells[column] for column in sorted(cells) if column > 1]


class _Taking:
    """Reads the sheets of one workbook into a document."""

    def __init__(self, sheets: list[Sheet], by_mark: Mapping[str, Sheet], facts: _Facts) -> None:
        self._sheets, self._by_mark, self._facts = sheets, by_mark, facts
        self._languages = facts.about("languages").split()
        self._institution = facts.about("institution")
        self._document: Document = {"format": "nap-plan/1"}
        self._places = Places(self._document)
        self._faults = Faults(said=self._places.cell)
        self._reader = Reader(_words(by_mark.get("lists")), self._languages, self._faults)

    def taken(self) -> Taken:
        """The document, if nothing is wrong with it."""
        rest = self._facts_taken()
        found = [line for kind in self._kinds() for line in self._lines(kind)]
        give_keys(found, str(self._document["plan"].get("slug")))
        gone = hang(self._document, found, self._places, self._faults)
        self._document.setdefault("institutions", [])
        self._document.setdefault("pillars", [])
        others = rest.get("others")
        named = frozenset(name for name in others if isinstance(name, str)) if isinstance(others, list) else frozenset()
        self._document.update({name: rest[name] for name in ("profile", "version") if name in rest})
        text_faults(self._document, (), self._faults)
        shape_faults(self._document, self._faults)
        note_faults(self._document, self._faults, named)
        if self._faults:
            raise Refused(self._faults.listed())
        return Taken(self._document, self._places.cell, self._institution, self._notes(gone))

    def _kinds(self) -> tuple[str, ...]:
        return (*OF_ONE, *OF_ONE_ALSO) if self._institution else SHEETS

    def _facts_taken(self) -> dict[str, Any]:
        """Reads the plan and its task force; gives back what the document says besides."""
        sheet = self._facts.sheet
        for kind in FACTS:
            for column in columns(kind, self._languages):
                if column.name not in self._facts.rows:
                    self._faults.add_at(sheet.place(1, 0), _l("The sheet lacks the line %(name)s.", name=column.name))
            cells = {name: (row, 2) for name, row in self._facts.rows.items() if name.startswith(f"{kind}.")}
            said = self._reader.said(kind, sheet, cells, self._facts.chunks(f"{kind}.{KEPT}"))
            if kind == "plan" or said.said:
                self._document[kind] = said.said
                self._places.note(said.said, said.source)
        chunks = self._facts.chunks(f"{DOCUMENT}.{KEPT}")
        return self._reader.carried(chunks, sheet.place(self._facts.rows.get(f"{DOCUMENT}.{KEPT}", 1), 2)).members

    def _lines(self, kind: str) -> Iterator[Found]:
        several = [sheet for sheet in self._sheets if sheet.mark.partition(".")[0] == kind]
        for another in several[1:]:
            self._faults.add_at(another.place(1, 0), _l("This sheet stands twice. Leave one of the two in the file."))
        if several:
            yield from self._reader.lines(kind, several[0])

    def _notes(self, gone: Sequence[Found]) -> list[str]:
        """What stands in the file and is not read."""
        known = {*_OURS, *self._kinds()}
        others = [sheet for sheet in self._sheets if sheet.mark.partition(".")[0] not in known and sheet.rows]
        notes = [
            _("The sheet %(name)s is not of the plan. It is not read.", name=shown(sheet.title)) for sheet in others
        ]
        notes += [
            _("The column %(place)s is not of the plan. It is not read.", place=shown(place))
            for place in self._reader.strange
        ]
        if gone:
            place = gone[0].source.cell(())
            notes.append(
                _n(
                    "%(num)s line stood under a row that is not in the file any more. It is not read: %(place)s.",
                    "%(num)s lines stood under rows that are not in the file any more. They are not read: %(place)s.",
                    len(gone),
                    place=place,
                )
            )
        return notes


def _words(sheet: Sheet | None) -> dict[str, Words]:
    """The words that the workbook itself offers for each list, with what they stand for."""
    words: dict[str, Any] = {}
    for column, name in (sheet.names if sheet else {}).items():
        for number, cells in sheet.rows.items() if sheet else ():
            pair = cells.get(column), cells.get(column + 1)
            if column and number > HEAD_ROWS and all(cell is not None and cell.kind == TEXTUAL for cell in pair):
                words.setdefault(str(name.value), {})[pair[0].value] = pair[1].value  # type: ignore[union-attr]
    return words
