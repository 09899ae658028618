"""Lines of plain text: wrapped at a width, with headings that are underlined.

In a text that runs from right to left every line is marked so, and what runs the other way is isolated, by signs that
nobody sees (UAX 9): so every reader shows it in its order, also one that takes each line by its first letter.
"""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import bidirectional

from nap_builder.kernel.languages import direction

WIDTH = 78
LTR, ISOLATE, END, RTL_MARK = "\u2066", "\u2068", "\u2069", "\u200f"
RULES = {1: "=", 2: "-", 3: "~"}


class Lines:
    """A text that grows line by line; `reading` is its direction, ltr or rtl."""

    def __init__(self, reading: str) -> None:
        self.reading, self.rtl = reading, reading == "rtl"
        self.mark = RTL_MARK if self.rtl else ""
        self.lines: list[str] = []

    def heading(self, words: str, level: int) -> None:
        """Words with a line under them that tells their level, 1 to 3."""
        self.gap()
        start = len(self.lines)
        self.write(words, "", "")
        longest = max(len(line.strip(RTL_MARK)) for line in self.lines[start:])
        self.lines.append(self.mark + RULES[level] * longest)
        self.gap()

    def gap(self) -> None:
        """An empty line, if none stands there already."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def write(self, words: str, indent: str, later: str) -> None:
        """Words in lines of the width; a line that would seem to run the other way is marked."""
        given: dict[str, Any] = {"initial_indent": indent, "subsequent_indent": later}
        wrapped = textwrap.wrap(words, WIDTH - self.rtl, break_long_words=False, break_on_hyphens=False, **given)
        wrapped = wrapped or [""]
        self.lines += [self.mark + line if line else line for line in _closed(wrapped)]

    def tongued(self, words: str, lang: str) -> str:
        """Words of another language, isolated where they run the other way."""
        return f"{ISOLATE}{words}{END}" if words and lang and direction(lang) != self.reading else words

    def code(self, words: str) -> str:
        """A code or figure, which reads from left to right everywhere."""
        plain = words and not any(bidirectional(sign) in ("R", "AL", "LRI", "FSI") for sign in words)
        return f"{LTR}{words}{END}" if self.rtl and plain else words


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """Lines in which each isolate that begins in one ends in it, and begins again in the next."""
    stand: list[str] = []
    for line in lines:
        body = line.lstrip(" ")
        whole = line[: len(line) - len(body)] + "".join(stand) + body
        for sign in body:
            if sign in (LTR, ISOLATE):
                stand.append(sign)
            elif sign == END and stand:
                stand.pop()
        yield whole + END * len(stand)


def words_of(given: Any, without: tuple[str, ...] = ()) -> str:
    """The words of an element in one line, but for the line ends that were typed; a link with where it leads."""
    return "\n".join(" ".join(part.split()) for part in "".join(_pieces(given, without)).split("\v"))


def _pieces(given: Any, without: tuple[str, ...]) -> Iterator[str]:
    yield given.text or ""
    for inner in given:
        if inner.tag == "br":
            yield "\v"
        elif inner.tag not in without:
            yield from _pieces(inner, without)
        if inner.tag == "p":
            yield " "
        if inner.tag == "a" and inner.get("href") != inner.text_content():
            yield f" ({inner.get('href')})"
        yield inner.tail or ""
