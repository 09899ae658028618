"""The outline of a Word file: which headings begin a section, and what stands in each."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from nap_builder.exchange.word.contents import Block, Contents, Paragraph, Table
from nap_builder.exchange.word.limits import MOST_SECTIONS
from nap_builder.exchange.word.prose import Record, records

BEFORE = -1
_LONGEST_HEADING = 300
_SHORT = 120
_FIRST_WORDS = 160
_CHAPTER = re.compile(r"(chapter|chapitre|part|partie|section|annexe?|الفصل|القسم|الباب|الملحق)\s+\S+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXL]+\s*[.):\-–—]\s*\S")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\)?\s*[:\-–—]?\s+\D|([٠-٩]{1,2})[.)\-–]\s*\D")


@dataclass(frozen=True, eq=False)
class Part:
    """What may become a section. `place` is that of its heading among the blocks, whatever the level chosen."""

    place: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        """The tables in it."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs stand in it, tables left aside."""
        return sum(1 for block in self.blocks if isinstance(block, Paragraph) and block.text)

    @cached_property
    def first_words(self) -> str:
        """How its text begins."""
        text = next((b.text for b in self.blocks if isinstance(b, Paragraph) and b.text and not b.level), "")
        return text if len(text) <= _FIRST_WORDS else text[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …"

    def records(self, leaving: frozenset[int]) -> list[Record]:
        """Its text, without the tables of these numbers."""
        kept = (block for block in self.blocks if not (isinstance(block, Table) and block.number in leaving))
        return list(records(kept))


def with_headings(contents: Contents) -> Contents:
    """The contents; where no style marks a heading, short bold lines that bear a number are taken for headings."""
    if any(paragraph.level for paragraph in contents.paragraphs):
        blocks = [_short(block) for block in contents.blocks]
    else:
        blocks = [_guessed(block) for block in contents.blocks]
    return replace(contents, blocks=tuple(blocks))


def levels(contents: Contents) -> dict[int, int]:
    """How many headings there are of each level, the highest first; only levels that part a file into few enough."""
    counts = Counter(paragraph.level for paragraph in contents.paragraphs if paragraph.level)
    found: dict[int, int] = {}
    sections = 0
    for level in sorted(counts):
        sections += counts[level]
        if sections <= MOST_SECTIONS or not found:
            found[level] = counts[level]
    return found


def usual_level(contents: Contents) -> int:
    """The level that probably begins a section: the highest that occurs more than once; 0 where there is no heading."""
    found = levels(contents)
    return next((level for level, count in found.items() if count > 1), next(iter(found), 0))


def parts(contents: Contents, level: int) -> list[Part]:
    """The parts of a file that a level of headings makes, higher ones as well; first what stands before them."""
    return list(_parts(contents, level))


def _parts(contents: Contents, level: int) -> Iterator[Part]:
    place, title, inside = BEFORE, "", list[Block]()
    count = 0
    for number, block in enumerate(contents.blocks):
        if count < MOST_SECTIONS and isinstance(block, Paragraph) and block.level and block.level <= level:
            if place != BEFORE or inside:
                yield Part(place, title, tuple(inside))
            place, title, inside = number, block.text, []
            count += 1
        else:
            inside.append(block)
    if place != BEFORE or inside:
        yield Part(place, title, tuple(inside))


def _short(block: Block) -> Block:
    """A heading as long as a paragraph is none."""
    if isinstance(block, Paragraph) and block.level and len(block.text) > _LONGEST_HEADING:
        return replace(block, level=None)
    return block


def _guessed(block: Block) -> Block:
    if not isinstance(block, Paragraph) or block.item or not block.text or len(block.text) > _SHORT or not block.bold:
        return block
    level = _numbered_level(block.text)
    return replace(block, level=level) if level else block


def _numbered_level(text: str) -> int | None:
    if _CHAPTER.match(text) or _ROMAN.match(text):
        return 1
    found = _DECIMAL.match(text)
    if found is None:
        return None
    return len(found[1].split(".")) if found[1] else 1
