"""Joining pieces to one PDF: an empty file with metadata and fonts, into which the objects of the pieces are put."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint
from weasyprint.pdf.anchors import add_outlines

from nap_builder.publishing.press import fonts
from nap_builder.publishing.press.cutting import (
    BETWEEN,
    COLOURS,
    ENTRY,
    FONTS,
    FOOT,
    MORE,
    OBJECT,
    PAGES,
    PROFILE,
    TAG,
    profile_of,
    seam,
)
from nap_builder.publishing.press.laying import Engine, finish, pack, written
from nap_builder.publishing.press.wire import Message
from nap_builder.publishing.press.writing import write

SCALE = 0.75  # CSS pixels to points
SEAM = re.compile(rb"\0([a-z])(\d+)\0")


class _Stream(pydyf.Stream):
    """A stream that is written already."""

    def __init__(self, head: bytes, content: bytes) -> None:
        super().__init__()
        self.head, self.content = head, content

    @property
    def data(self) -> bytes:
        """The stream as it stands in the file."""
        return b"%b\nstream\n%b\nendstream" % (self.head, self.content)


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers in the file of what a piece refers to: its first object, entry and foot, the tags that began before
    it, and what is there once.
    """

    first: int
    entry: int
    feet: tuple[int, ...]
    tags: tuple[int, ...]
    once: dict[bytes, int]

    def closed(self, text: bytes) -> bytes:
        """A text with what stands in the file at each of its seams."""
        first, *rest = SEAM.split(text)
        parts = [first]
        for kind, number, following in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            parts += (self._found(kind, int(number)), following)
        return b"".join(parts)

    def _found(self, kind: bytes, number: int) -> bytes:
        if kind == ENTRY:
            return b"%d" % (self.entry + number)
        if kind == OBJECT:
            return b"%d 0 R" % (self.first + number)
        if kind == FOOT:
            return b"%d 0 R" % self.feet[number] if self.feet else b""
        if kind == TAG:
            return b"%d 0 R" % self.tags[number]
        if kind == MORE:
            return seam(MORE)  # until all pages are there
        return b"%d 0 R" % self.once[kind]


@dataclass(frozen=True, slots=True)
class Feet:
    """The feet of all pages: the kind of each, the title that stands on each kind, and the number on each page."""

    titled: list[str]
    kinds: list[str]
    titles: Message
    numbers: Message

    @property
    def fonts(self) -> list[list[fonts.Told]]:
        """The fonts that they use."""
        return [self.titles[0]["fonts"], self.numbers[0]["fonts"]]

    def drawn(self) -> list[bytes]:
        """What is drawn on each page."""
        titles = dict(zip(self.titled, self.titles[1], strict=True))
        return [
            b"q\n%b\nQ q\n%b\nQ" % (titles[kind], number)
            for kind, number in zip(self.kinds, self.numbers[1], strict=True)
        ]


def joined(frame: str, pieces: list[Message], feet: Feet | None, attached: Mapping[str, str]) -> bytes:
    """The PDF of pieces in their order, for ever and for everybody: PDF/A-3a and PDF/UA-1.

    `frame` is an empty page with the metadata; `attached` are plans as nap-plan/1 by the names under which they lie in
    the file. The same pieces give the same bytes.
    """
    document = Engine((), {}).laid_out(frame)
    told = [head["fonts"] for head, _blobs in pieces] + (feet.fonts if feet else [])
    document.fonts.update(fonts.together(told, document))
    moment = document.metadata.created
    document.metadata.attachments[:] = [_attachment(name, plan, moment) for name, plan in attached.items()]
    file = _File(written(document))
    drawn = feet.drawn() if feet else []
    for head, blobs in pieces:
        count = len(head["at"])
        file.put(head, blobs, drawn[:count])
        drawn = drawn[count:]
    return file.whole()


def _attachment(name: str, plan: str, moment: str) -> weasyprint.Attachment:
    """The plan as a file within the file, dated as the document is."""
    dated = datetime.fromisoformat(moment).astimezone(UTC)
    named = {"name": name, "description": "nap-plan/1", "relationship": "Data"}
    return weasyprint.Attachment(string=plan, created=dated, modified=dated, **named)


class _File:
    """A file in the making, from the one of an empty page."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        page = pdf.objects[pdf.pages["Kids"][0]]
        resources = self._object(pdf, page["Resources"])
        root = self._object(pdf, pdf.catalog["StructTreeRoot"])
        self.pdf, self.tree = pdf, self._object(pdf, root["ParentTree"])
        self.document = self._object(pdf, root["K"][0])
        colours = _number(resources["ColorSpace"])
        self.once = {FONTS: _number(resources["Font"]), COLOURS: colours}
        self.once |= {PAGES: pdf.pages.number, PROFILE: profile_of(pdf)}
        self.open = [self.document.number]  # the tags that more can be put in, each in the one before
        self.more: dict[int, list[bytes]] = {self.document.number: []}
        finish(pdf, {})
        page.clear()
        resources.clear()
        pdf.pages.update({"Kids": pydyf.Array(), "Count": 0})
        self.tree["Nums"], self.document["K"] = pydyf.Array(), pydyf.Array()
        self.pages: list[Any] = []
        self.anchors: dict[str, pydyf.Array] = {}

    @staticmethod
    def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
        return pdf.objects[_number(reference)]

    def put(self, head: dict[str, Any], blobs: list[bytes], drawn: list[bytes]) -> None:
        """Puts the objects of a piece in, and a foot on each of its pages."""
        feet = tuple(map(self._foot, drawn))
        places = Places(len(self.pdf.objects), len(self.tree["Nums"]) // 2, feet, tuple(self.open), self.once)
        plain, heads, marks = (places.closed(blob).split(BETWEEN) if blob else [] for blob in blobs[:3])
        streams = dict(zip(head["streams"], zip(heads, blobs[3:], strict=True), strict=True))
        rest = iter(plain)
        for place in range(len(plain) + len(streams)):
            if place in streams:
                self.pdf.add_object(_Stream(*streams[place]))
            else:
                self.pdf.objects.append(next(rest))
        for number, mark in enumerate(marks):
            self.tree["Nums"].extend((places.entry + number, mark))
        for tag, kids in zip(self.open, head["kids"], strict=False):
            self.more[tag] += (places.closed(kid.encode()) for kid in kids)
        begun = [places.first + at for at in head["open"] if at is not None]
        self.more.update((tag, []) for tag in begun)
        self.open = self.open[: len(head["open"]) - len(begun) + 1] + begun
        for at, page in zip(head["at"], head["pages"], strict=True):
            self._add_page(places.first + at, page)

    def _foot(self, drawn: bytes) -> int:
        mark = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"}).data
        stream = pydyf.Stream([b"/Artifact", mark, b"BDC", drawn, b"EMC"], compress=True)
        pack(stream)
        self.pdf.add_object(stream)
        return int(stream.number)

    def _add_page(self, number: int, page: dict[str, Any]) -> None:
        self.pdf.pages["Kids"].extend((number, 0, "R"))
        self.pdf.pages["Count"] += 1
        bookmarks = [(level, label, tuple(place), state) for level, label, place, state in page["bookmarks"]]
        self.pages.append(SimpleNamespace(height=page["height"], bookmarks=bookmarks))
        for name, (x, y) in page["anchors"].items():
            place = ("/XYZ", x * SCALE, (page["height"] - y) * SCALE, 0)
            self.anchors.setdefault(name, pydyf.Array([b"%d 0 R" % number, *place]))

    def whole(self) -> bytes:
        """The finished file."""
        pdf = self.pdf
        self.document["K"].extend(self.more.pop(self.document.number))
        for tag, kids in self.more.items():
            pdf.objects[tag] = pdf.objects[tag].replace(seam(MORE), b" ".join(kids))
        add_outlines(pdf, weasyprint.Document.make_bookmark_tree(SimpleNamespace(pages=self.pages), SCALE, True))
        if self.anchors:
            names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
            names["Dests"] = pydyf.Dictionary({"Names": pydyf.Array(self._names())})
        return write(pdf)

    def _names(self) -> Iterator[Any]:
        for name in sorted(self.anchors):
            yield from (pydyf.String(name), self.anchors[name])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
