"""XML from outside: measured sign by sign before a tree is made of it, without document types, entities or network."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from lxml import etree

from nap_builder.exchange.container import damaged
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word.limits import MOST_CELLS, MOST_NODES, MOST_PARAGRAPHS
from nap_builder.kernel.languages import _

Element = Any  # lxml's elements carry no useful types

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFF = frozenset({"0", "false", "off", "none"})  # what Word says of a property that is switched off
# What Word writes when it is asked for the strict form of the standard, and what it writes else.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
}


class _Measure:
    """Counts what a part holds while it is read once, and breaks off where it is too much."""

    def __init__(self) -> None:
        self.nodes = 0
        self.counts = {"p": 0, "tc": 0}

    def begins(self, name: str, attributes: list[str]) -> None:
        self.nodes += 1 + len(attributes) // 2
        if self.nodes > MOST_NODES:
            raise Unreadable(_("This file is made of more pieces than can be read safely. Send it in two files."))
        local = name.rpartition(":")[2]
        if local in self.counts:
            self.counts[local] += 1

    def refuse(self) -> None:
        """Refuses too many paragraphs or cells."""
        if self.counts["p"] > MOST_PARAGRAPHS:
            raise Unreadable(_("The file holds more than %(count)s paragraphs.", count=MOST_PARAGRAPHS))
        if self.counts["tc"] > MOST_CELLS:
            raise Unreadable(_("The file holds more than %(count)s table cells.", count=MOST_CELLS))


def tree_of(data: bytes) -> Element:
    """The root of a part. Raises Unreadable for damaged XML, a document type, and what is too large or too deep."""
    _measured(data)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise damaged() from None


def _measured(data: bytes) -> None:
    measure, parser = _Measure(), expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = measure.begins
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise damaged() from None
    measure.refuse()


def _no_document_type(*_said: Any) -> None:
    raise Unreadable(_("This file defines entities of its own, which Word never does. It is not read."))


def w(name: str) -> str:
    """The full name of an element or attribute of Word's own."""
    return f"{{{W}}}{name}"


def named(element: Element) -> str:
    """The name of an element of Word's own; with its name space for any other, and nothing for what is no element."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag[len(W) + 2 :] if tag.startswith(f"{{{W}}}") else tag


def child(element: Element | None, *names: str) -> Element | None:
    """The first element on a way down; None where the way ends."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Element | None, *names: str, of: str = "val") -> str | None:
    """The value that the last element on a way down bears."""
    found = child(element, *names)
    return None if found is None else found.get(w(of))


def on(element: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where it is not said."""
    found = child(element, name)
    return None if found is None else (found.get(w("val")) or "true") not in OFF


def whole(text: str | None) -> int | None:
    """A whole number as a file says it; None for what is none, or beyond reason."""
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if abs(number) < 1_000_000_000 else None


def within(element: Element, name: str) -> Iterator[Element]:
    """Every element of Word's own of this name, however deep."""
    return element.iter(w(name))
