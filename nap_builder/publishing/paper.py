"""A letter or another short paper about a plan, as a printed document says it: its own shapes beside those of plans."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from nap_builder.publishing.document import Block, Line, Said

Manner = Literal[
    "plain", "title", "subtitle", "reference", "date", "address", "subject", "greeting", "closing", "small", "code"
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a paper, in plain words with gaps. `manner` is its part in a letter; a number is counted on."""

    said: tuple[Said, ...]
    manner: Manner = "plain"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; with `letters`, each item bears one."""

    items: tuple[tuple[Said, ...], ...]
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a paper is signed: a line for each, with a place to write where it says nothing."""

    lines: tuple[Line, ...]


PaperBlock = Block | Passage | Items | Signing


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter or another short paper, without cover and contents. `letterhead` is who writes, the State first.

    `gaps` are the places to fill in by hand, each named once, in the order of the paper. `worn` are the State's crest
    and colours.
    """

    lang: str
    direction: Literal["ltr", "rtl"]
    title: str
    author: str
    created: datetime
    letterhead: tuple[Said, ...]
    running_title: str
    blocks: tuple[PaperBlock, ...]
    gaps: tuple[str, ...] = ()
    worn: tuple[tuple[str, str], ...] = ()
