"""The entries of the reference data, as `seeds/reference/` holds them. A text is `{language tag: words}`."""

from dataclasses import dataclass
from typing import Literal

Words = dict[str, str]


@dataclass(frozen=True)
class StandardIndicator:
    """An indicator that many States report on: one of the 26 of S/2010/498, or one of the SDG.

    `title` is our own short one; `authority` is the document whose wording counts. `confirmed` tells whether that
    wording was seen. `kind`, `direction`, `total`, `level` and `counts` are values of nap-plan/1.
    """

    reference: str
    series: Literal["global", "sdg"]
    number: str
    title: Words
    theme: str
    kind: str
    authority: str
    definition: Words
    means_of_verification: Words
    unit: Words | None = None
    direction: str = "increase"
    total: str = "last"
    level: str | None = None
    counts: str | None = None
    disaggregation: tuple[str, ...] = ()
    no_sex_reason: Words | None = None
    reported_by: Literal["state", "un", "both"] = "state"
    frequency_months: int | None = None
    confirmed: bool = False

    @property
    def adoptable(self) -> bool:
        """Whether a State can fill it: one that the United Nations alone reports is no use in a plan."""
        return self.reported_by != "un"


@dataclass(frozen=True)
class Mandate:
    """An obligation or recommendation that an objective or activity may answer, under its citation."""

    citation: str
    kind: Literal["resolution", "convention", "recommendation", "report"]
    year: int
    title: Words
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """One of the twelve areas of the 2005–2007 plan of action, and the themes that it became (S/2007/567)."""

    code: str
    title: Words
    theme: str
    source: str
    also_themes: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Theme:
    """One of the five themes of the 2008–2009 plan, with its goal (S/2007/567, paragraph 42)."""

    theme: str
    title: Words
    goal: Words
    source: str


@dataclass(frozen=True)
class Sector:
    """A sector of government, and what its ministry usually commits to in a plan."""

    sector: str
    title: Words
    does: Words
    source: str | None = None


@dataclass(frozen=True)
class Point:
    """A figure of a series, or a target of it, with its own source. `value` is a decimal as a string."""

    value: str
    source: str
    year: int | None = None
    by: str | None = None


@dataclass(frozen=True)
class Series:
    """Figures on peacekeeping from one line of sources; figures of other sources stand in a series of their own."""

    key: str
    title: Words
    unit: Words
    note: Words
    points: tuple[Point, ...]
    targets: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Guidance:
    """How a part of a plan, or a kind of row, is written: what for, a good example, a weak one and why it is weak.

    `key` is a standard section's key, or a kind of row. `asks` are the questions that a part answers.
    """

    key: str
    purpose: Words
    good: Words
    weak: Words
    why_weak: Words
    source: str
    title: Words | None = None
    place: str | None = None
    asks: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Term:
    """A word of the field, explained."""

    key: str
    term: Words
    meaning: Words
    source: str | None = None


@dataclass(frozen=True)
class Block:
    """A topic that runs through a template, which a State may take or leave."""

    key: str
    title: Words
    summary: Words
    source: str


@dataclass(frozen=True)
class Step:
    """One of the first steps of a task force (Pretoria 2007, paragraph 15.1)."""

    key: str
    title: Words
    text: Words
    source: str


@dataclass(frozen=True)
class Advice:
    """What a template says of one of its sections, for the kind of State that it is for."""

    guidance: Words
    example: Words
    source: str
