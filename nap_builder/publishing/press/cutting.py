"""A piece of a PDF: the objects of some pages, taken out of the file that the engine would have written of them alone.

What ties the objects to a file is written as a seam, which `joining.py` replaces: a letter for its kind and a number,
between two bytes that no object holds. Numbers count from 0 within the piece.
"""

import re
from typing import Any
from urllib.parse import unquote

import pydyf
import weasyprint

from nap_builder.publishing.press import fonts
from nap_builder.publishing.press.laying import finish, written
from nap_builder.publishing.press.tags import Source, sources, spine
from nap_builder.publishing.press.wire import packed
from nap_builder.publishing.renderers.pieces import ELSEWHERE

REFERENCE = re.compile(rb"(\d+) 0 R")
OBJECT, ENTRY, FOOT, TAG, MORE = b"o", b"e", b"t", b"g", b"m"
PAGES, FONTS, COLOURS, PROFILE = b"p", b"f", b"c", b"i"
BETWEEN = b"\0x\0"  # stands between two objects


def seam(kind: bytes, number: int = 0) -> bytes:
    """The place of an object of the piece, of its entry in the tree of marks, of the foot of one of its pages, of a tag
    that began before it by how deep that is in the tree (the document is 0), of more that a tag holds on pages after
    it, or of what the file has once: its pages, fonts, and colours with their profile.
    """
    return b"\0%b%d\0" % (kind, number)


def piece_of(
    document: weasyprint.Document, resumed: frozenset[int] = frozenset(), going_on: frozenset[int] = frozenset()
) -> bytes:
    """The piece that a laid out document makes, as a message. `resumed` are the elements that began on pages before it,
    `going_on` those that go on after it (by identity).

    Its head tells, a page each, the kind, the height, the bookmarks and the anchors with their places, in CSS pixels,
    then the fonts, and of the tree of tags what it adds to each tag that is resumed, the document first, and where
    those that go on are in it, None for one that is resumed too. Its blobs are the plain objects, the heads of the
    streams and the tree of marks, all with seams, and then the contents of the streams, one each.
    """
    pages = [_told(page) for page in document.pages]
    for page in document.pages:
        page.bookmarks = []
    with sources() as made_of, fonts.left_out() as used:
        pdf = written(document)
    of_pages = _settled_pages(pdf)
    finish(pdf, made_of, resumed)
    _settle_links(pdf)
    tree = _Tree(pdf, made_of, resumed, going_on)
    cut = _Cut(pdf, of_pages, tree)
    head = {"pages": pages, "fonts": fonts.told(used), "at": cut.pages, "streams": cut.streams}
    head |= {"kids": cut.kids, "open": cut.open}
    return packed(head, [BETWEEN.join(cut.plain), BETWEEN.join(cut.heads), BETWEEN.join(cut.marks), *cut.contents])


def feet_of(document: weasyprint.Document) -> bytes:
    """The feet of the pages of a laid out document, as a message: the fonts, and what is drawn, a blob each page.

    They are text in one colour, so that they need nothing of the page but its fonts.
    """
    with fonts.left_out() as used:
        pdf = written(document, pdf_tags=False, pdf_variant=None)
    drawn = []
    for page in _pages(pdf):
        stream = pdf.objects[_number(page["Contents"])].stream
        drawn.append(b"\n".join(part for part in map(_bytes, stream) if not part.endswith(b" gs")))
    return packed({"fonts": fonts.told(used)}, drawn)


def _told(page: Any) -> dict[str, Any]:
    anchors = {name: place[:2] for name, place in page.anchors.items()}
    kind = page._page_box.page_type.name  # noqa: SLF001 - the name of the page in the stylesheet
    return {"kind": kind, "height": page.height, "bookmarks": page.bookmarks, "anchors": anchors}


def _pages(pdf: pydyf.PDF) -> list[Any]:
    return [pdf.objects[number] for number in pdf.pages["Kids"][::3]]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _bytes(part: Any) -> bytes:
    return part.data if isinstance(part, pydyf.Object) else part if isinstance(part, bytes) else str(part).encode()


def _settled_pages(pdf: pydyf.PDF) -> list[Any]:
    """The pages, each of whose drawing leaves no trace in what is drawn after it."""
    for page in (pages := _pages(pdf)):
        stream = pdf.objects[_number(page["Contents"])].stream
        stream[:] = [b"q", *stream, b"Q"]
    return pages


def _settle_links(pdf: pydyf.PDF) -> None:
    """Lets a link into another piece lead to the name of its place."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link" and "A" in item:
            address = item["A"]["URI"].string
            if address.startswith(ELSEWHERE):
                del item["A"]
                item["Dest"] = item["Contents"] = pydyf.String(unquote(address.removeprefix(ELSEWHERE)))


class _Tree:
    """What a file's tree of tags shares with the pages before and after it."""

    def __init__(
        self, pdf: pydyf.PDF, made_of: dict[int, Source], resumed: frozenset[int], going_on: frozenset[int]
    ) -> None:
        document = pdf.objects[_number(pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["K"][0])]
        self.begun = spine(pdf, document, made_of, resumed, 0)
        self.open = spine(pdf, document, made_of, going_on, -1)[1:]
        self.kids = [tag["K"][at:] for tag, at in zip(self.begun, [1] * (len(self.begun) - 1) + [0], strict=True)]
        for tag in self.open:
            tag["K"].append(seam(MORE))


class _Cut:
    """The objects of a file that are a piece's own, written with seams."""

    def __init__(self, pdf: pydyf.PDF, pages: list[Any], tree: _Tree) -> None:
        root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
        marks = pdf.objects[_number(root["ParentTree"])]
        colours = pdf.objects[_number(pages[0]["Resources"])]  # of its resources: shared by all pages
        shared = {_number(colours[name]): kind for name, kind in (("Font", FONTS), ("ColorSpace", COLOURS))}
        shared |= {pdf.pages.number: PAGES, profile_of(pdf): PROFILE}
        begun = {tag.number: seam(TAG, depth) for depth, tag in enumerate(tree.begun)}
        left = {0, pdf.catalog.number, root.number, marks.number, _number(pdf.catalog["Metadata"]), *shared, *begun}
        own = [item for item in pdf.objects if item.number not in left and (item or not isinstance(item, dict))]
        self.places = {item.number: seam(OBJECT, place) for place, item in enumerate(own)}
        self.places |= {number: seam(kind) for number, kind in shared.items()} | begun
        for place, page in enumerate(pages):
            page["StructParents"] = seam(ENTRY, page["StructParents"])
            page["Contents"] = pydyf.Array([page["Contents"], seam(FOOT, place)])
        self.kids = [[self._written(kid).decode() for kid in kids] for kids in tree.kids]
        self.open = [None if tag.number in begun else own.index(tag) for tag in tree.open]
        self.marks = [self._written(held) for held in marks["Nums"][1::2]]
        self.pages = [own.index(page) for page in pages]
        self.streams: list[int] = []
        self.plain: list[bytes] = []
        self.heads: list[bytes] = []
        self.contents: list[bytes] = []
        for place, item in enumerate(own):
            self._put(place, item)

    def _put(self, place: int, item: Any) -> None:
        if isinstance(item, pydyf.Stream):
            content = b"\n".join(map(_bytes, item.stream))
            self.streams.append(place)
            self.heads.append(self._written(item.extra | {"Length": len(content)}))
            self.contents.append(content)
        else:
            if "StructParent" in item:
                item["StructParent"] = seam(ENTRY, item["StructParent"])
            self.plain.append(self._written(item))

    def _written(self, item: Any) -> bytes:
        """An object as the library would write it, with seams for references."""
        if isinstance(item, dict):
            return b"<<" + b"".join(b"/%b %b" % (_bytes(key), self._written(item[key])) for key in item) + b">>"
        if isinstance(item, list):
            return b"[" + b" ".join(map(self._written, item)) + b"]"
        if isinstance(item, bytes) and (found := REFERENCE.fullmatch(item)):
            return self.places.get(int(found[1]), b"null")
        return pydyf._to_bytes(item)  # noqa: SLF001 - so that figures are written as elsewhere in the file


def profile_of(pdf: pydyf.PDF) -> int:
    """The number of the object that says how the colours of a file are meant."""
    return _number(pdf.catalog["OutputIntents"][0]["DestOutputProfile"])
