"""Which tables a plan has as data, and which columns: those of the workbook, and what it carries along unseen.

Both are drawn from the exchange format. A list of things is a table of its own, whose rows say what they stand under;
a thing that there is once is columns of the row that it belongs to (`adoption.date`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.workbook.layout import (
    CHOICE,
    DOCUMENT,
    FACTS,
    KEPT,
    KEY,
    ORDER,
    PART,
    PLAIN,
    SHEETS,
    UNDER,
    YES_NO,
    Column,
    columns,
    fits,
    of_member,
)
from nap_builder.plans.schema import ROOT, SCHEMA, Shape, resolved

REF = "ref"
ONE = (DOCUMENT, *FACTS)
"""Tables of one row, which nothing needs to refer to."""
RESPONSIBILITY = "responsibility"
ROLES = ("lead", "co_leads", "supporting", "responsible", "owner")
"""The members that say which institution answers for a row, and how."""
_FIRST = (REF, UNDER, PART, ORDER, KEY)
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table: the kind of thing in its rows, the kinds that these may stand under, and its columns in their order."""

    kind: str
    hosts: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """What its file is called, without the ending."""
        return file_name(self.kind)


def file_name(kind: str) -> str:
    """What the file of a kind of thing is called, without the ending: `plan.regions` is `plan_regions`."""
    return kind.replace(".", "_")


def column_name(column: Column) -> str:
    """What a column is called in its table: as in the workbook, which puts the kind before it."""
    return column.name.removeprefix(f"{column.kind}.")


def tables(languages: Sequence[str], dimensions: Sequence[str]) -> dict[str, Table]:
    """Every table by its kind, in the order of the format, with a column for each text in each of the languages.

    `dimensions` are those by which figures are broken down in the plan: sex, age and what it names itself.
    """
    hosts: dict[str, list[str]] = {}
    raws: dict[str, tuple[Shape, Raw]] = {}
    for shape, raw, host in _kinds(ROOT, SCHEMA, "", set()):
        raws.setdefault(shape.name, (shape, raw))
        hosts.setdefault(shape.name, []).append(host)
    found = {}
    for kind, (shape, raw) in raws.items():
        above = tuple(dict.fromkeys(host for host in hosts[kind] if host and host not in ONE))
        found[kind] = Table(kind, above, _columns(shape, raw, tuple(languages), dimensions, under=bool(above)))
    return {**found, RESPONSIBILITY: _responsibility()}


def is_table(member: Shape) -> bool:
    """Whether what stands under a member are rows of a table of their own."""
    inner = member.item or member
    return inner.kind == "object" and (member.item is not None or inner.name in (*FACTS, *SHEETS))


def _kinds(shape: Shape, raw: Raw, host: str, seen: set[str]) -> Iterator[tuple[Shape, Raw, str]]:
    """Every kind of thing that is a table, with its schema and what it stands under, each time that it does."""
    yield shape, raw, host
    if shape.name not in seen:
        seen.add(shape.name)
        yield from _below(shape, raw, shape.name, seen)


def _below(shape: Shape, raw: Raw, host: str, seen: set[str]) -> Iterator[tuple[Shape, Raw, str]]:
    for name, member in shape.members.items():
        inner, said = member.item or member, _members(raw)[name]
        if inner.kind != "object":
            continue
        said = resolved(said)["items"] if member.item else said
        step = _kinds if is_table(member) else _below
        yield from step(inner, said, host, seen)


def _members(raw: Raw) -> Mapping[str, Raw]:
    """The members that a piece of schema gives an object, also where it may be written in a shorter way."""
    says = resolved(raw)
    if "oneOf" in says and "type" not in says:
        says = next(resolved(option) for option in says["oneOf"] if "properties" in resolved(option))
    found: Mapping[str, Raw] = says["properties"]
    return found


def _columns(
    shape: Shape, raw: Raw, languages: tuple[str, ...], dimensions: Sequence[str], *, under: bool
) -> tuple[Column, ...]:
    kind = shape.name
    found = [] if kind in ONE else [Column(kind, REF, REF, codes=True), Column(kind, ORDER, ORDER)]
    if under:
        found.append(Column(kind, UNDER, UNDER, codes=True))
    if kind in (*FACTS, *SHEETS):
        found += [column for column in columns(kind, languages) if column.form != KEPT]
    found += _flat(kind, shape, raw, languages, dimensions)
    different = {column.name: column for column in reversed(found)}
    inside = [column for column in dict.fromkeys(found) if different.pop(column.name, None) is not None]
    return tuple(sorted(inside, key=lambda c: _FIRST.index(c.member) if c.member in _FIRST else len(_FIRST)))


def _flat(
    kind: str, shape: Shape, raw: Raw, languages: tuple[str, ...], dimensions: Sequence[str], above: str = ""
) -> Iterator[Column]:
    """The columns of what fits into cells, in an object and in those that stand in it once."""
    for name, member in shape.members.items():
        said = _members(raw)[name]
        if fits(member):
            yield from of_member(kind, f"{above}{name}", member, resolved(said), languages)
        elif member.kind == "map":
            yield from (Column(kind, f"{above}{name}.{dimension}", PLAIN) for dimension in dimensions)
        elif member.kind == "object" and not is_table(member):
            yield from _flat(kind, member, said, languages, dimensions, f"{above}{name}.")


def _responsibility() -> Table:
    """Who answers for what, a row for each institution: drawn from the other tables, to be counted and joined."""
    kind = RESPONSIBILITY
    own = (
        Column(kind, REF, REF, codes=True),
        Column(kind, UNDER, UNDER, codes=True),
        Column(kind, "institution", PLAIN, codes=True),
        Column(kind, "role", CHOICE, choices=ROLES),
        Column(kind, "inherited", YES_NO),
    )
    return Table(kind, ("objective", "output", "activity", "indicator", "milestone", "section", "risk"), own)
