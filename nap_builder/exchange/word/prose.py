"""Paragraphs, lists, sub-headings and tables of a section as the records of a plan's text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from nap_builder.exchange.word.contents import Block, Paragraph, Span, Table
from nap_builder.exchange.word.limits import LONGEST_TEXT
from nap_builder.exchange.word.marks import listed, marked, tabled

_LONG_ITEM = 250  # signs; numbered items longer than that on average are the numbered paragraphs of an official paper


class Record(NamedTuple):
    """One record of a section's text: its kind (paragraph, heading, table) and its Markdown."""

    kind: str
    text: str


def records(blocks: Iterable[Block]) -> Iterator[Record]:
    """The records of a section in their order. Items that follow each other are one list."""
    waiting: list[Paragraph] = []
    for block in _without_long_lists(list(blocks)):
        item = block.item if isinstance(block, Paragraph) else None
        if waiting and (item is None or _begins_another(waiting, block)):
            yield from (Record("paragraph", text) for text in listed(waiting))
            waiting = []
        if item is not None and isinstance(block, Paragraph):
            waiting.append(block)
        else:
            yield from _alone(block)
    yield from (Record("paragraph", text) for text in listed(waiting))


def _alone(block: Block) -> Iterator[Record]:
    if isinstance(block, Table):
        yield from (Record("table", text) for text in tabled(block))
    elif block.level:
        yield from (Record("heading", text) for text in (marked((Span(block.text),)),) if text)
    else:
        yield from (Record("paragraph", text) for text in _texts(block))


def _texts(paragraph: Paragraph) -> Iterator[str]:
    """A paragraph's text; parted, and without emphasis, where it is longer than a text may be."""
    text = marked(paragraph.spans)
    if len(text) <= LONGEST_TEXT:
        yield from filter(None, (text,))
        return
    rest = "".join(span.text for span in paragraph.spans).strip()
    while rest:
        end = LONGEST_TEXT // 2 - 1  # each sign may need a backslash
        place = rest.rfind(" ", end // 2, end) if len(rest) > end else len(rest)
        place = place if place > 0 else end
        yield from filter(None, (marked((Span(rest[:place]),)),))
        rest = rest[place:].strip()


def _begins_another(waiting: list[Paragraph], block: Block) -> bool:
    """Whether an item begins a list of its own: another list, other signs, or numbers that start again."""
    if not isinstance(block, Paragraph) or block.item is None or block.item.depth > 0:
        return False
    last = next((one.item for one in reversed(waiting) if one.item and one.item.depth == 0), None)
    if last is None or last.of != block.item.of:
        return last is not None
    if last.number is None or block.item.number is None:
        return last.number is not block.item.number
    return block.item.number != last.number + 1


def _without_long_lists(blocks: list[Block]) -> list[Block]:
    """The blocks, in which numbered items that are whole paragraphs stand in no list: the plan numbers them itself."""
    lengths: dict[str, list[int]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.item and block.item.depth == 0 and block.item.number is not None:
            lengths.setdefault(block.item.of, []).append(len(block.text))
    long = {name for name, found in lengths.items() if sum(found) > _LONG_ITEM * len(found)}
    return [
        replace(block, item=None)
        if isinstance(block, Paragraph) and block.item and block.item.depth == 0 and block.item.of in long
        else block
        for block in blocks
    ]
