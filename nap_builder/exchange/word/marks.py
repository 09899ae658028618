"""Letters as the plan's Markdown: emphasis, lists and tables with its marks, every other sign as itself."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nap_builder.exchange.word.contents import Paragraph, Span, Table
from nap_builder.exchange.word.limits import LONGEST_TEXT
from nap_builder.kernel.paragraphs import to_plain

_MARKS = re.compile(r"[\\*_\]]")
_ALWAYS = re.compile(r"[\\*]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINK = re.compile(r"\](?=\(|$)")
_BULLET = re.compile(r"[-+](?=[ \t]|$)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=[ \t]|$)")
_RULE = re.compile(r"[|:\- \t]*-[|:\- \t]*")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_BREAK = "\\\n"
_LONGEST_EMPHASISED = 20_000  # signs of a paragraph whose emphasis is proved
_BETWEEN = " / "  # between paragraphs of a cell, which has one line


def escaped(text: str) -> str:
    """A stretch of text with a backslash before each sign that would be taken for a mark within a line."""
    if not _MARKS.search(text):
        return text
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    return _LINK.sub(r"\\]", text)


def marked(spans: Sequence[Span]) -> str:
    """A paragraph's text as Markdown. Emphasis that could not be told from its neighbours is left out."""
    plain = _lines(escaped("".join(span.text for span in spans)))
    if len(plain) > _LONGEST_EMPHASISED or not any(span.bold or span.italic for span in spans):
        return plain
    emphasised = _lines("".join(_emphasised(run for span in spans for run in _parted(span))))
    return emphasised if _reads(emphasised) == _reads(plain) else plain


def listed(items: Sequence[Paragraph]) -> Iterator[str]:
    """The items of a list as Markdown, nested by their depth; one text, or several where it would be too long."""
    written: list[str] = []
    length, widths = 0, [0]
    for item in items:
        text = marked(item.spans)
        if not item.item or not text:
            continue
        depth = min(item.item.depth, len(widths) - 1)
        if written and depth == 0 and length + len(text) > LONGEST_TEXT // 2:
            yield "\n".join(written)
            written, length, widths = [], 0, [0]
        begins = depth > 0 and depth == len(widths) - 1
        number = 1 if begins else item.item.number  # a list within a list can only begin with 1
        sign = "- " if item.item.number is None else f"{number}. "
        indent = " " * widths[depth]
        widths = [*widths[: depth + 1], widths[depth] + len(sign)]
        written.append(indent + sign + text.replace("\n", "\n" + " " * widths[-1]))
        length += len(written[-1]) + 1
    if written:
        yield "\n".join(written)


def tabled(table: Table) -> Iterator[str]:
    """A table as Markdown, its head again above each part where it would be too long for one text."""
    rows = [_row(table, number) for number in range(len(table.rows))]
    if not rows:
        return
    head, rule = rows[0], "|" + " --- |" * max(table.columns, 1)
    start = [head, rule]
    part, length = list(start), len(head) + len(rule)
    for row in rows[1:]:
        if length + len(row) > LONGEST_TEXT - 100 and len(part) > len(start):
            yield "\n".join(part)
            part, length = list(start), len(head) + len(rule)
        part.append(row)
        length += len(row) + 1
    yield "\n".join(part)


def _row(table: Table, number: int) -> str:
    cells = [""] * max(table.columns, 1)
    for cell in table.rows[number]:
        paragraphs = (block or marked((Span(line),)) for line, block in _cell(cell.blocks))
        cells[cell.column] = _BETWEEN.join(paragraph.replace(_BREAK, _BETWEEN) for paragraph in paragraphs)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cell(blocks: Iterable[Paragraph | Table]) -> Iterator[tuple[str, str]]:
    """What stands in a cell, paragraph by paragraph: as Markdown, or as plain words where it is a table again."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if text := marked(block.spans):
                yield "", text
        else:
            for row in block.rows:
                if line := " · ".join(cell.text for cell in row if cell.text):
                    yield line, ""


def _parted(span: Span) -> Iterator[Span]:
    """A span as runs of which the emphasised ones neither begin nor end with white space, nor break a line."""
    for number, line in enumerate(span.text.split("\n")):
        if number:
            yield Span("\n")
        found = _EDGES.fullmatch(line)
        before, words, after = found.groups() if found else ("", line, "")
        yield from (Span(before), Span(words, span.bold, span.italic), Span(after))


def _emphasised(runs: Iterable[Span]) -> Iterator[str]:
    """The runs with their marks; of two emphasised ones without a sign between them the second goes without."""
    touching = False
    for run in runs:
        if not run.text:
            continue
        mark = "" if touching else "*" * (2 * run.bold + run.italic)
        yield f"{mark}{escaped(run.text)}{mark}"
        touching = bool(mark)


def _lines(text: str) -> str:
    """Lines without white space at their ends, each but the last with the mark of a break, none taken for a block."""
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    return _BREAK.join(_no_block(line) for line in lines)


def _no_block(line: str) -> str:
    if _RULE.fullmatch(line) or _BULLET.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def _reads(text: str) -> str:
    return " ".join(to_plain(text).split())
