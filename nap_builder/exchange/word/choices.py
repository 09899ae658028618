"""What a person decides of a Word file: which sections come and where to, and what the columns of its tables hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nap_builder.exchange.word.body import contents_of
from nap_builder.exchange.word.contents import Contents
from nap_builder.exchange.word.heads import Alike, Matrix, alike
from nap_builder.exchange.word.outline import BEFORE, Part, levels, parts, usual_level, with_headings
from nap_builder.exchange.word.vocabulary import plain, same, standard_part, words

ROWS, TEXT, LEAVE = "rows", "text", "leave"
NEW = ""
_CONTENTS = r"(table of )?contents|table des matieres|sommaire|(جدول )?المحتويات|الفهرس|فهرس( المحتويات)?"

Section = Mapping[str, Any]


@dataclass(frozen=True)
class SectionChoice:
    """Whether a part comes, to which place (front, body, annex), and into which section; none: a new one."""

    take: bool
    place: str
    into: str = NEW


@dataclass(frozen=True)
class TableChoice:
    """What becomes of tables with the same head: rows, text or nothing; and what each column holds."""

    use: str
    columns: Sequence[str]


@dataclass(frozen=True)
class Choices:
    """All that was decided. `replaces` puts text in the place of what a section says, else it follows that."""

    language: str
    level: int
    sections: Mapping[int, SectionChoice] = field(default_factory=dict)
    tables: Sequence[TableChoice] = ()
    replaces: bool = False


class Found:
    """What was found in a Word file."""

    def __init__(self, data: bytes) -> None:
        self.contents: Contents = with_headings(contents_of(data))
        self.alike: list[Alike] = alike(self.contents.tables)

    @cached_property
    def levels(self) -> dict[int, int]:
        """How many headings there are of each level that may begin a section."""
        return levels(self.contents)

    @cached_property
    def usual_level(self) -> int:
        """The level that probably begins one."""
        return usual_level(self.contents)

    def parts(self, level: int) -> list[Part]:
        """The parts that a level makes."""
        return parts(self.contents, level)

    @cached_property
    def matrices(self) -> frozenset[int]:
        """The numbers of the tables that look like a matrix."""
        return frozenset(matrix.table.number for group in self.alike for matrix in group.tables)

    def mapped(self, choices: Choices) -> dict[int, tuple[Matrix, Sequence[str]]]:
        """The tables that come as rows, by number, each with what its columns hold."""
        pairs = zip(self.alike, choices.tables, strict=True)
        return {
            matrix.table.number: (matrix, choice.columns)
            for group, choice in pairs
            if choice.use == ROWS
            for matrix in group.tables
        }

    def no_text(self, choices: Choices) -> frozenset[int]:
        """The numbers of the tables that do not come as text: those that come as rows, and those left out."""
        pairs = zip(self.alike, choices.tables, strict=True)
        groups = (group for group, choice in pairs if choice.use != TEXT)
        return frozenset(matrix.table.number for group in groups for matrix in group.tables)


def guess(found: Found, sections: Iterable[Section], language: str, level: int | None = None) -> Choices:
    """What is probably meant, for a plan with these sections."""
    wanted = found.usual_level if level is None else level
    return Choices(
        language=language,
        level=wanted,
        sections=dict(_sections(found, list(sections), wanted)),
        tables=[TableChoice(ROWS, group.guess) for group in found.alike],
    )


def _sections(found: Found, sections: list[Section], level: int) -> Iterator[tuple[int, SectionChoice]]:
    taken: set[str] = set()
    for part in found.parts(level):
        key, place = standard_part(part.title)
        same_one = next((one for one in sections if one["key"] not in taken and _is(one, part.title, key)), None)
        if same_one is not None:
            taken.add(same_one["key"])
            place = same_one.get("place", "body")
        take = part.place != BEFORE and not is_contents(part.title) and _has_text(part, found.matrices)
        yield part.place, SectionChoice(take, place, same_one["key"] if same_one else NEW)


def is_contents(title: str) -> bool:
    """Whether a heading stands over a list of contents."""
    return bool(words(_CONTENTS).fullmatch(plain(title)))


def _has_text(part: Part, leaving: frozenset[int]) -> bool:
    return bool(part.first_words) or any(table.number not in leaving for table in part.tables)


def _is(section: Section, title: str, key: str | None) -> bool:
    """Whether a section of the plan is what a part is called, or the standard part that it is."""
    said = section["title"]
    titles = [said] if isinstance(said, str) else list(said.values())
    if title and same(title) in {same(one) for one in titles}:
        return True
    return key is not None and section["key"] == key
