"""A body of CommonMark as blocks: paragraphs, headings and tables, parted by blank lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t].*)?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r":?-+:?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Block(NamedTuple):
    """A block of text and its kind: paragraph, heading or table."""

    kind: str
    text: str


def blocks(body: str) -> list[Block]:
    """The blocks of a text in order, none of them empty.

    A blank line ends a block, but not within a code fence; a heading (with # or underlined) is a block of its own and
    loses its marks. A block whose second line divides columns is a table.
    """
    return [_block(lines) for chunk in _chunks(body) for lines in _without_headings(chunk)]


def _chunks(body: str) -> Iterator[list[str]]:
    """The runs of lines between blank lines."""
    chunk: list[str] = []
    fence = ""
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        fence = _fence_after(line, fence)
        if line.strip() or (fence and chunk):
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if any(line.strip() for line in chunk):
        yield chunk


def _fence_after(line: str, fence: str) -> str:
    """The code fence that is open after a line; empty for none."""
    mark = _FENCE.match(line)
    if not mark:
        return fence
    if not fence:
        return mark[1]
    return "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence


def _without_headings(chunk: list[str]) -> Iterator[list[str]]:
    """A run of lines cut at its headings."""
    if _FENCE.match(chunk[0]):
        yield chunk
        return
    run: list[str] = []
    for line in chunk:
        if _HEADING.fullmatch(line):
            if run:
                yield run
            yield [line]
            run = []
        elif run and _UNDERLINE.fullmatch(line) and "|" not in run[-1]:
            yield [*run, line]
            run = []
        else:
            run.append(line)
    if run:
        yield run


def _block(lines: list[str]) -> Block:
    if _HEADING.fullmatch(lines[0]) and (title := _title(lines[0])):
        return Block("heading", title)
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[-1]):
        return Block("heading", " ".join(line.strip() for line in lines[:-1]))
    if len(lines) > 1 and "|" in lines[0] and _divides(lines[1]):
        return Block("table", "\n".join(lines))
    return Block("paragraph", "\n".join(lines))


def _divides(line: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    return all(_RULE.fullmatch(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _title(line: str) -> str:
    """The words of a heading, without the marks before and after."""
    words = line.strip().lstrip("#").strip()
    bare = words.rstrip("#")
    return bare.strip() if bare != words and (not bare or bare[-1].isspace()) else words
