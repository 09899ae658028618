"""What is read of a Word file: paragraphs and tables in their order, without their looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nap_builder.exchange.word.numbering import Item


@dataclass(frozen=True)
class Span:
    """A stretch of text that looks the same; a line that breaks within a paragraph is a line feed in it."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, its heading level (1 to 9) or None, and its place in a list."""

    spans: tuple[Span, ...]
    level: int | None = None
    item: Item | None = None
    title: bool = False
    subtitle: bool = False

    @cached_property
    def text(self) -> str:
        """The words alone, on one line."""
        return " ".join("".join(span.text for span in self.spans).split())

    @cached_property
    def lines(self) -> list[str]:
        """The words, a line for each line that a person broke; no empty ones."""
        lines = (" ".join(line.split()) for line in "".join(span.text for span in self.spans).split("\n"))
        return [line for line in lines if line]

    @property
    def bold(self) -> bool:
        """Whether every letter is bold."""
        return all(span.bold for span in self.spans if span.text.strip())


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell: what it holds, its first column, how many it spans, and whether it goes on from the row above."""

    blocks: "tuple[Block, ...]"
    column: int
    span: int = 1
    goes_on: bool = False

    @cached_property
    def lines(self) -> list[str]:
        """Its words, a line for each paragraph, item and broken line; of a table within it, for each row."""
        return [line for block in self.blocks for line in _lines(block)]

    @cached_property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, eq=False)
class Table:
    """A table: its place among the tables of the file, counted from 1, its rows, and how many of them are its head."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0

    @cached_property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max((cell.column + cell.span for row in self.rows for cell in row), default=0)


Block = Paragraph | Table


@dataclass(frozen=True)
class Contents:
    """All that is read of a file, and its title as its properties say it.

    Pictures (`images`) and pieces of other formats (`unread`) are only counted.
    """

    blocks: tuple[Block, ...]
    named: str = ""
    images: int = 0
    unread: int = 0

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs that stand in no table."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables, each whole."""
        return (block for block in self.blocks if isinstance(block, Table))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return block.lines
    rows = (" | ".join(cell.text for cell in row if cell.text) for row in block.rows)
    return [row for row in rows if row]
