"""A Word file and what a person decided of it, put together with a plan as one document of the exchange format."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nap_builder.exchange.fault import Fault, Refused
from nap_builder.exchange.incoming import Incoming, read
from nap_builder.exchange.plan_json import working_document
from nap_builder.exchange.queries import known_institutions
from nap_builder.exchange.word.choices import NEW, Choices, Found, guess
from nap_builder.exchange.word.context import Entry
from nap_builder.exchange.word.filling import Facts
from nap_builder.exchange.word.framework import Framework, new_rows
from nap_builder.exchange.word.guessing import language_of
from nap_builder.exchange.word.institutions import Names
from nap_builder.exchange.word.outline import Part
from nap_builder.exchange.word.prose import Record
from nap_builder.exchange.word.tree import Row
from nap_builder.exchange.word.vocabulary import standard_part
from nap_builder.kernel.languages import _, _n
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import PLACES
from nap_builder.plans.rows import Ident
from nap_builder.plans.schema import objects
from nap_builder.plans.services.sections import key_from

Bodies = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Brought:
    """A section that comes: its title in the file, the section it goes into, and how much of it."""

    title: str
    key: str
    new: bool
    paragraphs: int
    already: int


@dataclass(frozen=True)
class Outcome:
    """The document that an import takes in, and what a person should see of how it came about."""

    incoming: Incoming
    entries: list[Entry]
    sections: list[Brought]
    strangers: list[tuple[str, int]]
    notes: list[str]

    @property
    def unclear(self) -> list[Entry]:
        """The rows of which something was not understood."""
        return [entry for entry in self.entries if entry.notes]

    def lines(self) -> list[str]:
        """What was not understood or is left out, a line each with its place."""
        return [*self.notes, *(f"{entry.where}: {note}" for entry in self.unclear for note in entry.notes)]


def from_word(data: bytes, plan: Plan) -> Outcome:
    """What a file makes of a plan when all is taken as it is guessed. Raises Unreadable, Refused."""
    found, base = Found(data), working_document(plan)
    tag = language_of(found.contents)
    language = next((one for one in plan.languages if one.split("-")[0] == tag), plan.first_language)
    return taken(data, found, guess(found, base.get("sections", ()), language), base, known_institutions())


def taken(data: bytes, found: Found, choices: Choices, base: Row, known: Bodies) -> Outcome:
    """A plan's document with what a file adds to it. `base` is the plan's own, or a new one; `known` all institutions.

    Nothing that stands is changed, but for the paragraphs of sections whose text is replaced. Raises Refused.
    """
    writing = _Sections(base, choices, hashlib.sha256(data).hexdigest())
    sections = [writing.take(part, found.no_text(choices)) for part in _chosen(found, choices)]
    framework = Framework(base, _facts(base, choices, known))
    framework.take(found.contents.blocks, found.mapped(choices))
    framework.finish()
    _bring_institutions(base, known)
    try:
        incoming = read(json.dumps(base, ensure_ascii=False).encode())
    except Refused as refused:
        raise Refused([_in_words(fault, base, framework.entries) for fault in refused.faults]) from None
    told = replace(incoming, gone=frozenset(writing.gone))
    return Outcome(told, framework.entries, sections, framework.strangers, _notes(found))


def _chosen(found: Found, choices: Choices) -> Iterator[Part]:
    for part in found.parts(choices.level):
        choice = choices.sections.get(part.place)
        if choice is not None and choice.take:
            yield part


def _facts(base: Row, choices: Choices, known: Bodies) -> Facts:
    return Facts(
        language=choices.language,
        currency=base["plan"].get("currency", "USD"),
        first_year=int(base["plan"]["starts"][:4]),
        names=Names({body["code"]: body for body in (*known.values(), *base["institutions"])}.values()),
    )


class _Sections:
    """Writes the chosen parts into the sections of a document. `gone` are the paragraphs that make way."""

    def __init__(self, base: Row, choices: Choices, digest: str) -> None:
        self._choices = choices
        self._sections: list[Row] = base.setdefault("sections", [])
        self._names = uuid5(NAMESPACE_URL, "nap-word:" + digest)
        self._keys = {row["key"] for section in self._sections for row in section.get("paragraphs", ())}
        self._standing: dict[str, list[Row]] = {}
        self.gone: set[Ident] = set()

    def take(self, part: Part, leaving: frozenset[int]) -> Brought:
        choice = self._choices.sections[part.place]
        section = next((one for one in self._sections if one["key"] == choice.into), None)
        new = choice.into == NEW or section is None
        if section is None or new:
            section = self._new_section(part, choice.place)
        elif section["key"] not in self._standing:
            self._standing[section["key"]] = list(section.get("paragraphs", ()))
            if self._choices.replaces:
                self._clear(section)
        records = part.records(leaving)
        fresh = [paragraph for paragraph in self._paragraphs(section, part, records) if paragraph]
        section.setdefault("paragraphs", []).extend(fresh)
        return Brought(part.title, section["key"], new, len(fresh), len(records) - len(fresh))

    def _new_section(self, part: Part, place: str) -> Row:
        taken_keys = frozenset(section["key"] for section in self._sections)
        standard, _place = standard_part(part.title)
        key = standard if standard and standard not in taken_keys else key_from(part.title, taken_keys)
        title = part.title or _("Before the first heading")
        section: Row = {"key": key, "title": {self._choices.language: title}, "place": place}
        order = list(PLACES)
        before = [
            n for n, one in enumerate(self._sections, 1) if order.index(one.get("place", "body")) <= order.index(place)
        ]
        self._sections.insert(before[-1] if before else 0, section)
        return section

    def _clear(self, section: Row) -> None:
        """Takes the paragraphs of a section out; those that the file says again are put back with their keys."""
        self.gone |= {("paragraph", row["key"]) for row in section.get("paragraphs", ())}
        self._keys -= {row["key"] for row in section.get("paragraphs", ())}
        section["paragraphs"] = []

    def _paragraphs(self, section: Row, part: Part, records: Iterable[Record]) -> Iterator[Row | None]:
        """Each record as a paragraph; None for one that the section says already, word for word."""
        standing = self._standing.get(section["key"], [])
        language = self._choices.language
        said = {(row.get("kind", "paragraph"), _text(row, language)): row for row in standing}
        for number, record in enumerate(records):
            same = said.pop((record.kind, record.text), None)
            if same is None:
                yield self._paragraph(part, number, record)
                continue
            standing.remove(same)
            back = ("paragraph", same["key"]) in self.gone
            self._keys.add(same["key"])
            yield same if back else None

    def _paragraph(self, part: Part, number: int, record: Record) -> Row:
        names = (f"{part.place}:{number}:{turn}" for turn in count())
        key = next(key for key in (str(uuid5(self._names, name)) for name in names) if key not in self._keys)
        self._keys.add(key)
        return {"key": key, "kind": record.kind, "text": {self._choices.language: record.text}}


def _text(row: Row, language: str) -> str:
    text = row["text"]
    return str(text) if isinstance(text, str) else str(text.get(language, ""))


def _bring_institutions(base: Row, known: Bodies) -> None:
    """Adds the institutions that rows name to those of the plan, and what these are part of."""
    there = {body["code"] for body in base["institutions"]}
    named = [code for node in objects(base) if node.shape.name in _INVOLVING for code in _codes(node.value)]
    waiting = list(dict.fromkeys(code for code in named if code not in there))
    while waiting:
        code = waiting.pop(0)
        if code not in there:
            there.add(code)
            base["institutions"].append(dict(known[code]))
            waiting += filter(None, [known[code].get("part_of")])


_INVOLVING = frozenset({"activity", "output", "objective"})


def _codes(row: Mapping[str, Any]) -> list[str]:
    return [*filter(None, [row.get("lead")]), *row.get("co_leads", ()), *row.get("supporting", ())]


def _notes(found: Found) -> list[str]:
    notes = []
    if found.contents.images:
        notes.append(_n("%(num)s picture is left out.", "%(num)s pictures are left out.", found.contents.images))
    if found.contents.unread:
        notes.append(
            _n(
                "%(num)s piece of another format stands in the file. It is left out.",
                "%(num)s pieces of another format stand in the file. They are left out.",
                found.contents.unread,
            )
        )
    return notes


def _in_words(fault: Fault, base: Row, entries: list[Entry]) -> Fault:
    """A fault with the place in the file where a person finds it, in place of one in a document nobody saw."""
    places = {id(node.row): entry.where for node, entry in new_rows(entries)}
    value: Any = base
    found = ""
    for step in fault.place.split("/")[1:]:
        try:
            value = value[int(step) if isinstance(value, list) else step]
        except (KeyError, IndexError, TypeError, ValueError):  # the place names what is missing: stop at what is there
            break
        found = places.get(id(value), found)
    return Fault(found or fault.place, fault.message)
