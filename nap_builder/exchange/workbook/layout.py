"""Which sheets a workbook has, and which columns: drawn from the exchange format, so that nothing it says is left out.

A column has a name that no language changes (`activity.title@fr`), which stands in the hidden first row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nap_builder.plans.schema import SCHEMA, Shape, resolved
from nap_builder.plans.tables import SHAPES

TEXT, EXACT, WHOLE, CHOICE, YES_NO, DAY, PLAIN, LIST = "text exact whole choice yes_no day plain list".split()
UNDER, PART, ORDER, KEY, KEPT = "under part order key kept".split()
HEAD_ROWS = 2  # the names of the columns, hidden; and what they are called
FACTS = ("plan", "task_force")
ABOUT = "workbook"
CARRIED_ON = "carried on"  # the name of the columns that go on with what a row carries along
DOCUMENT = "document"
SHEETS = (
    *("pillar", "objective", "output", "activity", "indicator", "figure", "milestone", "budget_line"),
    *("section", "paragraph", "policy_review", "risk", "institution", "consultation", "contribution"),
)
UNSEEN = frozenset({"consultation", "contribution"})
"""Kinds whose sheets are hidden: how the consultations go is not written in a spreadsheet, but is carried along."""
OF_ONE = ("pillar", "objective", "output", "activity", "indicator", "figure", "milestone", "budget_line")
OF_ONE_ALSO = ("section", "paragraph", "institution")
PARTS = frozenset({"figure", "budget_line"})
"""Kinds that have no identity of their own: they are parts of the row that they stand under."""
FIGURES = ("baseline", "targets", "benchmark")
_FIRST = ("code", "title", "name", "policy")
_NOT_SHOWN = frozenset({"key", "number", "body"})
_OF_A_DAY = frozenset({"date", "when"})


@dataclass(frozen=True)
class Column:
    """One column: the member it holds, for a text the language, and how its cells are written.

    `choices` are the words of the format that it allows; `codes` says that its values are codes or references.
    """

    kind: str
    member: str
    form: str
    language: str = ""
    choices: tuple[Any, ...] = ()
    codes: bool = field(default=False, compare=False)
    shape: Shape | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The name that no language changes."""
        return f"{self.kind}.{self.member}" + (f"@{self.language}" if self.language else "")


def columns(kind: str, languages: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a kind of row in the order in which they are read, its hidden ones first and last."""
    return _columns(kind, tuple(languages))


@lru_cache(maxsize=256)
def _columns(kind: str, languages: tuple[str, ...]) -> tuple[Column, ...]:
    shape = SHAPES[kind]
    said = sorted(shown(kind), key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    found = [Column(kind, KEY, KEY, codes=True)] if kind in SHEETS and "key" in shape.members else []
    if kind in SHEETS:
        found.append(Column(kind, ORDER, ORDER))
    if above(kind):
        found.append(Column(kind, UNDER, UNDER, codes=True))
    if kind == "figure":
        found.append(Column(kind, PART, CHOICE, choices=FIGURES))
    for name in said:
        raw = resolved(SCHEMA["$defs"][kind]["properties"][name])
        found += of_member(kind, name, shape.members[name], raw, languages)
    return (*found, Column(kind, KEPT, KEPT))


def shown(kind: str) -> tuple[str, ...]:
    """The members of a row that have a column: those that fit into a cell, and say the plan and not how it goes."""
    members = SHAPES[kind].members.items()
    return tuple(name for name, member in members if name not in _NOT_SHOWN and not member.progress and fits(member))


def unseen(kind: str) -> frozenset[str]:
    """The members of a row that no cell shows, without the rows and parts that stand on other sheets."""
    others = {member for hosts in HOSTS.values() for host, member in hosts if host == kind}
    members = frozenset(SHAPES[kind].members) - others - {"key"}
    return members if kind in UNSEEN else members - frozenset(shown(kind))


def above(kind: str) -> tuple[str, ...]:
    """The kinds of rows that a row of this kind may stand under."""
    return tuple(dict.fromkeys(host for host, _member in HOSTS.get(kind, ()) if host != DOCUMENT))


def cited(column: Column) -> bool:
    """Whether people name the rows by what stands in this column of identities, and so see it and give it."""
    return (column.kind, column.form) == ("section", KEY)


def member_of(host: str, kind: str, part: str = "") -> str | None:
    """The member under which a row of a kind holds those of another; None where it cannot."""
    return next(
        (name for above_it, name in HOSTS[kind] if above_it == host and (kind != "figure" or part == name)), None
    )


def fits(member: Shape) -> bool:
    """Whether a cell can hold a member: a value, or a list of them."""
    flat = ("text", "decimal", "scalar")
    return member.kind in flat or (member.item is not None and member.item.kind == "scalar")


def of_member(kind: str, name: str, shape: Shape, raw: Mapping[str, Any], languages: tuple[str, ...]) -> list[Column]:
    """The columns of one member that fits into a cell: of a text one for each language. `raw` is its schema."""
    if shape.kind == "text":
        return [Column(kind, name, TEXT, language, shape=shape) for language in languages]
    if raw.get("type") == "array":
        raw = resolved(raw["items"])
        return [Column(kind, name, LIST, choices=_choices(raw), codes=_are_codes(shape), shape=shape)]
    return [Column(kind, name, _form(shape, raw), choices=_choices(raw), codes=_is_code(shape), shape=shape)]


def _form(shape: Shape, raw: Any) -> str:
    if "enum" in raw:
        return CHOICE
    if shape.kind == "decimal":
        return EXACT
    if shape.name in _OF_A_DAY or raw.get("format") == "date":
        return DAY
    return {"integer": WHOLE, "boolean": YES_NO}.get(raw.get("type", ""), PLAIN)


def _choices(raw: Any) -> tuple[Any, ...]:
    return tuple(raw.get("enum", ()))


def _is_code(shape: Shape | None) -> bool:
    return shape is not None and shape.name in {"code", "ref"}


def _are_codes(shape: Shape) -> bool:
    return _is_code(shape.item)


def _hosts() -> dict[str, list[tuple[str, str]]]:
    """For each kind of row the kinds that hold such rows, and under which member."""
    found: dict[str, list[tuple[str, str]]] = {}
    for host in (DOCUMENT, *SHEETS):
        for name, member in SHAPES[host].members.items():
            kind = (member.item or member).name
            if kind in SHEETS:
                found.setdefault(kind, []).append((host, name))
    return found


HOSTS = _hosts()
