"""What is looked for in a PDF before it is handed out: whether it can be read aloud, kept, and found one's way in.

These are checks of our own, quick enough for every file. A file with a fault is handed out all the same, since a plan
that is late helps nobody; whoever makes it is told. That the files keep the standards whole is proved in the tests.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from nap_builder.kernel.languages import LazyString, _l

FAULTS: dict[str, LazyString] = {
    "unreadable": _l("The file could not be looked through."),
    "tags": _l("It has no tags, so that a screen reader cannot read it in order."),
    "language": _l("It does not say in which language it is."),
    "title": _l("It does not show its title."),
    "claims": _l("It does not say that it is made for keeping and for reading aloud."),
    "alt": _l("A figure has no words for those who cannot see it."),
    "scope": _l("The head of a table does not say what it stands for."),
    "headings": _l("A level of headings is left out."),
    "fonts": _l("A font is not in the file."),
    "letters": _l("A font does not say which letters its signs stand for, so that words cannot be found or copied."),
    "links": _l("A link leads nowhere."),
    "bookmarks": _l("It has no bookmarks."),
    "intent": _l("It does not say how its colours are meant."),
}
CLAIMS = (rb'pdfaid:part="3"', rb'pdfaid:conformance="A"', rb'pdfuaid:part="1"')
HEADING = re.compile(r"/H([1-6])$")


def faults_of(pdf: bytes) -> list[str]:
    """The faults of a file, keys of FAULTS in their order; none for one that is sound."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            found = {name for check in CHECKS for name in check(file)}
    except (pikepdf.PikepdfError, ValueError, KeyError, AttributeError, TypeError):
        return ["unreadable"]
    return [name for name in FAULTS if name in found]


def _about_itself(file: pikepdf.Pdf) -> Iterator[str]:
    root = file.Root
    if "/StructTreeRoot" not in root or not _under(root, "/MarkInfo", "/Marked"):
        yield "tags"
    if not str(root.get("/Lang", "")):
        yield "language"
    if not _under(root, "/ViewerPreferences", "/DisplayDocTitle") or not str(file.docinfo.get("/Title", "")):
        yield "title"
    xmp = root.Metadata.read_bytes() if "/Metadata" in root else b""
    if not all(re.search(claim, xmp) for claim in CLAIMS):
        yield "claims"
    if "/OutputIntents" not in root:
        yield "intent"
    if "/Outlines" not in root and len(file.pages) > 2:
        yield "bookmarks"


def _tags(file: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    for tag in _below(_under(file.Root, "/StructTreeRoot")):
        kind = str(tag.get("/S", ""))
        if kind == "/Figure" and not str(tag.get("/Alt", "")):
            yield "alt"
        if kind == "/TH" and "/Scope" not in tag.get("/A", {}):
            yield "scope"
        if heading := HEADING.match(kind):
            if int(heading[1]) > level + 1:
                yield "headings"
            level = int(heading[1])


def _below(tag: Any) -> Iterator[Any]:
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _fonts(file: pikepdf.Pdf) -> Iterator[str]:
    for font in _distinct(font for page in file.pages for font in _under(page, "/Resources", "/Font").values()):
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {})):
            yield "fonts"
        if "/ToUnicode" not in font:
            yield "letters"


def _under(thing: Any, *names: str) -> Any:
    """What stands under these names, one below the other; nothing, as an empty dictionary, where one is not there."""
    for name in names:
        thing = thing.get(name, {})
    return thing


def _distinct(rows: Iterator[Any]) -> list[Any]:
    return list({row.objgen: row for row in rows}.values())


def _links(file: pikepdf.Pdf) -> Iterator[str]:
    names = pikepdf.NameTree(file.Root.Names.Dests) if "/Dests" in _under(file.Root, "/Names") else {}
    for page in file.pages:
        for note in page.get("/Annots", []):
            goal = note.get("/Dest", _under(note, "/A").get("/D"))
            if isinstance(goal, pikepdf.String) and str(goal) not in names:
                yield "links"


CHECKS = (_about_itself, _tags, _fonts, _links)
