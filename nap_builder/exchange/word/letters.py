"""The letters of a paragraph with what is bold and italic; notes in brackets, links as text, fields by their result.

No field is worked out and no link followed. Deleted and hidden text is left out, pictures are counted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word.contents import Span
from nap_builder.exchange.word.limits import MOST_SIGNS
from nap_builder.exchange.word.markup import OFF, Element, R, child, named, w, within
from nap_builder.exchange.word.styles import PLAIN, Style, Styles
from nap_builder.kernel.languages import _

_VALUE = w("val")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH = frozenset({"ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "sdt", "sdtContent", "rubyBase"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_FIXED = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "cr": "\n"}
_PAGE_BREAKS = frozenset({"page", "column"})
_SIGNS = {"F0FC": "✓", "F0FE": "✓", "F052": "✓", "F0FB": "✗", "F0FD": "✗", "F04F": "✗", "F0B7": "•", "F0A7": "▪"}
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"((?:https?://|mailto:)[^"\s]{1,2000})"', re.IGNORECASE)
_PLAIN_TEXT = Span("")
_UNSHOWN = re.compile(r"\s*(TOC|INDEX|RD|XE|TC)\b", re.IGNORECASE)


@dataclass
class _Field:
    """A field that is open: its instruction so far, whether its result has begun, and where that began."""

    instruction: str = ""
    shows: bool = False
    begins: int = 0

    @property
    def silent(self) -> bool:
        """Whether what stands here is no text of the file: an instruction, or a list of contents."""
        return not self.shows or bool(_UNSHOWN.match(self.instruction))


class Letters:
    """Reads paragraph after paragraph; fields may go over many, and a note is told where it is first called."""

    def __init__(self, styles: Styles, notes: dict[str, str], links: dict[str, str]) -> None:
        self._styles, self._notes, self._links = styles, notes, links
        self._fields: list[_Field] = []
        self._spans: list[Span] = []
        self._signs = 0
        self._base = PLAIN
        self.images = 0
        self.boxes: list[Element] = []
        self._does: dict[str, Callable[[Element], None]] = {
            "r": self._run,
            "hyperlink": self._hyperlink,
            "fldSimple": self._simple_field,
            f"{_MATHS}oMath": self._maths,
            f"{_MATHS}oMathPara": self._maths,
            f"{_MC}AlternateContent": lambda element: self._pieces(_chosen(element)),
            **dict.fromkeys(_THROUGH, self._pieces),
        }

    def of(self, paragraph: Element, style: Style) -> tuple[Span, ...]:
        """The stretches of a paragraph's text, neighbours that look the same made one."""
        self._spans, self._base = [], style
        for one in self._fields:
            one.begins = 0
        self._pieces(paragraph)
        return tuple(_joined(self._spans))

    def _pieces(self, parent: Element | None) -> None:
        for element in parent if parent is not None else ():
            does = self._does.get(named(element))
            if does is not None:
                does(element)

    def _run(self, run: Element) -> None:
        looks = child(run, "rPr")
        look = self._look({} if looks is None else {named(one): one.get(_VALUE) for one in looks})
        if look is not None:
            for element in run:
                self._in_run(element, look)

    def _look(self, said: dict[str, str | None]) -> Span | None:
        """How the letters of a run look, by its own word, its style and its paragraph's; None where hidden."""
        character = self._styles.of(said["rStyle"]) if said.get("rStyle") else PLAIN
        if _either(said, "vanish", above=character.hidden or self._base.hidden):
            return None
        across = "Cs" if _either(said, "rtl", above=False) else ""
        return Span(
            "",
            bold=_either(said, f"b{across}", above=character.bold or self._base.bold),
            italic=_either(said, f"i{across}", above=character.italic or self._base.italic),
        )

    def _in_run(self, element: Element, look: Span) -> None:
        name = named(element)
        if name == f"{_MC}AlternateContent":
            for inner in _chosen(element):
                self._in_run(inner, look)
        elif name in _PICTURES:
            self._picture(element)
        elif name == "fldChar":
            self._field(element.get(w("fldCharType")) or "", look)
        elif name == "instrText":
            self._instruct(element.text or "")
        else:
            self._say(self._text_of(name, element), look)

    def _text_of(self, name: str, element: Element) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return " " if element.get(w("type")) in _PAGE_BREAKS else "\n"
        if name == "sym":
            return _SIGNS.get((element.get(w("char")) or "").upper(), "▪")
        if name in ("footnoteReference", "endnoteReference"):
            note = self._notes.pop(f"{name[:-9]} {element.get(w('id'))}", "")
            apart = "" if self._spans and self._spans[-1].text[-1:].isspace() else " "
            return f"{apart}[{note}]" if note else ""
        return _FIXED.get(name, "")

    def _say(self, text: str, look: Span) -> None:
        if not text or any(field.silent for field in self._fields):
            return
        self._signs += len(text)
        if self._signs > MOST_SIGNS:
            raise Unreadable(_("The file holds more than %(count)s signs of text.", count=MOST_SIGNS))
        self._spans.append(Span(text, look.bold, look.italic))

    def _picture(self, element: Element) -> None:
        boxes = _boxes(element)
        self.images += not boxes
        self.boxes += boxes

    def _hyperlink(self, element: Element) -> None:
        before = len(self._spans)
        self._pieces(element)
        self._lead_to(self._links.get(element.get(f"{{{R}}}id") or "", ""), before)

    def _lead_to(self, address: str, begins: int) -> None:
        """Tells where a link leads, unless its text says so."""
        text = "".join(span.text for span in self._spans[begins:]).strip()
        if address and text and text.lower().rstrip("/") not in (_bare(address), address.lower().rstrip("/")):
            self._say(f" ({address})", _PLAIN_TEXT)

    def _simple_field(self, element: Element) -> None:
        if not _UNSHOWN.match(element.get(w("instr")) or ""):
            self._pieces(element)

    def _field(self, kind: str, _look: Span) -> None:
        if kind == "begin":
            self._fields.append(_Field(begins=len(self._spans)))
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if found := _ADDRESS.match(ended.instruction):
                self._lead_to(found[1], ended.begins)

    def _instruct(self, text: str) -> None:
        if self._fields and len(self._fields[-1].instruction) < 4_000:
            self._fields[-1].instruction += text

    def _maths(self, element: Element) -> None:
        self._say("".join(text.text or "" for text in element.iter(f"{_MATHS}t")), _PLAIN_TEXT)


def _either(said: dict[str, str | None], name: str, *, above: bool) -> bool:
    """Whether a property is switched on, here or, where this says nothing of it, above."""
    return (said[name] or "true") not in OFF if name in said else above


def notes_of(part: Element | None, kind: str) -> dict[str, str]:
    """The text of each note, by its kind and id."""
    found = {}
    for note in within(part, kind) if part is not None else ():
        if note.get(w("type")) in (None, "normal"):
            paragraphs = ("".join(text.text or "" for text in within(one, "t")) for one in within(note, "p"))
            found[f"{kind} {note.get(w('id'))}"] = " ".join(" ".join(paragraphs).split())
    return found


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes of a drawing, without those that stand in one of them."""
    found, waiting = [], [drawing]
    while waiting:
        element = waiting.pop()
        if named(element) == "txbxContent":
            found.append(element)
        else:
            waiting += reversed(_chosen(element) if named(element) == f"{_MC}AlternateContent" else element)
    return found


def _chosen(element: Element) -> Element:
    """Of the same thing said for newer and older readers, what is for the newer."""
    options = [option for option in element if option.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return options[0] if options else ()


def _bare(address: str) -> str:
    return address.lower().removeprefix("mailto:").partition("//")[2].rstrip("/") or address.lower().removeprefix(
        "mailto:"
    )


def _joined(spans: list[Span]) -> Iterator[Span]:
    last: list[Span] = []
    for span in spans:
        if last and (last[0].bold, last[0].italic) != (span.bold, span.italic):
            yield _one(last)
            last = []
        last.append(span)
    if last:
        yield _one(last)


def _one(alike: list[Span]) -> Span:
    return Span("".join(span.text for span in alike), alike[0].bold, alike[0].italic)
