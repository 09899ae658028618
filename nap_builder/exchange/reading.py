"""From the bytes of a file to a plan, or to every reason why not. The file is not trusted."""

import json
import re
import sys
from collections import Counter
from typing import Any

from nap_builder.exchange.fault import Fault, Faults, Refused, shown
from nap_builder.exchange.faults import note_faults
from nap_builder.exchange.shape_faults import shape_faults
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.schema import Place

MOST_BYTES = 25_000_000
MOST_VALUES = 400_000
DEEPEST = 40
_WIDEST = 2  # bytes of memory for one of the file; one emoji makes every sign of a text take four
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_STRUCTURE = bytes(set(range(256)) - set(b"[]{},"))
_HALF_A_SIGN = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 20
_BEYOND_ALL_BOUNDS = int("9" * _LONGEST_NUMBER)
_EXACT = 2**53


class _Doubled(dict[str, Any]):
    """An object in which a member stood more than once."""

    twice: tuple[str, ...] = ()


def read_plan(data: bytes, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """The plan in a JSON file (nap-plan/1, UTF-8), as it was written.

    Raises Refused with all faults, at most 200 of them listed: those of JSON, of the schema, and of the rules of the
    format. Takes seconds and some 200 MB at worst, whatever the bytes are.
    """
    document = _parsed(_decoded(data, most_bytes))
    faults = Faults()
    text_faults(document, (), faults)
    shape_faults(document, faults)
    note_faults(document, faults)
    if faults:
        raise Refused(faults.listed())
    plan: dict[str, Any] = document
    return plan


def _decoded(data: bytes, most_bytes: int) -> str:
    if len(data) > most_bytes:
        raise _too_large(most_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(_("This is not a text file in UTF-8.")) from None
    if sys.getsizeof(text) > _WIDEST * most_bytes:
        raise _too_large(_WIDEST * most_bytes // 4)
    _measure(data)
    return text


def _measure(data: bytes) -> None:
    """Refuses what would take too much memory to read: nesting and number of values, counted outside strings."""
    structure = _outside_strings(data).translate(None, _NOT_STRUCTURE)
    if structure.count(b",") + structure.count(b"[") + structure.count(b"{") > MOST_VALUES:
        raise _too_many()
    depth = 0
    for sign in structure.replace(b",", b""):
        depth += 1 if sign in b"[{" else -1
        if depth > DEEPEST:
            raise _refused(_("Objects and lists are nested more than %(depth)s deep.", depth=DEEPEST))
        if depth < 0:
            return


def _outside_strings(data: bytes) -> bytearray:
    outside, last = bytearray(), 0
    for count, string in enumerate(_STRING.finditer(data)):
        if count > 2 * MOST_VALUES:
            raise _too_many()
        outside += data[last : string.start()]
        last = string.end()
    outside += data[last:]
    return outside


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise _refused(
            _("This is not JSON: it breaks off or goes wrong in line %(line)s, column %(column)s.", **place)
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled = _Doubled(members)
    counts = Counter(name for name, _value in pairs)
    doubled.twice = tuple(name for name, count in counts.items() if count > 1)
    return doubled


def _whole(digits: str) -> int:
    if len(digits) <= _LONGEST_NUMBER:
        return int(digits)
    return -_BEYOND_ALL_BOUNDS if digits.startswith("-") else _BEYOND_ALL_BOUNDS


def _fraction(digits: str) -> int | float:
    value = float(digits)
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def text_faults(value: Any, place: Place, faults: Faults) -> None:
    """Notes what the reader of JSON lets through: a member that stands twice, and half of a pair of signs."""
    if isinstance(value, dict):
        for name in getattr(value, "twice", ()):
            faults.add((*place, name), _l("%(name)s stands twice in one object", name=shown(name)))
        for name, member in value.items():
            if _HALF_A_SIGN.search(name):
                faults.add((*place, name), _l("holds half a character, which is no text"))
            text_faults(member, (*place, name), faults)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            text_faults(item, (*place, position), faults)
    elif isinstance(value, str) and _HALF_A_SIGN.search(value):
        faults.add(place, _l("holds half a character, which is no text"))


def _too_large(most_bytes: int) -> Refused:
    return _refused(_("The file is larger than %(size)s MB.", size=most_bytes // 1_000_000))


def _too_many() -> Refused:
    return _refused(_("The file holds more than %(count)s values.", count=MOST_VALUES))


def _refused(message: str) -> Refused:
    return Refused([Fault("", message)])
