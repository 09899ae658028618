"""What a version of a plan shows, to whom, and under which paragraph numbers."""

from collections.abc import Callable, Iterable
from typing import Any

from nap_builder.plans.marks import without_marks_of_others
from nap_builder.plans.schema import ROOT, SCHEMA, Shape, objects

_CITABLE = frozenset(SCHEMA["$defs"]["ref"]["pattern"].partition(")")[0].strip("^(").split("|"))
NUMBERED_PLACES = frozenset({"front", "body"})

Keeps = Callable[[Any, Shape], bool]


def without_progress(document: dict[str, Any]) -> dict[str, Any]:
    """The plan without how it goes: every member the schema marks `x-progress` is left out.

    References stay as they are, those to consultations too, since a frozen version keeps the words of the plan whole.
    """
    said: dict[str, Any] = _kept(document, ROOT, lambda _value, shape: not shape.progress)
    return said


def public_profile(document: dict[str, Any]) -> dict[str, Any]:
    """The plan as the public may read it: profile `public`, without what is restricted, without progress.

    References to what is left out go with it, and the reasons why a check does not apply to it. Paragraph numbers
    stay: both profiles of a version are cited alike.
    """
    shown = _kept(document, ROOT, lambda value, shape: not shape.progress and not _restricted(value))
    present = references(shown)
    public: dict[str, Any] = _kept(shown, ROOT, lambda value, shape: shape.name != "ref" or value in present)
    return {**without_marks_of_others(public, keys(shown)), "profile": "public"}


def references(document: dict[str, Any]) -> frozenset[str]:
    """Every `kind:code` and `kind:key` that a reference in this document may name."""
    found: set[str] = set()
    for node in objects(document):
        if node.shape.name in _CITABLE:
            found.update(f"{node.shape.name}:{node.value[name]}" for name in ("code", "key") if name in node.value)
    return frozenset(found)


def keys(document: dict[str, Any]) -> frozenset[str]:
    """The keys of all rows of a document."""
    return frozenset(node.value["key"] for node in objects(document) if "key" in node.value)


def number_paragraphs(sections: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The number of each paragraph by its key, counted from 1 through the front and body of a plan.

    Headings and tables have none, nor have annexes.
    """
    counted = [
        paragraph["key"]
        for section in sections
        if section.get("place", "body") in NUMBERED_PLACES
        for paragraph in section.get("paragraphs") or ()
        if paragraph.get("kind", "paragraph") == "paragraph"
    ]
    return {key: str(number) for number, key in enumerate(counted, start=1)}


def with_numbers(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the paragraph numbers of this moment. The working plan is numbered first, then made public."""
    if "sections" not in document:
        return dict(document)
    numbers = number_paragraphs(document["sections"])
    return {**document, "sections": [_numbered(section, numbers) for section in document["sections"]]}


def former_numbers(old_document: dict[str, Any], new_document: dict[str, Any]) -> dict[str, str]:
    """For each paragraph of the newer document that the older one numbered: the number it had there, by its key."""
    old = numbers_of(old_document)
    return {key: old[key] for key in _paragraph_keys(new_document) if key in old}


def numbers_of(document: dict[str, Any]) -> dict[str, str]:
    """The paragraph numbers a document bears, or those it would get where it bears none."""
    sections = document.get("sections") or []
    borne = {
        paragraph["key"]: paragraph["number"]
        for section in sections
        for paragraph in section.get("paragraphs") or ()
        if paragraph.get("number")
    }
    return borne or number_paragraphs(sections)


def _restricted(value: object) -> bool:
    return isinstance(value, dict) and value.get("restricted") is True


def _kept(value: Any, shape: Shape, keeps: Keeps) -> Any:
    """A copy of a value without the members and items that are not kept; a list emptied by that is left out too."""
    if shape.kind == "object" and isinstance(value, dict):
        return _kept_members(value, shape, keeps)
    if shape.item is not None and isinstance(value, list):
        item = shape.item
        return [_kept(part, item, keeps) for part in value if keeps(part, item)]
    return value


def _kept_members(value: dict[str, Any], shape: Shape, keeps: Keeps) -> dict[str, Any]:
    kept = {}
    for name, member in value.items():
        says = shape.members.get(name)
        if says is None:
            kept[name] = member
        elif keeps(member, says):
            left = _kept(member, says, keeps)
            if left or not member or name in shape.required:
                kept[name] = left
    return kept


def _numbered(section: dict[str, Any], numbers: dict[str, str]) -> dict[str, Any]:
    if "paragraphs" not in section:
        return section
    bare = [
        {name: value for name, value in paragraph.items() if name != "number"} for paragraph in section["paragraphs"]
    ]
    return {**section, "paragraphs": [_with_number(paragraph, numbers) for paragraph in bare]}


def _with_number(paragraph: dict[str, Any], numbers: dict[str, str]) -> dict[str, Any]:
    number = numbers.get(paragraph["key"])
    return {**paragraph, "number": number} if number else paragraph


def _paragraph_keys(document: dict[str, Any]) -> list[str]:
    return [
        paragraph["key"] for section in document.get("sections") or () for paragraph in section.get("paragraphs") or ()
    ]
