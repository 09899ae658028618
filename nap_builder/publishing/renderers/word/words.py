"""Words and paragraphs of a Word file, each with its style, language and direction."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from nap_builder.kernel.languages import direction
from nap_builder.publishing.document import Said

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML cannot hold
ISOLATED = re.compile("\u2066(.*?)\u2069")
STRAY = re.compile("[\u2066-\u2069]")  # Word shows these marks of direction as empty boxes
LEFT_TO_RIGHT = "\u200e"  # an unseen letter that keeps figures such as 1.2.a in their order
GAP = "Gap"
STEP = 567  # twentieths of a point from one list to the list within it
BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a file, and whether it runs from right to left."""

    lang: str

    @property
    def rtl(self) -> bool:
        """Whether the file runs from right to left."""
        return direction(self.lang) == "rtl"


def printable(words: str) -> str:
    """Words without what a file cannot hold."""
    return STRAY.sub("", UNPRINTABLE.sub("", words)).replace("\t", " ")


def element(name: str, *children: Any, **attributes: str) -> Any:
    """An element of WordprocessingML; attributes are those of its own namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def paragraph(tongue: Tongue, style: str, *runs: Any, number: int = 0, keep: bool = False, end: bool = False) -> Any:
    """A paragraph in a style; `number` is the list it counts in, `keep` holds it with the next.

    `end` sets it at the right side, so that figures stand below each other: Word counts the sides of a paragraph that
    runs from right to left from its beginning.
    """
    about = [element("pStyle", val=style)]
    if keep:
        about.append(element("keepNext"))
    if number:
        about.append(element("numPr", element("ilvl", val="0"), element("numId", val=str(number))))
    if tongue.rtl:
        about.append(element("bidi"))
    if end:
        about.append(element("jc", val="left" if tongue.rtl else "right"))
    return element("p", element("pPr", *about), *runs)


def hold(given: Any) -> None:
    """Keeps a paragraph on the page of the next one."""
    about = given.find(qn("w:pPr"))
    about.insert(1, element("keepNext"))


def hold_row(row: Any) -> None:
    """Keeps a row of a table on the page of the next one."""
    for given in row.iter(qn("w:p")):
        hold(given)


def runs(tongue: Tongue, said: Iterable[Said], style: str = "") -> list[Any]:
    """Words as runs: gaps are marked, other languages keep their own direction."""
    return [run for words in said for run in _runs(tongue, words, style)]


def text(tongue: Tongue, words: str, style: str = "") -> Any:
    """Words of the file's own language as one run."""
    return _run(tongue, words, tongue.lang, style)


def marked(run: Any, *, bold: bool, italic: bool) -> Any:
    """A run in bold or italic letters, those of right-to-left writing too."""
    about = run.find(qn("w:rPr"))
    if (bold or italic) and about is None:
        about = element("rPr")
        run.insert(0, about)
    styled = 0 if about is None or about.find(qn("w:rStyle")) is None else 1
    for name in [*(("b", "bCs") if bold else ()), *(("i", "iCs") if italic else ())]:
        about.insert(styled, element(name))
        styled += 1
    return run


def indented(given: Any, depth: int) -> Any:
    """A paragraph of a list that stands within another list."""
    if depth:
        given.find(qn("w:pPr")).append(element("ind", start=str(STEP * (depth + 2)), hanging=str(STEP)))
    return given


def tab() -> Any:
    """A step to the next tab stop."""
    return element("r", element("tab"))


def field(tongue: Tongue, name: str) -> Any:
    """A field that the word processor fills, such as PAGE; `1` until it does."""
    return element("fldSimple", text(tongue, "1"), instr=name)


def _runs(tongue: Tongue, said: Said, style: str) -> Iterator[Any]:
    """A text that isolates figures in a right-to-left line gives them a run of their own."""
    lang = said.lang or tongue.lang
    for place, piece in enumerate(ISOLATED.split(said.text)):
        if piece:
            isolated = place % 2 and direction(lang) == "rtl"
            yield _run(tongue, piece, "en" if isolated else lang, GAP if said.gap else style)


def _run(tongue: Tongue, words: str, lang: str, style: str) -> Any:
    about = []
    if style:
        about.append(element("rStyle", val=style))
    if style == GAP:
        about.append(
            element("highlight", val="yellow")
        )  # said of the words too, since not every program asks the style
    if direction(lang) == "rtl":
        about.append(element("rtl"))
    if lang != tongue.lang:
        about.append(element("lang", **{"bidi" if direction(lang) == "rtl" else "val": lang}))
    if tongue.rtl and direction(lang) == "ltr":
        words = f"{LEFT_TO_RIGHT}{words}{LEFT_TO_RIGHT}"
    made = element("r", *([element("rPr", *about)] if about else []))
    for place, line in enumerate(BREAK.split(words)):
        if place:
            made.append(element("br"))
        made.append(_letters(line))
    return made


def _letters(line: str) -> Any:
    made = element("t")
    made.text = printable(line)
    made.set(qn("xml:space"), "preserve")
    return made
