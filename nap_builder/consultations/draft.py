"""A frozen plan as a public draft: cut into parts of a size that a poor line carries, each line of it a thing to
comment on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from nap_builder.kernel.languages import choose, tag
from nap_builder.kernel.paragraphs import to_html
from nap_builder.plans.reading import Document, said

MOST_LINES = 20  # a part holds no more of what can be commented on (user study 5.10)
MOST_SIGNS = 9_000  # nor more signs than make 15 kB with its comments
HEADING, PARAGRAPH, ROW, WHOLE = "heading", "paragraph", "row", "whole"


@dataclass(frozen=True)
class Line:
    """A paragraph, a row of the results, or a whole section or pillar. `ref` is `kind:key`; a heading has none.

    `refs` are all names by which a contribution may be about it. `words` is its text by language, as it was written.
    """

    look: str
    key: str
    number: str
    words: Mapping[str, str]
    ref: str = ""
    refs: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """What it is: paragraph, section, pillar, objective, output, activity or indicator."""
        return self.ref.partition(":")[0]

    def language(self, first: str) -> str:
        """The language in which this reader is shown it."""
        return choose(self.words, tag(), first)

    def text(self, first: str) -> str:
        """Its text as it was written, in that language."""
        return self.words[self.language(first)]

    def html(self, first: str) -> Markup:
        """Its text for a page."""
        return to_html(self.text(first)) if self.look == PARAGRAPH else Markup.escape(self.text(first))


@dataclass(frozen=True)
class Part:
    """A page of the draft. `piece` of `pieces` where a chapter takes more than one."""

    number: int
    title: Mapping[str, str]
    lines: tuple[Line, ...]
    piece: int = 1
    pieces: int = 1


def parts(document: Document) -> list[Part]:
    """The draft as pages, in the order of the printed plan: front, body, pillars, annexes."""
    found: list[Part] = []
    for title, lines in _chapters(document):
        pieces = _pieces(lines)
        for piece, some in enumerate(pieces, start=1):
            found.append(Part(len(found) + 1, title, some, piece, len(pieces)))
    return found


def part_with(found: Iterable[Part], ref: str) -> tuple[Part, Line] | None:
    """Where a row stands, with itself; None where the draft does not have it."""
    return next(((part, line) for part in found for line in part.lines if ref in line.refs), None)


def _chapters(document: Document) -> Iterator[tuple[Mapping[str, str], list[Line]]]:
    sections = document.get("sections", ())
    for place in ("front", "body"):
        yield from (_section(document, one) for one in sections if one.get("place", "body") == place)
    yield from ((said(document, one["title"]), list(_pillar(document, one))) for one in document["pillars"])
    yield from (_section(document, one) for one in sections if one.get("place", "body") == "annex")


def _section(document: Document, section: Mapping[str, Any]) -> tuple[Mapping[str, str], list[Line]]:
    title = said(document, section["title"])
    return title, [_line(document, "section", section, title), *_paragraphs(document, section)]


def _paragraphs(document: Document, section: Mapping[str, Any]) -> Iterator[Line]:
    for one in section.get("paragraphs", ()):
        words = said(document, one["text"])
        if one.get("kind") == HEADING:
            yield Line(HEADING, one["key"], "", words)
        else:
            ref = f"paragraph:{one['key']}"
            yield Line(PARAGRAPH, one["key"], one.get("number", ""), words, ref, frozenset({ref}))


def _pillar(document: Document, pillar: Mapping[str, Any]) -> Iterator[Line]:
    """A pillar and what stands under it, each row followed by its indicators and then by the rows below."""
    yield _line(document, "pillar", pillar, said(document, pillar.get("goal") or pillar["title"]))
    yield from _below(document, pillar)


def _below(document: Document, row: Mapping[str, Any]) -> Iterator[Line]:
    for name, kind in (("indicators", "indicator"), ("objectives", "objective"), ("outputs", "output")):
        for inner in row.get(name, ()):
            yield _line(document, kind, inner)
            yield from _below(document, inner)
    for activity in row.get("activities", ()):
        yield _line(document, "activity", activity)
        yield from _below(document, activity)


def _line(document: Document, kind: str, row: Mapping[str, Any], words: Mapping[str, str] | None = None) -> Line:
    names = {f"{kind}:{row[name]}" for name in ("key", "code") if name in row}
    look = WHOLE if kind in ("section", "pillar") else ROW
    text = words or said(document, row["title"])
    return Line(look, row["key"], row.get("code", ""), text, f"{kind}:{row['key']}", frozenset(names))


def _pieces(lines: list[Line]) -> list[tuple[Line, ...]]:
    """A chapter in as few pieces as it takes, of about the same length."""
    fewest = len(_cut(lines, MOST_LINES))
    return _cut(lines, -(-sum(bool(line.ref) for line in lines) // fewest))


def _cut(lines: list[Line], most: int) -> list[tuple[Line, ...]]:
    pieces: list[list[Line]] = [[]]
    for line in lines:
        if _full(pieces[-1], line, most):
            pieces.append([])
        pieces[-1].append(line)
    return [tuple(piece) for piece in pieces]


def _full(piece: list[Line], line: Line, most: int) -> bool:
    if not any(one.ref for one in piece):
        return False
    signs = sum(_signs(one) for one in (*piece, line))
    return sum(bool(one.ref) for one in (*piece, line)) > most or signs > MOST_SIGNS


def _signs(line: Line) -> int:
    return max(map(len, line.words.values()))


@dataclass(frozen=True)
class Fate:
    """What became of a row in a later version: it is `kept`, `changed` or `gone`, under which number."""

    state: str
    number: str = ""


def fates(before: Document, after: Document) -> dict[str, Fate]:
    """What became of each row of a draft, by its reference."""
    new = {line.ref: line for part in parts(after) for line in part.lines if line.ref}
    return {line.ref: _fate(line, new.get(line.ref)) for part in parts(before) for line in part.lines if line.ref}


def _fate(line: Line, after: Line | None) -> Fate:
    if after is None:
        return Fate("gone")
    return Fate("kept" if dict(line.words) == dict(after.words) else "changed", after.number)
