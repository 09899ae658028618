"""What every Word file has around its text: the heads and feet of its pages, and lists that begin anew."""

from typing import Any

from docx.document import Document as WordDocument

from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.renderers.word.words import Tongue, element, field, text


def put(story: Any, *paragraphs: Any) -> None:
    """Gives a head or foot of the page these paragraphs in place of what it has."""
    story.is_linked_to_previous = False
    holder = story._element  # noqa: SLF001 - the library offers no other way to the element
    for there in list(holder):
        holder.remove(there)
    holder.extend(paragraphs)


def page_number(tongue: Tongue, voice: Voice) -> tuple[Any, ...]:
    """The number of the page and how many there are, as runs that a word processor keeps right."""
    words = voice.gettext("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    before, between, after = (text(tongue, piece) for piece in words)
    return before, field(tongue, "PAGE"), between, field(tongue, "NUMPAGES"), after


def begin_list(document: WordDocument, kind: int, number: int) -> None:
    """Begins a list anew under a number that no other has; `kind` is one of the lists in `numbering.xml`."""
    anew = element("lvlOverride", element("startOverride", val="1"), ilvl="0")
    numbering = document.part.numbering_part.element
    numbering.append(element("num", element("abstractNumId", val=str(kind)), anew, numId=str(number)))
