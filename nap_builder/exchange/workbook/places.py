"""Which cell says what a document says: a place in the plan as a sheet and a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.workbook.grid import Sheet
from nap_builder.exchange.workbook.layout import KEPT
from nap_builder.plans.schema import Place


@dataclass(frozen=True)
class Source:
    """Where an object of the document stands: on which sheet, and the row and column of each of its cells by name."""

    sheet: Sheet
    kind: str
    cells: Mapping[str, tuple[int, int]]
    first: tuple[int, int]

    def cell(self, members: Place) -> str:
        """The cell of a member, or of a text in a language; that of the row itself where there is none."""
        named = [str(part) for part in members[:2]]
        names = [f"{named[0]}@{named[1]}"] if len(named) > 1 else []
        names += named[:1]
        found = next((self.cells[f"{self.kind}.{name}"] for name in names if f"{self.kind}.{name}" in self.cells), None)
        if found is None and named:
            found = next((at for name, at in self.cells.items() if name.startswith(f"{self.kind}.{named[0]}@")), None)
            found = found or self.cells.get(f"{self.kind}.{KEPT}")
        return self.sheet.place(*(found or self.first))


class Places:
    """The sources of the objects of one document, told apart by being the same object."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._sources: dict[int, Source] = {}

    def note(self, said: dict[str, Any], source: Source) -> None:
        """Remembers where an object of the document stands."""
        self._sources[id(said)] = source

    def cell(self, place: Place) -> str:
        """The cell of a place in the document; empty where no sheet says it."""
        value: Any = self._document
        source, rest = self._sources.get(id(value)), place
        for depth, part in enumerate(place, start=1):
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                break
            if id(value) in self._sources:
                source, rest = self._sources[id(value)], place[depth:]
        return source.cell(rest) if source else ""
