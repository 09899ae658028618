"""A plan as the rows of its tables: each with a reference of its own, and that of what it stands under."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.tidy.layout import ONE, REF, RESPONSIBILITY, ROLES, is_table
from nap_builder.exchange.workbook.layout import ORDER, PART, SHEETS, UNDER
from nap_builder.plans.rows import CITED_BY_KEY
from nap_builder.plans.schema import ROOT, Shape

_INHERITED = frozenset({"objective", "output", "activity"})  # a row without a lead is led by who leads the row above
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """A row of the table of a kind: what it says in each column, texts and lists as the format has them."""

    kind: str
    said: Said


def entries(document: Said) -> Iterator[Entry]:
    """Every row of every table, in the order of the document."""
    own = list(_entry(document, ROOT, {}))
    yield from own
    yield from _responsibilities(own)


def dimensions_of(document: Said) -> list[str]:
    """The dimensions by which figures are broken down anywhere in a plan, sorted."""
    names = {name for entry in _entry(document, ROOT, {}) if entry.kind == "cells" for name in entry.said}
    return sorted(name.removeprefix("of.") for name in names if name.startswith("of."))


def _entry(said: Said, shape: Shape, stands: Said) -> Iterator[Entry]:
    """One object as a row, then the rows below it. `stands` is what is known of its place."""
    yield Entry(shape.name, {**dict(_flat(said, shape)), **stands})
    yield from _below(said, shape, stands.get(REF, ""))


def _below(said: Said, shape: Shape, ref: str, above: str = "") -> Iterator[Entry]:
    for name, member in shape.members.items():
        inner = member.item or member
        if name not in said or inner.kind != "object":
            continue
        if not is_table(member):
            yield from _below(said[name], inner, ref, f"{above}{name}/")
            continue
        rows = [_whole(row, inner) for row in (said[name] if member.item else [said[name]])]
        for order, row in enumerate(rows, start=1):
            place = f"{above}{name}/{order}" if member.item else f"{above}{name}"
            stands = {REF: _ref(inner, row, f"{ref}/{place}".strip("/")), UNDER: ref, ORDER: order, PART: name}
            yield from _entry(row, inner, {} if inner.name in ONE else stands)


def _whole(row: Any, shape: Shape) -> Said:
    """An object that may be written as the one member that it needs, in full."""
    return row if isinstance(row, Mapping) else dict.fromkeys(shape.required, row)


def _ref(shape: Shape, row: Said, place: str) -> str:
    """How a row is referred to: as the format does, else by its place in the row that it is a part of."""
    cited = row.get("key" if shape.name in CITED_BY_KEY else "code") or row.get("key")
    return f"{shape.name}:{cited}" if cited and shape.name in SHEETS else place


def _flat(said: Said, shape: Shape, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, member in shape.members.items():
        if name not in said or is_table(member):
            continue
        if member.kind == "map":
            yield from ((f"{above}{name}.{key}", value) for key, value in said[name].items())
        elif member.kind == "object":
            yield from _flat(said[name], member, f"{above}{name}.")
        else:
            yield f"{above}{name}", said[name]


def _responsibilities(found: Iterable[Entry]) -> Iterator[Entry]:
    leads: dict[str, str] = {}
    for entry in found:
        if entry.kind in ONE:
            continue
        ref = entry.said[REF]
        for role in ROLES:
            codes = entry.said.get(role, ())
            for code in [codes] if isinstance(codes, str) else codes:
                yield _responsibility(ref, role, code, inherited=False)
        if entry.kind in _INHERITED:
            above = leads.get(entry.said[UNDER], "")
            leads[ref] = entry.said.get("lead", above)
            if "lead" not in entry.said and above:
                yield _responsibility(ref, "lead", above, inherited=True)


def _responsibility(ref: str, role: str, code: str, *, inherited: bool) -> Entry:
    said = {REF: f"{ref}/{role}/{code}", UNDER: ref, "institution": code, "role": role, "inherited": inherited}
    return Entry(RESPONSIBILITY, said)
