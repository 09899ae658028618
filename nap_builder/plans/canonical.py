"""The one way a plan is written as bytes, so that equal plans have equal hashes."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import rfc8785

from nap_builder.plans.schema import ROOT, Shape

_EMPTY: tuple[object, ...] = (None, [], {})
_FIRST_STAYS = "languages"


def canonical_bytes(document: dict[str, Any]) -> bytes:
    """A nap-plan/1 document as canonical JSON (RFC 8785) in UTF-8, with no byte before or after.

    Raises rfc8785.CanonicalizationError for text that is not Unicode, or a whole number above 2^53 - 1.
    """
    return rfc8785.dumps(canonical_document(document))


def canonical_document(document: dict[str, Any]) -> dict[str, Any]:
    """A nap-plan/1 document without what need not be said; the one given stays as it is.

    Left out are members equal to their default, and empty lists, objects and nulls unless the schema requires them.
    A text in the plan's first language alone becomes a string, decimals lose idle noughts, line ends become LF,
    and lists without an order of their own are sorted; of languages the first stays first.
    """
    languages = (document.get("plan") or {}).get("languages") or [""]
    tidy: dict[str, Any] = _object(document, ROOT, languages[0])
    return tidy


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _object(value: Any, shape: Shape, first: str) -> Any:
    if not isinstance(value, dict):
        return _scalar(value, shape, first)
    tidy = {}
    for name, member in value.items():
        says = shape.members.get(name)
        kept = _tidied(member, says, first) if says else member
        if name in shape.required or not (kept in _EMPTY or _is_default(kept, says)):
            tidy[name] = kept
    return tidy


def _list(value: Any, shape: Shape, first: str) -> Any:
    if not isinstance(value, list | tuple) or shape.item is None:
        return value
    items = [_tidied(item, shape.item, first) for item in value]
    if not shape.unique:
        return items
    kept = items[:1] if shape.name.endswith("." + _FIRST_STAYS) else []
    return kept + sorted(items[len(kept) :], key=_order)


def _text(value: Any, _shape: Shape, first: str) -> Any:
    if not isinstance(value, dict):
        return _lines(value)
    words = {language: _lines(text) for language, text in value.items() if text is not None}
    return words[first] if list(words) == [first] else words


def _map(value: Any, _shape: Shape, _first: str) -> Any:
    return {_lines(name): _lines(text) for name, text in value.items()} if isinstance(value, dict) else value


def _decimal(value: Any, _shape: Shape, _first: str) -> Any:
    if isinstance(value, Decimal):
        value = format(value, "f") if value else "0"
    if isinstance(value, str) and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


def _scalar(value: Any, _shape: Shape, _first: str) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _lines(value)


def _lines(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _is_default(value: object, shape: Shape | None) -> bool:
    return (
        shape is not None and shape.default is not None and (type(value), value) == (type(shape.default), shape.default)
    )


def _order(item: object) -> Any:
    return item if isinstance(item, str) else rfc8785.dumps(item).decode()  # type: ignore[arg-type]


_TIDY: dict[str, Callable[[Any, Shape, str], Any]] = {
    "object": _object,
    "list": _list,
    "text": _text,
    "map": _map,
    "decimal": _decimal,
    "scalar": _scalar,
}


def _tidied(value: Any, shape: Shape, first: str) -> Any:
    return _TIDY[shape.kind](value, shape, first)
