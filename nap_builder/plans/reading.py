"""A frozen plan as web pages read it: its parts, and one part at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import choose, tag
from nap_builder.kernel.paragraphs import to_html
from nap_builder.plans.photographs import placed
from nap_builder.plans.wording import by_language

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """An entry of the contents: its address part, its code where it has one, and its title by language."""

    key: str
    code: str
    title: dict[str, str]
    kind: str


@dataclass(frozen=True)
class Block:
    """A paragraph of a section as a page shows it."""

    key: str
    number: str
    kind: str
    html: Markup
    language: str


def first_language(document: Document) -> str:
    """The plan's own language."""
    return str(document["plan"]["languages"][0])


def said(document: Document, text: Any) -> dict[str, str]:
    """A text of the document by language; empty for none."""
    return by_language(text, first_language(document))


def parts(document: Document) -> list[Part]:
    """What the plan consists of, in the order of the printed plan: front, body, pillars, annexes."""
    sections = document.get("sections", ())
    placed = {
        place: [one for one in sections if one.get("place", "body") == place] for place in ("front", "body", "annex")
    }
    pillars = [
        Part(f"pillar-{row['code']}", row["code"], said(document, row["title"]), "pillar")
        for row in document["pillars"]
    ]
    ordered = [_section(document, one) for one in (*placed["front"], *placed["body"])]
    return [*ordered, *pillars, *(_section(document, one) for one in placed["annex"])]


def _section(document: Document, section: Mapping[str, Any]) -> Part:
    return Part(f"section-{section['key']}", "", said(document, section["title"]), "section")


def section_of(document: Document, key: str) -> Mapping[str, Any]:
    """The section of a part's key. Raises Missing."""
    return _one(one for one in document.get("sections", ()) if f"section-{one['key']}" == key)


def pillar_of(document: Document, key: str) -> Mapping[str, Any]:
    """The pillar of a part's key. Raises Missing."""
    return _one(one for one in document["pillars"] if f"pillar-{one['code']}" == key)


def _one(found: Iterator[Mapping[str, Any]]) -> Mapping[str, Any]:
    row = next(found, None)
    if row is None:
        raise Missing
    return row


def blocks(document: Document, section: Mapping[str, Any]) -> list[Block]:
    """The paragraphs of a section in the best language for the reader."""
    made = []
    for paragraph in section.get("paragraphs", ()):
        text = said(document, paragraph["text"])
        language = choose(text, tag(), first_language(document))
        html = to_html(text[language])
        made.append(
            Block(paragraph["key"], paragraph.get("number", ""), paragraph.get("kind", "paragraph"), html, language)
        )
    return made


def photographs(
    document: Document, section: Mapping[str, Any], told: Iterable[Mapping[str, Any]]
) -> dict[str | None, list[tuple[Mapping[str, Any], str]]]:
    """The photographs of a section by the key of the paragraph over them, None for its head: each with the language in
    which the reader is told what is seen on it.
    """
    own = (one for one in told if one["section"] == section["key"])
    there = placed(own, [paragraph["key"] for paragraph in section.get("paragraphs", ())])
    first = first_language(document)
    return {after: [(one, choose(one["alt"], tag(), first)) for one in ones] for after, ones in there.items()}


def activities(document: Document) -> Iterator[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Every activity with the rows above it, from the pillar down."""
    for pillar in document["pillars"]:
        yield from _below(pillar, [pillar])


def _below(
    row: Mapping[str, Any], above: list[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    for activity in row.get("activities", ()):
        yield activity, above
    for inner in (*row.get("objectives", ()), *row.get("outputs", ())):
        yield from _below(inner, [*above, inner])


def groups(pillar: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """The activities of a pillar by the row that they stand under, rows without activities too."""
    found: list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]] = []
    if pillar.get("activities"):
        found.append((pillar, list(pillar["activities"])))
    for objective in pillar.get("objectives", ()):
        found.append((objective, list(objective.get("activities", ()))))
        found += [(output, list(output.get("activities", ()))) for output in objective.get("outputs", ())]
    return found


def activity_at(
    document: Document, *, code: str = "", key: str = ""
) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """An activity by its printed code or its key, with the rows above it. Raises Missing."""
    for activity, above in activities(document):
        if (code and activity["code"] == code) or (key and activity["key"] == key):
            return activity, above
    raise Missing


def lead_of(activity: Mapping[str, Any], above: list[Mapping[str, Any]]) -> str | None:
    """The code of the institution that leads: the activity's own, or that of the nearest row above."""
    return next((str(row["lead"]) for row in (activity, *reversed(above)) if "lead" in row), None)


def institution_names(document: Document) -> dict[str, dict[str, str]]:
    """The names of the plan's institutions, by code and language."""
    return {one["code"]: said(document, one["name"]) for one in document["institutions"]}


def institution_short_names(document: Document) -> dict[str, dict[str, str]]:
    """The names of the plan's institutions, short where there is a short one, by code and language."""
    return {one["code"]: said(document, one.get("short") or one["name"]) for one in document["institutions"]}
