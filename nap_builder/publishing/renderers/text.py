"""A plan as plain text (UTF-8), for poor lines and for screen readers: no markup, and no line longer than it may be.

A table is written row by row, each cell after the head of its column; columns that only draw bars are left out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import lxml.html

from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Figures,
    Fingerprint,
    Heading,
    Lead,
    Line,
    Note,
    Objective,
    Paragraph,
    Part,
    Photograph,
    Row,
    Said,
    Signature,
    Table,
)
from nap_builder.publishing.renderers.lines import Lines, words_of
from nap_builder.publishing.renderers.shapes import caption_of, without_bars

STEP = "  "
HANG = 6  # the column in which a numbered paragraph stands


def render_text(plan: Document) -> bytes:
    """The text of a plan, its lines ended as every system reads them. The same plan gives the same bytes."""
    writer = _Writer(plan)
    writer.fill()
    return "\r\n".join([*writer.lines, ""]).encode()


class _Writer(Lines):
    """Writes the parts of a plan as lines, one kind of block after the other's manner."""

    def __init__(self, plan: Document) -> None:
        super().__init__(plan.direction)
        self.plan, self.voice = plan, Voice(plan.lang)
        self.then = "؛ " if self.rtl else "; "
        self.label = self.voice.gettext("%(label)s:")

    def fill(self) -> None:
        """The plan itself."""
        self._cover()
        self._part(self.plan.about)
        self._contents()
        for part in self.plan.parts:
            self._part(part)

    def _cover(self) -> None:
        cover = self.plan.cover
        self._blocks(cover.state, self._said(cover.issuer), self.plan.draft_mark)
        self.heading(self._said(cover.title), 1)
        self._blocks(self._said(cover.subtitle), cover.period, cover.standing, cover.standing_note)
        for fact in cover.facts:
            said = self.voice.listed(self._said(said) for line in fact.lines for said in line.said)
            self.write(f"{self._named(fact.label, fact.lang)} {said}", "", STEP)
        self.gap()

    def _contents(self) -> None:
        self.heading(self.plan.contents_title, 1)
        for entry in self.plan.entries:
            step = STEP * (entry.depth - 1)
            self.write(" ".join(filter(None, [self.code(entry.label), self._said(entry.said)])), step, step + STEP)
        self.gap()

    def _part(self, part: Part) -> None:
        level = self._said(part.level)
        self.heading(" ".join(filter(None, [level, part.label, self._said(part.title)])), 1)
        for block in part.blocks:
            self._made[type(block)](self, block)

    def _head(self, block: Heading) -> None:
        self.heading(self._said(block.said), 3 if block.side else block.level)

    def _objective(self, block: Objective) -> None:
        self.heading(f"{self._said(block.level)} {self.code(block.code)} {self._said(block.title)}", 2)

    def _lead(self, block: Lead | Note) -> None:
        self._blocks(self._said(block.said))

    def _photograph(self, block: Photograph) -> None:
        seen = self.voice.gettext("[Photograph: %(seen)s]", seen=self._said(block.alt))
        self._blocks(seen, *map(self._said, block.below))

    def _paragraph(self, block: Paragraph) -> None:
        number = block.number
        if number:
            self.write(f"{number:<{HANG - 1}} ", "", "")
        start = len(self.lines)
        root = lxml.html.fragment_fromstring(str(to_html(block.said.text)), create_parent="div")
        for element in root:
            self._element(element, block.said.lang, " " * HANG if number else "")
        if number:
            self._hang(number, start)

    def _hang(self, number: str, start: int) -> None:
        """Sets the number of a paragraph, which stands on the line before, to the head of its first line."""
        del self.lines[start - 1]
        self.lines[start - 1] = f"{self.mark}{number:<{HANG}}" + self.lines[start - 1].removeprefix(self.mark).lstrip(
            " "
        )

    def _element(self, given: Any, lang: str, indent: str) -> None:
        """A paragraph, list or table of safe HTML."""
        if given.tag in ("ul", "ol"):
            self._list(given, lang, indent)
            self.gap()
        elif given.tag == "table":
            heads, *rows = [
                [self.tongued(words_of(cell), lang) for cell in row.iter("th", "td")] for row in given.iter("tr")
            ]
            for row in rows:
                self._labelled(zip(heads, row, strict=False), indent)
        else:
            for words in words_of(given).split("\n"):
                self.write(self.tongued(words, lang), indent, indent)
            self.gap()

    def _list(self, given: Any, lang: str, indent: str) -> None:
        first = int(given.get("start", "1"))
        for place, item in enumerate(given, first):
            mark = f"{place}. " if given.tag == "ol" else "- "
            self.write(
                mark + self.tongued(words_of(item, without=("ul", "ol")), lang), indent, indent + " " * len(mark)
            )
            for inner in item.iterchildren("ul", "ol"):
                self._list(inner, lang, indent + STEP)

    def _facts(self, block: Facts | Figures) -> None:
        for fact in block.items:
            self.write(f"{self._named(fact.label, fact.lang)} {self._lines(fact.lines)}", "", STEP)
        self.gap()

    def _table(self, block: Table) -> None:
        table = without_bars(block)
        if caption := caption_of(block, self.voice):
            self.heading(caption, 3)
        for body in table.bodies:
            if body.heading:
                self._blocks(" ".join(self._said(said) for said in body.heading))
            for row in body.rows:
                self._row(table.columns, row)
        for note in block.notes:
            self._blocks(self._said(note))

    def _row(self, columns: Iterable[Column], row: Row) -> None:
        """A row as labelled lines. A code before words stands at their head, as people say it."""
        cells = [(column, cell) for column, cell in zip(columns, row.cells, strict=True) if _says(cell)]
        if len(cells) > 1 and cells[0][0].kind == "code":
            (_first, code), (_second, words), *cells = cells
            self.write(f"{self._cell(code)} {self._cell(words)}", "", STEP)
        elif cells:
            (_first, words), *cells = cells
            self.write(self._cell(words), "", STEP)
        self._labelled(((self._column(column), self._cell(cell)) for column, cell in cells), STEP)

    def _labelled(self, pairs: Iterable[tuple[str, str]], indent: str) -> None:
        for head, words in pairs:
            if words:
                self.write(f"{self._named(head)} {words}", indent, indent + STEP)
        self.gap()

    def _column(self, column: Column) -> str:
        title = self.tongued(column.title, column.lang)
        return f"{title} ({column.unit})" if column.unit else title

    def _cell(self, cell: Cell) -> str:
        words = self._lines(cell.lines)
        return self.code(words) if cell.kind in ("number", "code") else words

    def _lines(self, lines: Iterable[Line]) -> str:
        return self.then.join(self._line(line) for line in lines if line.said)

    def _line(self, line: Line) -> str:
        words = " ".join(self._said(said) for said in line.said)
        return f"{self._named(line.label)} {words}" if line.label else words

    def _signature(self, block: Signature) -> None:
        for words in (self._said(block.name), self._said(block.post), block.day):
            self.write(words, STEP, STEP) if words else None
        self.gap()

    def _fingerprint(self, block: Fingerprint) -> None:
        self.heading(block.title, 2)
        self._blocks(block.words)
        self._codes(block.lines)
        if block.address:
            self._blocks(block.leads)
            self._codes((block.address,))
        if block.trail:
            self._blocks(block.trail)
            self._codes(block.trail_lines)

    def _codes(self, lines: Iterable[str]) -> None:
        for words in lines:
            self.lines.append(self.mark + STEP + self.code(words))
        self.gap()

    def _blocks(self, *several: str) -> None:
        """Paragraphs, each with an empty line after it; an empty one is left out."""
        for words in several:
            if words:
                for part in words.split("\n"):
                    self.write(part, "", "")
                self.gap()

    def _named(self, label: str, lang: str = "") -> str:
        return self.label % {"label": self.tongued(label, lang)}

    def _said(self, said: Said | None) -> str:
        return self.tongued(" ".join(said.text.split()), said.lang) if said else ""

    _made: Mapping[type[Block], Callable[["_Writer", Any], None]] = {
        Heading: _head,
        Paragraph: _paragraph,
        Lead: _lead,
        Note: _lead,
        Facts: _facts,
        Figures: _facts,
        Table: _table,
        Signature: _signature,
        Photograph: _photograph,
        Objective: _objective,
        Fingerprint: _fingerprint,
    }


def _says(cell: Cell) -> bool:
    return any(said.text.strip() for line in cell.lines for said in line.said)
