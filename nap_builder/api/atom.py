"""News as an Atom feed (RFC 4287)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from nap_builder.api.news import Event
from nap_builder.api.rows import moment

ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a feed must say when it changed last, even one with nothing in it


@dataclass(frozen=True)
class Head:
    """What a feed says of itself; `here` is its own address, which also names it for good."""

    title: str
    author: str
    language: str
    here: str


def feed(head: Head, events: Sequence[Event], href: Callable[[Event], str]) -> bytes:
    """The feed as XML. `href` gives the address on which an event is read."""
    here = head.here
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", head.language)
    _put(root, "id", here)
    _put(root, "title", head.title)
    _put(root, "updated", moment(max((event.at for event in events), default=NEVER)))
    _put(root, "link", rel="self", href=here, type=KIND)
    _put(_put(root, "author"), "name", head.author)
    for event in events:
        entry = _put(root, "entry")
        _put(entry, "id", uuid5(NAMESPACE_URL, f"{here}#{event.about}").urn)
        _put(entry, "title", event.title)
        _put(entry, "updated", moment(event.at))
        _put(entry, "link", rel="alternate", href=href(event), type="text/html", hreflang=head.language)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _put(above: "etree._Element", name: str, text: str | None = None, **given: str) -> "etree._Element":
    below = etree.SubElement(above, f"{{{ATOM}}}{name}", attrib=given)
    below.text = text
    return below
