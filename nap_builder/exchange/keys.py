"""Keys for the rows of a hand-made file, and paragraphs for its section bodies.

The same file gives the same keys each time, so that it can be imported twice without doubling a row.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from nap_builder.exchange.blocks import Block, blocks
from nap_builder.plans.schema import ROOT, Shape, objects

Change = Callable[[dict[str, Any], Shape, int], dict[str, Any]]


def with_keys(document: dict[str, Any]) -> dict[str, Any]:
    """A document that passed the reading, with a key on every row that can have one and no section body.

    A key is the UUID 5 of `kind:code` in the plan's own name space (that of `nap-plan:slug`); where there is no code,
    of `kind:parent's key:position`, positions counted from 1 and the plan's slug standing for its key.
    """
    slug = document["plan"]["slug"]
    names = uuid5(NAMESPACE_URL, "nap-plan:" + slug)
    parted = _mapped(document, ROOT, lambda value, shape, _position: _paragraphed(value, names, shape))
    taken = {(node.shape.name, node.value["key"]) for node in objects(parted) if "key" in node.value}
    giver = _KeyGiver(names, slug, taken)
    keyed: dict[str, Any] = _mapped(parted, ROOT, giver.keyed)
    return keyed


def _mapped(value: Any, shape: Shape, change: Change, position: int = 1) -> Any:
    """A copy of a value with each of its objects changed, the inner ones first."""
    if shape.kind == "object" and isinstance(value, dict):
        members = {name: _mapped(member, shape.members[name], change) for name, member in value.items()}
        return change(members, shape, position)
    if shape.item is not None and isinstance(value, list):
        return [_mapped(part, shape.item, change, place) for place, part in enumerate(value, start=1)]
    return value


class _KeyGiver:
    """Gives keys, none of them twice to rows of one kind."""

    def __init__(self, names: UUID, slug: str, taken: set[tuple[str, str]]) -> None:
        self._names = names
        self._slug = slug
        self._taken = taken

    def keyed(self, value: dict[str, Any], shape: Shape, position: int) -> dict[str, Any]:
        """The row with its key; anything that is no row, or has one, as it is."""
        if "key" not in shape.members or "key" in value:
            return value
        said = f"{shape.name}:{value['code']}" if "code" in value else f"{shape.name}:{self._slug}:{position}"
        key = next(key for key in self._keys(said) if (shape.name, key) not in self._taken)
        self._taken.add((shape.name, key))
        return {**value, "key": key}

    def _keys(self, said: str) -> Iterator[str]:
        """The key of a name, and those that follow where a row that now bears another code has it."""
        yield str(uuid5(self._names, said))
        yield from (str(uuid5(self._names, f"{said}:{turn}")) for turn in count(2))


def _paragraphed(value: dict[str, Any], names: UUID, shape: Shape) -> dict[str, Any]:
    if shape.name != "section" or "body" not in value:
        return value
    section = {name: member for name, member in value.items() if name != "body"}
    section["paragraphs"] = [
        {"key": str(uuid5(names, f"paragraph:{section['key']}:{position}")), **paragraph}
        for position, paragraph in enumerate(_paragraphs(value["body"]), start=1)
    ]
    return section


def _paragraphs(body: str | dict[str, str]) -> list[dict[str, Any]]:
    """The paragraphs of a body; those of several languages are set side by side by their position."""
    if isinstance(body, str):
        return [_paragraph(block.kind, block.text) for block in blocks(body)]
    parted = {language: blocks(text) for language, text in body.items()}
    longest = max(len(parts) for parts in parted.values())
    return [_side_by_side(parted, position) for position in range(longest)]


def _side_by_side(parted: dict[str, list[Block]], position: int) -> dict[str, Any]:
    there = {language: parts[position] for language, parts in parted.items() if position < len(parts)}
    kind = next(iter(there.values())).kind
    return _paragraph(kind, {language: block.text for language, block in there.items()})


def _paragraph(kind: str, text: str | dict[str, str]) -> dict[str, Any]:
    return {"text": text} if kind == "paragraph" else {"kind": kind, "text": text}
