"""The body of a Word file as paragraphs and tables, in their order."""

from collections.abc import Iterator

from nap_builder.exchange.container import damaged
from nap_builder.exchange.word.contents import Block, Cell, Contents, Paragraph, Table
from nap_builder.exchange.word.letters import Letters, notes_of
from nap_builder.exchange.word.limits import MOST_COLUMNS
from nap_builder.exchange.word.markup import Element, child, named, on, value, w, whole
from nap_builder.exchange.word.numbering import Lists
from nap_builder.exchange.word.package import Package, opened
from nap_builder.exchange.word.styles import Styles, outline_level

_THROUGH = frozenset({"sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_OF_CONTENTS = frozenset({"table of contents", "table of figures"})


def contents_of(data: bytes) -> Contents:
    """What a Word file holds. Raises Unreadable for what is none, or cannot be read safely."""
    return _Body(opened(data)).contents()


class _Body:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._lists = Lists(package.numbering)
        notes = notes_of(package.footnotes, "footnote") | notes_of(package.endnotes, "endnote")
        self._letters = Letters(self._styles, notes, package.links)
        self._tables = 0
        self._unread = 0

    def contents(self) -> Contents:
        body = child(self._package.document, "body")
        if body is None:
            raise damaged()
        blocks = tuple(self._blocks(body, counted=True))
        return Contents(blocks, named=self._package.title, images=self._letters.images, unread=self._unread)

    def _blocks(self, parent: Element, *, counted: bool) -> Iterator[Block]:
        for element in parent:
            name = named(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield self._table(element, counted=counted)
            elif name == "sdt" and not _lists_contents(element):
                yield from self._blocks(_inside(element), counted=counted)
            elif name in _THROUGH:
                yield from self._blocks(element, counted=counted)
            elif name == "altChunk":
                self._unread += 1

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = self._styles.of(value(properties, "pStyle"))
        spans = self._letters.of(element, style)
        level = outline_level(properties, style.level)
        list_id = value(properties, "numPr", "numId") or style.list_id
        depth = whole(value(properties, "numPr", "ilvl"))
        item = self._lists.item(list_id, style.list_depth if depth is None else depth)
        paragraph = Paragraph(spans, level, None if level else item, title=style.title, subtitle=style.subtitle)
        if not style.contents and (paragraph.text or item):
            yield paragraph
        boxes, self._letters.boxes = self._letters.boxes, []
        for box in boxes:
            yield from self._blocks(box, counted=False)

    def _table(self, element: Element, *, counted: bool) -> Table:
        number = 0
        if counted:
            self._tables += 1
            number = self._tables
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        for row in _rows(element):
            if len(rows) == heads and on(child(row, "trPr"), "tblHeader"):
                heads += 1
            rows.append(tuple(self._cells(row)))
        return Table(number, tuple(rows), heads if heads < len(rows) else 0)

    def _cells(self, row: Element) -> Iterator[Cell]:
        column = whole(value(row, "trPr", "gridBefore")) or 0
        for element in _cells(row):
            properties = child(element, "tcPr")
            span = max(whole(value(properties, "gridSpan")) or 1, 1)
            column, span = min(column, MOST_COLUMNS - 1), min(span, MOST_COLUMNS)
            merged = child(properties, "vMerge")
            goes_on = merged is not None and merged.get(w("val")) != "restart"
            blocks = tuple(self._blocks(element, counted=False))
            yield Cell(blocks, column, min(span, MOST_COLUMNS - column), goes_on=goes_on)
            column += span


def _lists_contents(element: Element) -> bool:
    gallery = value(element, "sdtPr", "docPartObj", "docPartGallery") or ""
    return gallery.lower() in _OF_CONTENTS


def _inside(element: Element) -> Element:
    found = child(element, "sdtContent")
    return () if found is None else found


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those within a control or that were inserted; not those that were deleted."""
    for element in table:
        name = named(element)
        if name == "tr":
            if child(element, "trPr", "del") is None:
                yield element
        elif name in ("sdt", *_THROUGH):
            yield from _rows(_inside(element) if name == "sdt" else element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        name = named(element)
        if name == "tc":
            yield element
        elif name in ("sdt", *_THROUGH):
            yield from _cells(_inside(element) if name == "sdt" else element)
