"""A plan as a printed document says it, in one language and without any markup of a format.

Every renderer (HTML and PDF, Word, later plain text) starts from these shapes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the plan; `lang` is given only where they are in another language than the document.

    A `gap` is a place that the plan does not fill: its words say what a person is to write there.
    """

    text: str
    lang: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell or a fact; a label, if any, stands before the words."""

    said: tuple[Said, ...]
    label: str = ""
    tone: Literal["plain", "strong", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a whole in hundredths, by state of funding; `width` is the bar's own share of its column."""

    shares: tuple[tuple[str, float], ...]
    width: float = 100.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, a figure, a code or a bar."""

    lines: tuple[Line, ...] = ()
    kind: Literal["text", "number", "code", "bar"] = "text"
    bar: Bar | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head, the unit under it, and its share of the width in hundredths."""

    title: str
    share: float
    kind: Literal["text", "number", "code", "bar"] = "text"
    unit: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    tone: Literal["plain", "total", "gap"] = "plain"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Rows that belong together under one heading."""

    rows: tuple[Row, ...]
    heading: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `number` 0 keeps it out of the list of tables; `caption` stands over it in place of `title`."""

    id: str
    title: str
    columns: tuple[Column, ...]
    bodies: tuple[Body, ...]
    number: int = 0
    unit: str = ""
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[Said, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; one at the side is small, and not among the bookmarks."""

    said: Said
    level: Literal[2, 3] = 2
    side: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in the safe Markdown of plans; a table of the plan's own is one too.

    `key` is what the paragraph is known by in every version.
    """

    said: Said
    number: str = ""
    table: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    said: Said


@dataclass(frozen=True, slots=True)
class Note:
    said: Said


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    lines: tuple[Line, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A few great figures side by side, each with what it counts."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    post: Said
    name: Said | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph: its name, what is seen on it, the words under it, who took it, and its size in pixels.

    `content` is its JPEG for print, `small` the one for screens; the name, made of its SHA-256, stands for both.
    """

    name: str
    alt: Said
    caption: Said | None
    credit: str
    width: int
    height: int
    content: bytes = field(repr=False)
    small: bytes = field(repr=False)

    @property
    def below(self) -> tuple[Said, ...]:
        """What is printed under it."""
        return tuple(said for said in (self.caption, Said(self.credit)) if said is not None and said.text)


@dataclass(frozen=True, slots=True)
class Objective:
    """The head of one objective within a pillar."""

    id: str
    code: str
    level: Said
    title: Said


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A SHA-256 in groups that can be read aloud, under its heading and what it is for.

    `address` is where a copy is checked, with what leads there in words and what its square code says; `direct` is the
    same address with the fingerprint in it, for the code and for links; `trail` is the end of the audit trail. Each is
    empty where it is not known.
    """

    title: str
    words: str
    lines: tuple[str, ...]
    address: str = ""
    leads: str = ""
    code: str = ""
    direct: str = ""
    trail: str = ""
    trail_lines: tuple[str, ...] = ()


Block = Heading | Paragraph | Lead | Note | Facts | Figures | Table | Signature | Photograph | Objective | Fingerprint


@dataclass(frozen=True, slots=True)
class Part:
    """A part that begins on a page of its own. `label` is its number or letter, `level` the word for what it is."""

    id: str
    title: Said
    blocks: tuple[Block, ...]
    kind: Literal["text", "opener", "matrix"] = "text"
    label: str = ""
    level: Said | None = None
    running: str = ""
    depth: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Cover:
    state: str
    issuer: Said | None
    title: Said
    subtitle: Said | None
    period: str
    standing: str
    standing_note: str
    facts: tuple[Fact, ...]
    edition: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, pointing at a part, an objective or a table."""

    id: str
    label: str
    said: Said
    depth: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A whole printed plan. `created` is written into the file: the moment of the freeze or of the edition. `edition`
    is a key of `edition.EDITIONS`, the way in which it is printed; `worn` are the State's crest and colours.
    """

    lang: str
    direction: Literal["ltr", "rtl"]
    title: str
    author: str
    running_title: str
    running_foot: str
    draft_mark: str
    created: datetime
    cover: Cover
    about: Part
    parts: tuple[Part, ...]
    contents_title: str = ""
    tables_title: str = ""
    entries: tuple[Entry, ...] = ()
    tables: tuple[Entry, ...] = field(default=())
    edition: str = "full"
    worn: tuple[tuple[str, str], ...] = ()


def tables_of(parts: tuple[Part, ...]) -> Iterator[Table]:
    """The tables of the parts that bear a number, in order."""
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Table) and block.number:
                yield block
