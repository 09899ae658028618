"""The rules of nap-plan/1 that a schema cannot say: what refers to nothing, stands twice, or contradicts itself.

The rules also bear a document that the schema refuses, so that one reading of a file lists every fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nap_builder.exchange.date_faults import date_faults
from nap_builder.exchange.fault import Fault, Faults, shown
from nap_builder.exchange.figure_faults import figure_faults
from nap_builder.exchange.people_faults import people_faults
from nap_builder.kernel.languages import _l
from nap_builder.plans.profiles import references
from nap_builder.plans.schema import Node, Place, Shape, objects

_NOT_OF_INSTITUTIONS = frozenset({"code", "objectives", "region", "group"})
_PROGRESS_ONLY = ("consultation:", "contribution:")


def check(document: dict[str, Any]) -> list[Fault]:
    """Every fault of a document that keeps to the schema, in its order; at most 200 and a line that counts the rest."""
    faults = Faults()
    note_faults(document, faults)
    return faults.listed()


def note_faults(document: object, faults: Faults, others: frozenset[str] = frozenset()) -> None:
    """Notes the faults of a document, whatever JSON it is.

    Where it is a part of a plan, `others` are the references to what is not in it.
    """
    if not isinstance(document, dict):
        return
    faults.close_places()
    known = _known(document, others)
    for node in objects(document):
        _twice(node, known, faults)
        _institutions(node, known, faults)
        _references(node, known, faults)
        _regions(node, known, faults)
        _restricted(node, known, faults)
        date_faults(node, faults)
        figure_faults(node, faults)
        people_faults(node, faults)


@cache
def institution_members(shape: Shape) -> tuple[str, ...]:
    """The members of an object that hold the code of an institution, or a list of them."""
    return tuple(name for name in _members_with(shape, "code") if name not in _NOT_OF_INSTITUTIONS)


@cache
def _members_with(shape: Shape, definition: str) -> tuple[str, ...]:
    """The members whose value, or whose list, is of what the schema defines under this name."""
    return tuple(
        name
        for name, member in shape.members.items()
        if definition in (member.name, member.item.name if member.item else "")
    )


@dataclass
class _Known:
    """What the document offers to refer to."""

    parents: dict[str, str | None]
    regions: frozenset[str]
    references: frozenset[str]
    public: bool
    frozen: bool
    seen: set[tuple[str, str, str]] = field(default_factory=set)


def _known(document: dict[str, Any], others: frozenset[str]) -> _Known:
    plan = document.get("plan")
    regions = plan.get("regions") if isinstance(plan, dict) else None
    rows = [row for row in _items(document.get("institutions")) if isinstance(row, dict)]
    return _Known(
        parents={code: _text(row, "part_of") for row in rows if (code := _text(row, "code"))},
        regions=frozenset(code for row in _items(regions) if isinstance(row, dict) and (code := _text(row, "code"))),
        references=references(document) | others,
        public=document.get("profile") == "public",
        frozen="version" in document,
    )


def _twice(node: Node, known: _Known, faults: Faults) -> None:
    for name in ("code", "key"):
        said = _text(node.value, name)
        if said is None or name not in node.shape.members:
            continue
        mark = (node.shape.name, name, said)
        if mark in known.seen:
            faults.add((*node.place, name), _l("%(said)s is used twice", said=shown(said)))
        known.seen.add(mark)


def _institutions(node: Node, known: _Known, faults: Faults) -> None:
    for name in institution_members(node.shape):
        for place, code in _texts(node, name):
            if code not in known.parents:
                faults.add(place, _l("no institution has the code %(code)s", code=shown(code)))
    if node.shape.name == "institution" and _in_a_circle(_text(node.value, "code"), known.parents):
        faults.add((*node.place, "part_of"), _l("an institution cannot be part of itself"))


def _in_a_circle(code: str | None, parents: dict[str, str | None]) -> bool:
    """Whether the way up from an institution leads back to it."""
    passed = set()
    above = parents.get(code) if code else None
    while above is not None and above not in passed:
        if above == code:
            return True
        passed.add(above)
        above = parents.get(above)
    return False


def _references(node: Node, known: _Known, faults: Faults) -> None:
    for name in _members_with(node.shape, "ref"):
        for place, ref in _texts(node, name):
            if ref not in known.references and not (known.frozen and ref.startswith(_PROGRESS_ONLY)):
                faults.add(place, _l("%(ref)s is not in this plan", ref=shown(ref)))
    if node.shape.name == "policy_review":
        for place, code in _texts(node, "objectives"):
            if f"objective:{code}" not in known.references:
                faults.add(place, _l("no objective has the code %(code)s", code=shown(code)))


def _regions(node: Node, known: _Known, faults: Faults) -> None:
    name = {"consultation": "region", "activity": "regions"}.get(node.shape.name)
    if name is None or (name == "regions" and not known.regions):
        return
    for place, code in _texts(node, name):
        if code not in known.regions:
            faults.add(place, _l("the plan has no region %(code)s", code=shown(code)))


def _restricted(node: Node, known: _Known, faults: Faults) -> None:
    if known.public and "restricted" in node.shape.members and node.value.get("restricted") is True:
        faults.add((*node.place, "restricted"), _l("what is restricted cannot stand in a public file"))


def _texts(node: Node, name: str) -> Iterator[tuple[Place, str]]:
    """The text of a member, or each text of its list, with its place."""
    value = node.value.get(name)
    if isinstance(value, str):
        yield (*node.place, name), value
    for position, item in enumerate(_items(value)):
        if isinstance(item, str):
            yield (*node.place, name, position), item


def _text(value: dict[str, Any], name: str) -> str | None:
    said = value.get(name)
    return said if isinstance(said, str) else None


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
