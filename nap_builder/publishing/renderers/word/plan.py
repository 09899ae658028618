"""A whole plan as a Word file: cover, contents, numbered paragraphs, and the matrix on pages of its own that lie."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from docx.oxml.ns import qn

from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import (
    Block,
    Document,
    Fact,
    Facts,
    Figures,
    Fingerprint,
    Heading,
    Lead,
    Note,
    Objective,
    Paragraph,
    Part,
    Photograph,
    Said,
    Signature,
    Table,
)
from nap_builder.publishing.renderers.shapes import caption_of, without_bars
from nap_builder.publishing.renderers.word import tables
from nap_builder.publishing.renderers.word.frame import begin_list, page_number, put
from nap_builder.publishing.renderers.word.markdown import written
from nap_builder.publishing.renderers.word.package import empty_document, saved
from nap_builder.publishing.renderers.word.pictures import crest, picture
from nap_builder.publishing.renderers.word.words import Tongue, element, hold, paragraph, printable, runs, tab, text

WIDEST, TALLEST = 5_760_000, 3_960_000  # of a photograph, in units of Word: 160 and 110 mm
LYING = 14116  # twentieths of a point between the margins of a page that lies
DECIMAL = 1


def render_plan(plan: Document) -> bytes:
    """The bytes of a plan as DOCX, without macros or anything from elsewhere. The same plan gives the same bytes."""
    writer = _Writer(plan)
    writer.frame()
    writer.fill()
    return saved(writer.document)


class _Writer:
    """Writes the parts of a plan, one after the other, before the mark of the last section."""

    def __init__(self, plan: Document) -> None:
        self.plan, self.tongue, self.voice = plan, Tongue(plan.lang), Voice(plan.lang)
        self.worn = dict(plan.worn)
        self.document = empty_document(plan.lang, self.worn)
        self.end = self.document.element.body.sectPr
        self.label = self.voice.gettext("%(label)s:")
        self.lists = 3
        self.lies = False

    def frame(self) -> None:
        """What is said of the file, and the head and foot of its pages; the cover has neither."""
        about, plan = self.document.core_properties, self.plan
        about.title, about.author = printable(plan.title)[:255], printable(plan.author)[:255]
        about.last_modified_by, about.language, about.revision = about.author, plan.lang, 1
        about.created = about.modified = plan.created.replace(tzinfo=None)
        section = self.document.sections[0]
        head = " · ".join(filter(None, [plan.draft_mark, plan.running_title]))
        put(section.header, paragraph(self.tongue, "Header", text(self.tongue, head)))
        foot = text(self.tongue, f"{plan.running_foot} · " if plan.running_foot else "")
        put(section.footer, paragraph(self.tongue, "Footer", foot, *page_number(self.tongue, self.voice)))

    def fill(self) -> None:
        """The plan itself."""
        self._write(self._cover())
        self._part(self.plan.about)
        self._write(self._contents())
        for part in self.plan.parts:
            self._turn(lies=part.kind == "matrix")
            self._part(part)
        if self.lies:
            _lay(self.end)

    def _write(self, elements: Iterator[Any]) -> None:
        for one in elements:
            self.end.addprevious(one)

    def _turn(self, *, lies: bool) -> None:
        """Ends a section where pages that stand follow pages that lie, or the other way round."""
        if lies == self.lies:
            return
        section = copy.deepcopy(self.end)
        if self.lies:
            _lay(section)
        if (first := self.end.find(qn("w:titlePg"))) is not None:
            self.end.remove(first)
        self.end.addprevious(element("p", element("pPr", section)))
        self.lies = lies

    def _cover(self) -> Iterator[Any]:
        cover = self.plan.cover
        yield from crest(self.document.part, self.tongue, self.worn, cover.state)
        yield paragraph(self.tongue, "LetterheadState", text(self.tongue, cover.state))
        if cover.issuer:
            yield paragraph(self.tongue, "LetterheadBody", *runs(self.tongue, (cover.issuer,)))
        yield paragraph(self.tongue, "Title", *runs(self.tongue, (cover.title,)))
        for said in filter(None, [cover.subtitle, Said(cover.period)]):
            yield paragraph(self.tongue, "Subtitle", *runs(self.tongue, (said,)))
        yield paragraph(self.tongue, "SubjectLine", text(self.tongue, cover.standing))
        yield paragraph(self.tongue, "BodyText", text(self.tongue, cover.standing_note))
        yield from self._facts(Facts(cover.facts), between=self.voice.gettext(", "))

    def _contents(self) -> Iterator[Any]:
        """The parts in order, as a table of contents that a word processor can renew with its page numbers."""
        yield paragraph(self.tongue, "PlanPart", text(self.tongue, self.plan.contents_title))
        begin = [_field_mark("begin"), element("r", _instruction('TOC \\o "1-2"')), _field_mark("separate")]
        for entry in self.plan.entries:
            words = (text(self.tongue, entry.label), tab(), *runs(self.tongue, (entry.said,)))
            yield paragraph(self.tongue, f"TOC{entry.depth}", *begin, *words)
            begin = []
        yield paragraph(self.tongue, "BodyText", *begin, _field_mark("end"))

    def _part(self, part: Part) -> None:
        level = (*runs(self.tongue, (part.level,)), text(self.tongue, " ")) if part.level else ()
        label = (text(self.tongue, f"{part.label} "),) if part.label else ()
        self._write(iter([paragraph(self.tongue, "PlanPart", *level, *label, *runs(self.tongue, (part.title,)))]))
        for block, after in zip_longest(part.blocks, part.blocks[1:]):
            made = list(self._made[type(block)](self, block))
            if isinstance(after, Note) and made[-1].tag == qn("w:p"):
                hold(made[-1])
            self._write(iter(made))

    def _heading(self, block: Heading) -> Iterator[Any]:
        style = "Heading3" if block.side or block.level != 2 else "Heading2"
        yield paragraph(self.tongue, style, *runs(self.tongue, (block.said,)))

    def _objective(self, block: Objective) -> Iterator[Any]:
        yield paragraph(
            self.tongue, "Heading2", text(self.tongue, f"{block.code} "), *runs(self.tongue, (block.title,))
        )

    def _paragraph(self, block: Paragraph) -> Iterator[Any]:
        yield from written(self.tongue, block, self._new_list)

    def _new_list(self) -> int:
        """A list of numbers that begins anew."""
        self.lists += 1
        begin_list(self.document, DECIMAL, self.lists)
        return self.lists

    def _lead(self, block: Lead) -> Iterator[Any]:
        yield paragraph(self.tongue, "SubjectLine", *runs(self.tongue, (block.said,)))

    def _note(self, block: Note) -> Iterator[Any]:
        yield paragraph(self.tongue, "SmallText", *runs(self.tongue, (block.said,)))

    def _facts(self, block: Facts | Figures, between: str = " ") -> Iterator[Any]:
        for fact in block.items:
            yield paragraph(self.tongue, "Fact", *self._fact(fact, between))

    def _fact(self, fact: Fact, between: str) -> Iterator[Any]:
        label = replace(Said(self.label % {"label": fact.label}), lang=fact.lang)
        yield from runs(self.tongue, (label,), "Strong")
        yield tab()
        for place, line in enumerate(fact.lines):
            if place:
                yield text(self.tongue, "\n")
            if line.label:
                yield text(self.tongue, self.label % {"label": line.label} + " ")
            for at, said in enumerate(line.said):
                if at:
                    yield text(self.tongue, between)
                yield from runs(self.tongue, (said,))

    def _table(self, block: Table) -> Iterator[Any]:
        """A table without the columns that only draw bars: their figures stand beside them."""
        given = replace(without_bars(block), caption=caption_of(block, self.voice))
        yield from tables.table(self.tongue, given, self.label, **({"width": LYING} if self.lies else {}))
        for note in block.notes:
            yield paragraph(self.tongue, "SmallText", *runs(self.tongue, (note,)))

    def _signature(self, block: Signature) -> Iterator[Any]:
        lines = [*filter(None, [block.name, block.post]), *([Said(block.day)] if block.day else [])]
        yield paragraph(self.tongue, "SignatureLine", keep=True)
        for place, said in enumerate(lines, 1):
            yield paragraph(self.tongue, "Signature", *runs(self.tongue, (said,)), keep=place < len(lines))

    def _fingerprint(self, block: Fingerprint) -> Iterator[Any]:
        yield paragraph(self.tongue, "Heading2", text(self.tongue, block.title))
        yield paragraph(self.tongue, "BodyText", text(self.tongue, block.words))
        for line in block.lines:
            yield paragraph(self.tongue, "Fingerprint", *runs(self.tongue, (Said(line, "en"),)))
        if block.address:
            yield paragraph(self.tongue, "BodyText", text(self.tongue, block.leads))
            yield paragraph(self.tongue, "Fingerprint", *runs(self.tongue, (Said(block.address, "en"),)))
        if block.trail:
            yield paragraph(self.tongue, "BodyText", text(self.tongue, block.trail))
        for line in block.trail_lines:
            yield paragraph(self.tongue, "Fingerprint", *runs(self.tongue, (Said(line, "en"),)))

    def _photograph(self, block: Photograph) -> Iterator[Any]:
        drawn = picture(self.document.part, block.content, block.alt.text, widest=WIDEST, tallest=TALLEST)
        yield paragraph(self.tongue, "Picture", drawn, keep=bool(block.below))
        if block.below:
            said = [one for below in block.below for one in (*runs(self.tongue, (below,)), text(self.tongue, " "))]
            yield paragraph(self.tongue, "PictureWords", *said[:-1])

    _made: Mapping[type[Block], Callable[["_Writer", Any], Iterator[Any]]] = {
        Heading: _heading,
        Paragraph: _paragraph,
        Lead: _lead,
        Note: _note,
        Facts: _facts,
        Figures: _facts,
        Table: _table,
        Signature: _signature,
        Photograph: _photograph,
        Objective: _objective,
        Fingerprint: _fingerprint,
    }


def _lay(section: Any) -> None:
    """Turns the pages of a section on their side."""
    size = section.find(qn("w:pgSz"))
    size.set(qn("w:w"), "16838")
    size.set(qn("w:h"), "11906")
    size.set(qn("w:orient"), "landscape")


def _field_mark(kind: str) -> Any:
    return element("r", element("fldChar", fldCharType=kind))


def _instruction(words: str) -> Any:
    made = element("instrText")
    made.text = words
    return made
