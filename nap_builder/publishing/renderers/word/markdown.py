"""A paragraph of the plan, in safe Markdown, as paragraphs, lists and tables of a Word file."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import lxml.html

from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.document import Body, Cell, Column, Line, Paragraph, Row, Said, Table
from nap_builder.publishing.renderers.word import tables
from nap_builder.publishing.renderers.word.words import Tongue, indented, marked, paragraph, runs, tab, text

BULLETED = 3
BESIDE_LIST = re.compile(r"\s+(<[uo]l>)|(</[uo]l>)\s+")  # HTML breaks the line there, and means nothing by it
Lists = Callable[[], int]


def written(tongue: Tongue, given: Paragraph, new_list: Lists) -> Iterator[Any]:
    """The elements of a paragraph. Its number stands before its first words; `new_list` begins a list of numbers."""
    inner = _Text(tongue, given.said.lang, new_list)
    html = BESIDE_LIST.sub(r"\1\2", str(to_html(given.said.text)))
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    number = given.number
    if number and (not len(root) or root[0].tag != "p"):
        yield paragraph(tongue, "NumberedParagraph", text(tongue, number, "Quiet"))
        number = ""
    for block in root:
        for made in inner.block(block, number=number):
            yield made
            number = ""


class _Text:
    """Turns elements of safe HTML into those of Word."""

    def __init__(self, tongue: Tongue, lang: str, new_list: Lists) -> None:
        self.tongue, self.lang, self.new_list = tongue, lang, new_list

    def block(self, given: Any, *, number: str = "") -> Iterator[Any]:
        if given.tag in ("ul", "ol"):
            yield from self._list(given, 0)
        elif given.tag == "table":
            yield from self._table(given)
        elif number:
            mark = (text(self.tongue, number, "Quiet"), tab())
            yield paragraph(self.tongue, "NumberedParagraph", *mark, *self._inline(given))
        else:
            yield paragraph(self.tongue, "BodyText", *self._inline(given))

    def _list(self, given: Any, depth: int) -> Iterator[Any]:
        style, place = ("ListNumber", self.new_list()) if given.tag == "ol" else ("ListBullet", BULLETED)
        for item in given:
            inner = [one for one in item if one.tag in ("ul", "ol")]
            said = [run for one in self._lead(item) for run in one]
            yield indented(paragraph(self.tongue, style, *said, number=place), depth)
            for one in inner:
                yield from self._list(one, depth + 1)

    def _lead(self, item: Any) -> Iterator[list[Any]]:
        """The words of an item, without the lists in it; paragraphs in it follow on."""
        if any(one.tag == "p" for one in item):
            yield from (list(self._inline(one)) for one in item if one.tag == "p")
        else:
            yield list(self._inline(item, without=("ul", "ol")))

    def _inline(
        self, given: Any, *, bold: bool = False, italic: bool = False, without: tuple[str, ...] = ()
    ) -> Iterator[Any]:
        looks: dict[str, Any] = {"bold": bold or given.tag == "strong", "italic": italic or given.tag == "em"}
        yield from self._said(given.text, **looks)
        for inner in given:
            if inner.tag == "br":
                yield from self._said("\n", **looks)
            elif inner.tag not in without:
                yield from self._inline(inner, **looks)
            if inner.tag == "a" and inner.get("href", "") != (inner.text or ""):
                yield from self._said(f" ({inner.get('href', '')})", **looks)
            yield from self._said(inner.tail, **looks)

    def _said(self, words: str | None, *, bold: bool, italic: bool) -> Iterator[Any]:
        if not words or not (words.strip() or words in ("\n", " ")):
            return
        one_line = words if words == "\n" else words.replace("\n", " ")
        for run in runs(self.tongue, (Said(one_line, self.lang),)):
            yield marked(run, bold=bold, italic=italic)

    def _table(self, given: Any) -> Iterator[Any]:
        heads, *rows = [list(row.iter("th", "td")) for row in given.iter("tr")]
        columns = tuple(
            Column(
                head.text_content(), 100 / len(heads), "number" if head.get("class") == "r" else "text", lang=self.lang
            )
            for head in heads
        )
        body = Body(tuple(Row(tuple(self._cell(cell) for cell in row)) for row in rows))
        yield from tables.table(self.tongue, Table("", "", columns, (body,)), "%(label)s")

    def _cell(self, given: Any) -> Cell:
        kind = "number" if given.get("class") == "r" else "text"
        return Cell((Line((Said(given.text_content(), self.lang),)),), kind)  # type: ignore[arg-type]
