"""The reference data: read once from `seeds/reference/`, looked up and searched. No database is asked."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import folded
from nap_builder.kernel.seeds import SEEDS
from nap_builder.reference.entries import (
    Advice,
    Area,
    Block,
    Guidance,
    Mandate,
    Point,
    Sector,
    Series,
    StandardIndicator,
    Step,
    Term,
    Theme,
    Words,
)

SECTION = "section"
# The words that a person who writes such a row for the first time is likely to ask about.
TERMS_FOR = {
    "task_force": ("task-force", "chair", "observer", "focal-point", "secretariat", "womens-machinery"),
    "section": ("consultation", "survivor", "non-attribution", "small-numbers", "restricted", "civil-society"),
    "pillar": ("pillar", "prevention", "participation", "protection", "relief-and-recovery", "normative"),
    "objective": ("objective", "outcome", "lead", "co-lead", "support", "cedaw-gr30", "upr"),
    "output": ("output", "outcome", "lead", "co-lead"),
    "activity": ("activity", "lead", "co-lead", "support", "costed", "gender-marker", "restricted", "milestone"),
    "indicator": (
        *("indicator", "outcome", "output", "disaggregation-by-sex", "means-of-verification", "global-indicators"),
        *("baseline", "target"),
    ),
    "baseline": ("baseline", "disaggregation-by-sex", "small-numbers"),
    "target": ("target", "disaggregation-by-sex"),
    "milestone": ("milestone", "tabling", "mid-term-review", "adoption", "freeze"),
    "budget_line": ("costed", "core-budget", "earmarked", "pooled-fund", "gap", "gender-responsive-budget"),
}


@cache
def standard_indicators() -> tuple[StandardIndicator, ...]:
    """The global indicators of S/2010/498 in their order, then those of the SDG."""
    return tuple(StandardIndicator(**_listed(row)) for row in _rows("indicators", "indicators"))


def adoptable_indicator(reference: str) -> StandardIndicator:
    """The one that a plan may adopt under a reference such as `S/2010/498#11a`.

    Raises Missing, also for one that no State can fill.
    """
    for found in standard_indicators():
        if found.reference == reference and found.adoptable:
            return found
    raise Missing


def search_indicators(sought: str) -> list[StandardIndicator]:
    """Those that have every word sought in their title, definition, theme or reference, in any language."""
    return [
        one
        for one in standard_indicators()
        if _holds(sought, one.reference, one.theme, *_said(one.title, one.definition, one.unit))
    ]


@cache
def mandates() -> tuple[Mandate, ...]:
    """Resolutions, conventions and recommendations, each under its citation."""
    return tuple(Mandate(**_listed(row)) for row in _rows("mandates", "mandates"))


def search_mandates(sought: str) -> list[Mandate]:
    """Those that have every word sought in their title, citation or topics, in any language."""
    return [one for one in mandates() if _holds(sought, one.citation, str(one.year), *one.topics, *one.title.values())]


@cache
def mandate_titles() -> dict[str, Words]:
    """What each obligation asks, by its citation."""
    return {one.citation: one.title for one in mandates()}


@cache
def areas() -> tuple[Area, ...]:
    """The twelve areas of the 2005–2007 plan of action."""
    return tuple(Area(**_listed(row)) for row in _rows("areas", "areas"))


@cache
def themes() -> tuple[Theme, ...]:
    """The five themes with their goals."""
    return tuple(Theme(**row) for row in _rows("areas", "themes"))


@cache
def sectors() -> tuple[Sector, ...]:
    """The sectors of government."""
    return tuple(Sector(**row) for row in _rows("sectors", "sectors"))


@cache
def series() -> tuple[Series, ...]:
    """The series of figures on peacekeeping."""
    return tuple(_series(row) for row in _rows("series", "series"))


@cache
def parts() -> tuple[Guidance, ...]:
    """How each part of a plan's text is written, in the order in which the parts stand."""
    return tuple(Guidance(**_listed(row)) for row in _rows("guidance", "parts"))


@cache
def kinds_of_row() -> dict[str, Guidance]:
    """How each kind of row is written, by kind."""
    return {row["kind"]: _guidance_of_row(**row) for row in _rows("guidance", "rows")}


def _guidance_of_row(kind: str, **said: Any) -> Guidance:
    return Guidance(key=kind, **said)


def guidance_for_section(key: str) -> Guidance:
    """How the section with this key is written; for one that is no standard part, how any section is."""
    return next((part for part in parts() if part.key == key), kinds_of_row()[SECTION])


@cache
def terms() -> dict[str, Term]:
    """The words of the field, by key."""
    return {row["key"]: Term(**row) for row in _rows("terms", "terms")}


def terms_for(kind: str) -> list[Term]:
    """The words that a page about a kind of row uses."""
    return [terms()[key] for key in TERMS_FOR[kind]]


def search_terms(sought: str) -> list[Term]:
    """Those that have every word sought in the word itself or in its meaning, in any language."""
    return [one for one in terms().values() if _holds(sought, *_said(one.term, one.meaning))]


@cache
def blocks() -> dict[str, Block]:
    """The topics that run through templates, by key."""
    return {row["key"]: Block(**row) for row in _rows("blocks", "blocks")}


@cache
def first_steps() -> tuple[Step, ...]:
    """The first steps of a task force, in order."""
    return tuple(Step(**row) for row in _rows("startup", "steps"))


def advice(template: str | None, section: str) -> Advice | None:
    """What the template that came with the program under this key says of a section; None where it says nothing."""
    return _advice_of(template).get(section) if template else None


@cache
def _advice_of(template: str) -> dict[str, Advice]:
    """What a template says of its sections, by their keys; nothing for one that did not come with the program."""
    path = SEEDS / "templates" / f"{template}.json"
    said = json.loads(path.read_text(encoding="utf-8"))["sections"] if path.is_file() else ()
    return {row["key"]: Advice(row["guidance"], row["example"], row["source"]) for row in said if "guidance" in row}


def _series(row: dict[str, Any]) -> Series:
    dated = {name: tuple(Point(**point) for point in row.get(name, ())) for name in ("points", "targets")}
    return Series(**{**row, **dated})


def _rows(file: str, member: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SEEDS / "reference" / f"{file}.json").read_text(encoding="utf-8"))[member]
    return rows


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose lists cannot be changed any more."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _said(*texts: Words | None) -> Iterable[str]:
    return (words for text in texts if text for words in text.values())


def _holds(sought: str, *texts: str) -> bool:
    """Whether every word sought stands in one of the texts, without regard to case, accents or vowel marks."""
    everything = folded("\n".join(texts))
    return all(word in everything for word in folded(sought).split())
