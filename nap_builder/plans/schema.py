"""The exchange format nap-plan/1 as shapes a program can walk, drawn from its JSON schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("nap-plan-1.schema.json").read_text(encoding="utf-8"))
_DEFINITIONS: dict[str, dict[str, Any]] = SCHEMA["$defs"]
_DECIMALS = frozenset({"money", "number"})

Place = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """What the schema says of one value.

    `name` is the schema's own name for it (activity, text, code), or the path of an unnamed one (plan.adoption).
    `kind` is object, map (free names), list, text, decimal or scalar.
    """

    name: str
    kind: str
    members: Mapping[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None
    required: frozenset[str] = frozenset()
    default: object = None
    unique: bool = False
    progress: bool = False


class Node(NamedTuple):
    """One object of a document: where it stands, what it is, and itself."""

    place: Place
    shape: Shape
    value: dict[str, Any]


def objects(document: dict[str, Any]) -> Iterator[Node]:
    """Every object of a document that the schema gives members to, in document order, the whole document first."""
    return _objects(document, ROOT, ())


def name_of(raw: Mapping[str, Any]) -> str:
    """The name of the definition a piece of schema points at; empty when it is written out in place."""
    return str(_pointer(raw)).rpartition("/")[2]


def resolved(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """A piece of schema with its pointer followed."""
    name = name_of(raw)
    return resolved(_DEFINITIONS[name]) if name else raw


def _objects(value: object, shape: Shape, place: Place) -> Iterator[Node]:
    if shape.kind == "object" and isinstance(value, dict):
        yield Node(place, shape, value)
        for name, member in shape.members.items():
            if name in value and member.kind in {"object", "list"}:
                yield from _objects(value[name], member, (*place, name))
    elif shape.item is not None and shape.item.kind == "object" and isinstance(value, list):
        for position, item in enumerate(value):
            yield from _objects(item, shape.item, (*place, position))


def _pointer(raw: Mapping[str, Any]) -> str:
    if "$ref" in raw:
        return str(raw["$ref"])
    whole = raw.get("allOf", [])
    return str(whole[0].get("$ref", "")) if len(whole) == 1 else ""


def _shape(raw: Mapping[str, Any], path: str) -> Shape:
    name = name_of(raw) or path
    says = resolved(raw)
    marks: dict[str, Any] = {"default": raw.get("default"), "progress": bool(raw.get("x-progress"))}
    if name == "text":
        return Shape(name, "text", **marks)
    if name in _DECIMALS:
        return Shape(name, "decimal", **marks)
    if "oneOf" in says and "type" not in says:
        says = next(resolved(option) for option in says["oneOf"] if "properties" in resolved(option))
    if says.get("type") == "array":
        item = _shape(says["items"], name)
        return Shape(name, "list", item=item, unique=bool(says.get("uniqueItems")), **marks)
    if says.get("type") == "object":
        return _object(says, name, marks)
    return Shape(name, "scalar", **marks)


def _object(says: Mapping[str, Any], name: str, marks: dict[str, Any]) -> Shape:
    if "properties" not in says:
        return Shape(name, "map", **marks)
    members = {member: _shape(raw, f"{name}.{member}") for member, raw in says["properties"].items()}
    return Shape(name, "object", members, required=frozenset(says.get("required", ())), **marks)


ROOT = _shape(SCHEMA, "document")
