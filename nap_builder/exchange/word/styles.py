"""What the styles of a Word file mean: headings in any language by what Word itself calls them, titles, contents."""

import re
from dataclasses import dataclass

from nap_builder.exchange.word.markup import Element, child, on, value, w, whole, within

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|toa heading|index( heading| \d)?|contents( heading| \d)")
_DEEPEST = 9
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True)
class Style:
    """A paragraph's style: its heading level (1 to 9) or None, the list it belongs to, and how its letters look."""

    level: int | None = None
    title: bool = False
    subtitle: bool = False
    contents: bool = False
    list_id: str | None = None
    list_depth: int | None = None
    bold: bool = False
    italic: bool = False
    hidden: bool = False


PLAIN = Style()


class Styles:
    """The styles of a file by their id, each with what it inherits."""

    def __init__(self, part: Element | None) -> None:
        self._raw: dict[str, Element] = {}
        self._default: str | None = None
        self._known: dict[str, Style] = {}
        for element in within(part, "style") if part is not None else ():
            name = element.get(w("styleId")) or ""
            self._raw.setdefault(name, element)
            if element.get(w("default")) in ("1", "true", "on") and element.get(w("type")) == "paragraph":
                self._default = name

    def of(self, name: str | None) -> Style:
        """The style of this id; the file's usual one for None."""
        wanted = name if name is not None else self._default
        if wanted is None or wanted not in self._raw:
            return PLAIN
        if wanted not in self._known:
            self._known[wanted] = self._made(wanted)
        return self._known[wanted]

    def _made(self, name: str) -> Style:
        """A style drawn from the first of its line; a style that inherits from itself ends the line."""
        line: list[Element] = []
        seen: set[str] = set()
        above: str | None = name
        while above in self._raw and above not in seen:
            seen.add(above)
            line.append(self._raw[above])
            above = value(self._raw[above], "basedOn")
        style = PLAIN
        for element in reversed(line):
            style = _with(style, element)
        return style


def _with(above: Style, element: Element) -> Style:
    """A style that inherits from another."""
    called = (value(element, "name") or "").lower()
    paragraph, letters = child(element, "pPr"), child(element, "rPr")
    depth = value(paragraph, "numPr", "ilvl")
    return Style(
        level=_level(called, paragraph, above.level),
        title=called == "title" or above.title,
        subtitle=called == "subtitle" or above.subtitle,
        contents=bool(_CONTENTS.fullmatch(called)) or above.contents,
        list_id=value(paragraph, "numPr", "numId") or above.list_id,
        list_depth=whole(depth) if depth is not None else above.list_depth,
        bold=_either(on(letters, "b"), above.bold),
        italic=_either(on(letters, "i"), above.italic),
        hidden=_either(on(letters, "vanish"), above.hidden),
    )


def _level(called: str, paragraph: Element | None, above: int | None) -> int | None:
    """A heading's level: by the name that Word gives it in every language, else by its place in the outline."""
    if found := _HEADING.fullmatch(called):
        return int(found[1])
    return outline_level(paragraph, above)


def outline_level(properties: Element | None, above: int | None) -> int | None:
    """The level in the outline that a style or a paragraph says of itself, else that which it inherits."""
    said = whole(value(properties, "outlineLvl"))
    if said is None:
        return above
    return said + 1 if 0 <= said < _BODY_TEXT and said < _DEEPEST else None


def _either(own: bool | None, above: bool) -> bool:  # noqa: FBT001 - three answers of one question
    return above if own is None else own
