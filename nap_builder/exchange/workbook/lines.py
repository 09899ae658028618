"""A plan as the lines of its sheets: every row and every part of one is a line that says what it stands under."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nap_builder.exchange.workbook.cells import TEXTUAL, Cell, Words, Wrong, decoded, encoded
from nap_builder.exchange.workbook.layout import (
    DOCUMENT,
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
    unseen,
)
from nap_builder.plans.rows import CITED_BY_KEY
from nap_builder.plans.schema import Shape
from nap_builder.plans.tables import SHAPES

ABOVE, WHOLE = "above", "whole"  # what is carried of a line besides the members that no cell shows
_IN_THEIR_CELLS = frozenset({KEY, ORDER, UNDER, PART})  # what a cell always holds as it is
Document = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A row or part of a plan: what it says, and the row it stands under as a person writes it and by its key."""

    kind: str
    said: Mapping[str, Any]
    order: int
    under: str = ""
    inside: str = ""
    part: str = ""


@dataclass(frozen=True)
class Carried:
    """What no cell of a line can say: members that are not shown, the row above by key, and values too long."""

    members: dict[str, Any] = field(default_factory=dict)
    above: tuple[str, str] = ("", "")
    whole: dict[str, Any] = field(default_factory=dict)

    def packed(self) -> str:
        """As the text of a cell; empty for nothing."""
        said = {**self.members}
        meta = {ABOVE: list(self.above) if any(self.above) else None, WHOLE: self.whole}
        if meta := {name: value for name, value in meta.items() if value}:
            said[""] = meta
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if said else ""
        return text.replace("_x", "_\\u0078").replace("x005F", "\\u0078005F")

    @classmethod
    def unpacked(cls, text: str) -> "Carried":
        """What a text carries. Raises ValueError for what is not as it was written."""
        said = json.loads(text) if text else {}
        meta = said.pop("", {})
        shown, key = meta.get(ABOVE, ("", ""))
        whole = meta.get(WHOLE, {})
        if not (isinstance(shown, str) and isinstance(key, str) and isinstance(whole, dict)):
            raise TypeError(ABOVE)
        if whole.keys() & _IN_THEIR_CELLS:
            raise ValueError(WHOLE)
        return cls(said, (shown, key), whole)


def lines(document: Document) -> Iterator[Line]:
    """Every line of a document, in its order."""
    yield from _below(document, SHAPES[DOCUMENT], DOCUMENT, "", "")


def languages_of(document: Document) -> list[str]:
    """The languages that need a column: those of the plan, then any other in which a text is written."""
    found = dict.fromkeys(document["plan"]["languages"])
    for text in _texts(document, SHAPES[DOCUMENT]):
        found.update(dict.fromkeys(text))
    return list(found)


def values(column: Column, line: Line, first: str) -> Any:
    """What a line says in a column, of the format; None for nothing."""
    special = {KEY: line.said.get("key"), ORDER: line.order, UNDER: line.under or None, PART: line.part or None}
    if column.member in special and column.member not in SHAPES[column.kind].members:
        return special[column.member]
    if column.form == KEY:
        return special[KEY]
    return said_in(column, line.said, first)


def said_in(column: Column, said: Mapping[str, Any], first: str) -> Any:
    """What a row or part says in a column; a text that stands alone is in the plan’s `first` language."""
    value = said.get(column.member)
    if column.form != TEXT or value is None:
        return value
    by_language = {first: value} if isinstance(value, str) else value
    return by_language.get(column.language)


def carried(line: Line, columns: Iterable[Column], words: Mapping[str, Words], first: str) -> Carried:
    """What must be carried along with a line so that nothing of it is lost."""
    members = {name: line.said[name] for name in sorted(unseen(line.kind) & line.said.keys())}
    if line.kind not in SHEETS:
        return Carried(members, whole=_whole(line, columns, words, first))
    return Carried(members, (line.under, line.inside), _whole(line, columns, words, first))


def _whole(line: Line, columns: Iterable[Column], words: Mapping[str, Words], first: str) -> dict[str, Any]:
    """The values that do not come back from their cells as they are."""
    found = {}
    for column in columns:
        value = None if column.form in (KEPT, UNDER, KEY, ORDER) else values(column, line, first)
        if value is not None and read_back(column, value, words[column.name]) != value:
            found[column.name.partition(".")[2]] = value
    return found


def read_back(column: Column, value: Any, words: Words) -> Any:
    """What the cell of a value says when it is read again."""
    said = encoded(column, value, words)
    try:
        return decoded(column, Cell(TEXTUAL if isinstance(said, str) else "number", said), words)
    except Wrong:
        return None


def _below(said: Mapping[str, Any], shape: Shape, host: str, cited: str, key: str) -> Iterator[Line]:
    for name, member in shape.members.items():
        kind = (member.item or member).name
        if name not in said or kind not in SHEETS:
            continue
        several = said[name] if member.item else [said[name]]
        for number, row in enumerate(several, start=1):
            part = name if kind == "figure" else ""
            yield Line(kind, row, number, _cited(kind, host, cited), f"{host}:{key}" if key else "", part)
            if kind not in PARTS:
                key_below = row.get("key", "")
                named = key_below if kind in CITED_BY_KEY else row.get("code", key_below)
                yield from _below(row, SHAPES[kind], kind, named, key_below)


def _cited(kind: str, host: str, cited: str) -> str:
    """The row above as a person writes it: its number, with its kind where there are several."""
    if host == DOCUMENT:
        return ""
    return cited if len(above(kind)) == 1 else f"{host}:{cited}"


def _texts(value: Any, shape: Shape) -> Iterator[Mapping[str, str]]:
    """Every text that stands in a column of its own in several languages, or in another than the first."""
    if shape.kind == "text" and isinstance(value, dict):
        yield value
    elif shape.kind == "object" and isinstance(value, dict):
        for name, member in value.items():
            yield from _texts(member, shape.members[name])
    elif shape.item is not None and isinstance(value, list):
        for item in value:
            yield from _texts(item, shape.item)
