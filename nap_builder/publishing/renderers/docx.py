"""A paper as a Word file: real styles and lists, a page number in the foot, right to left where the language is."""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Fact, Facts, Heading, Line, Table
from nap_builder.publishing.paper import Items, Paper, PaperBlock, Passage, Signing
from nap_builder.publishing.renderers.word import tables
from nap_builder.publishing.renderers.word.frame import begin_list, page_number, put
from nap_builder.publishing.renderers.word.package import empty_document, saved
from nap_builder.publishing.renderers.word.pictures import crest
from nap_builder.publishing.renderers.word.words import (
    Tongue,
    hold,
    hold_row,
    paragraph,
    printable,
    runs,
    tab,
    text,
)

MANNERS = {
    "plain": "BodyText",
    "title": "Title",
    "subtitle": "Subtitle",
    "reference": "MessageHeader",
    "date": "Date",
    "address": "InsideAddress",
    "subject": "SubjectLine",
    "greeting": "Salutation",
    "closing": "Closing",
    "small": "SmallText",
    "code": "Fingerprint",
}
NUMBERED, LETTERED, BULLETED = 1, 2, 3
SHORT = 12  # a table of so many rows, its head counted, is not broken across pages
TOP_LEVEL = 2  # the highest heading below the title


def render_docx(paper: Paper) -> bytes:
    """The bytes of a paper as DOCX, without macros or anything from elsewhere. The same paper gives the same bytes."""
    document = empty_document(paper.lang, dict(paper.worn))
    _describe(document, paper)
    writer = _Writer(document, paper)
    writer.frame()
    writer.fill()
    return saved(document)


def _describe(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author = printable(paper.title)[:255], printable(paper.author)[:255]
    about.last_modified_by = about.author
    about.language, about.revision = paper.lang, 1
    about.created = about.modified = paper.created.replace(tzinfo=None)


class _Writer:
    """Writes the blocks of a paper, one kind after the other's manner."""

    def __init__(self, document: WordDocument, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.tongue = Tongue(paper.lang)
        self.voice = Voice(paper.lang)
        self.label = self.voice.gettext("%(label)s:")
        self.lists = BULLETED

    def frame(self) -> None:
        """The letterhead on the first page, the running title on the others, and the number in the foot of each."""
        section = self.document.sections[0]
        who = [
            paragraph(self.tongue, "LetterheadBody" if place else "LetterheadState", *runs(self.tongue, (said,)))
            for place, said in enumerate(self.paper.letterhead)
        ]
        head = section.first_page_header
        head.is_linked_to_previous = False
        state = "".join(said.text for said in self.paper.letterhead[:1])
        who[:0] = crest(head.part, self.tongue, dict(self.paper.worn), state)
        put(head, *who, paragraph(self.tongue, "LetterheadRule"))
        put(section.header, paragraph(self.tongue, "Header", text(self.tongue, self.paper.running_title)))
        for foot in (section.first_page_footer, section.footer):
            put(foot, paragraph(self.tongue, "Footer", *page_number(self.tongue, self.voice)))

    def fill(self) -> None:
        """The paper itself, before the section's own mark at the end of the body."""
        end = self.document.element.body.sectPr
        for block, following in zip_longest(self.paper.blocks, self.paper.blocks[1:]):
            made = list(self._made[type(block)](self, block))
            if _belong_together(block, following):
                hold(made[-1])
            for one in made:
                end.addprevious(one)

    def _heading(self, block: Heading) -> Iterator[Any]:
        yield paragraph(self.tongue, f"Heading{block.level - TOP_LEVEL + 1}", *runs(self.tongue, (block.said,)))

    def _passage(self, block: Passage) -> Iterator[Any]:
        style = "ListNumber" if block.number else MANNERS[block.manner]
        yield paragraph(self.tongue, style, *runs(self.tongue, block.said), number=NUMBERED if block.number else 0)

    def _items(self, block: Items) -> Iterator[Any]:
        style, number = ("ListNumber2", self._new_list()) if block.letters else ("ListBullet", BULLETED)
        for said in block.items:
            yield paragraph(self.tongue, style, *runs(self.tongue, said), number=number)

    def _new_list(self) -> int:
        """A list of letters that begins anew."""
        self.lists += 1
        begin_list(self.document, LETTERED, self.lists)
        return self.lists

    def _facts(self, block: Facts) -> Iterator[Any]:
        for fact in block.items:
            yield paragraph(self.tongue, "Fact", *self._fact(fact))

    def _fact(self, fact: Fact) -> Iterator[Any]:
        yield text(self.tongue, self.label % {"label": fact.label}, "Strong")
        yield tab()
        for line in fact.lines:
            yield from runs(self.tongue, line.said)

    def _table(self, block: Table) -> Iterator[Any]:
        for made in tables.table(self.tongue, block, self.label):
            rows = made.findall(qn("w:tr"))
            for row in rows[:-1] if len(rows) <= SHORT else ():
                hold_row(row)
            yield made

    def _signing(self, block: Signing) -> Iterator[Any]:
        for place, line in enumerate(block.lines):
            style = "Signature" if line.said else "SignatureLine"
            yield paragraph(self.tongue, style, *self._sign(line), keep=place < len(block.lines) - 1)

    def _sign(self, line: Line) -> Iterator[Any]:
        if line.label:
            yield text(self.tongue, self.label % {"label": line.label} + " ")
        yield from runs(self.tongue, line.said)

    _made: Mapping[type[PaperBlock], Callable[["_Writer", Any], Iterator[Any]]] = {
        Heading: _heading,
        Passage: _passage,
        Items: _items,
        Facts: _facts,
        Table: _table,
        Signing: _signing,
    }


def _belong_together(block: PaperBlock, following: PaperBlock | None) -> bool:
    """Whether two blocks belong on one page: a paragraph and what it leads to, a signature and what is under it."""
    if isinstance(block, Signing):
        return isinstance(following, Passage)
    ends = isinstance(following, Passage) and following.manner in ("closing", "code")
    return isinstance(block, Passage) and (ends or isinstance(following, Items | Facts | Table))
