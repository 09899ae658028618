"""What the schema of nap-plan/1 refuses, each fault with its place and in plain words.

The schema is turned once into a tree of checks, which walks a plan of thousands of activities in a second or two.
It knows the keywords that nap-plan/1 uses and no others; a test compares its verdicts with jsonschema's.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from nap_builder.exchange.fault import Faults, shown
from nap_builder.exchange.value_faults import Check, Says, choice, longest, text, whole_number, yes_or_no
from nap_builder.kernel.languages import _l
from nap_builder.plans.schema import SCHEMA, Place, name_of, resolved

_compiled: dict[str, Check] = {}


def shape_faults(document: object, faults: Faults) -> None:
    """Notes everything in a document that the schema refuses."""
    _DOCUMENT(document, (), faults)


def _check(raw: Says, member: str) -> Check:
    """The check for the piece of schema under a member; what the schema defines by name is made once."""
    name = name_of(raw)
    if not name:
        return _unnamed(raw, member)
    if name not in _compiled:
        _compiled[name] = _unnamed(resolved(raw), name)
    return longest(raw["maxLength"], _compiled[name]) if "maxLength" in raw else _compiled[name]


def _unnamed(says: Says, name: str) -> Check:
    if name == "text":
        return _words(says)
    if "enum" in says or "const" in says:
        return choice(says.get("enum") or [says["const"]])
    if "oneOf" in says and "type" not in says:
        return _either(says)
    return _BY_TYPE[says["type"]](says, name)


def _words(says: Says) -> Check:
    plain, by_language = (_check(option, "") for option in says["oneOf"])

    def check(value: Any, place: Place, faults: Faults) -> None:
        if isinstance(value, str):
            plain(value, place, faults)
        elif isinstance(value, dict):
            by_language(value, place, faults)
        else:
            faults.add(place, _l("must be a text, or an object with one text for each language"))

    return check


def _either(says: Says) -> Check:
    """One of several shapes, told apart by being an object or a text."""
    options = {resolved(option)["type"]: _check(option, "") for option in says["oneOf"]}

    def check(value: Any, place: Place, faults: Faults) -> None:
        if not isinstance(value, str | dict):
            faults.add(place, _l("must be a text or an object"))
        else:
            options["string" if isinstance(value, str) else "object"](value, place, faults)

    return check


def _list(says: Says, name: str) -> Check:
    item, least, unique = _check(says["items"], name), says.get("minItems", 0), says.get("uniqueItems", False)

    def check(value: Any, place: Place, faults: Faults) -> None:
        if not isinstance(value, list):
            faults.add(place, _l("must be a list"))
            return
        if len(value) < least:
            faults.add(place, _l("must have at least %(least)s", least=least))
        if unique:
            _twice(value, place, faults)
        for position, part in enumerate(value):
            item(part, (*place, position), faults)

    return check


def _twice(items: list[Any], place: Place, faults: Faults) -> None:
    seen = set()
    for position, item in enumerate(items):
        told = json.dumps(item, sort_keys=True)
        if told in seen:
            faults.add((*place, position), _l("stands twice in the list"))
        seen.add(told)


def _object(says: Says, _name: str) -> Check:
    members = {name: _check(raw, name) for name, raw in says.get("properties", {}).items()}
    others = _others(says)
    whole = _conditions(says)

    def check(value: Any, place: Place, faults: Faults) -> None:
        if not isinstance(value, dict):
            faults.add(place, _l("must be an object"))
            return
        for condition in whole:
            condition(value, place, faults)
        for name, member in value.items():
            known = members.get(name)
            if known:
                known(member, (*place, name), faults)
            else:
                others(name, member, (*place, name), faults)

    return check


def _others(says: Says) -> Callable[[str, Any, Place, Faults], None]:
    """The check for the members the schema does not name."""
    if not says.get("additionalProperties"):
        return lambda _name, _value, place, faults: faults.add(place, _l("is not a member that nap-plan/1 knows"))
    each, matches = _check(says["additionalProperties"], ""), re.compile(says["propertyNames"]["pattern"]).search

    def check(name: str, value: Any, place: Place, faults: Faults) -> None:
        if not matches(name):
            faults.add(place, _l("%(name)s cannot be a name here", name=shown(name)))
        each(value, place, faults)

    return check


def _conditions(says: Says) -> list[Check]:
    """What an object must fulfil as a whole."""
    found = [_needs(name) for name in says.get("required", ())]
    if "minProperties" in says or "maxProperties" in says:
        found.append(_count(says.get("minProperties", 0), says.get("maxProperties")))
    if alternatives := says.get("anyOf", says.get("oneOf")):
        found.append(_one_set([option["required"] for option in alternatives], only_one="oneOf" in says))
    found += [_together(name, others) for name, others in says.get("dependentRequired", {}).items()]
    never = says.get("not", {})
    found += [_never(option["required"]) for option in never.get("anyOf", [never] if never else [])]
    return found


def _needs(name: str) -> Check:
    def check(value: Any, place: Place, faults: Faults) -> None:
        if name not in value:
            faults.add(place, _l("%(name)s is missing", name=name))

    return check


def _count(least: int, most: int | None) -> Check:
    def check(value: Any, place: Place, faults: Faults) -> None:
        if len(value) < least:
            faults.add(place, _l("must not be empty"))
        elif most and len(value) > most:
            faults.add(place, _l("has more than %(most)s members", most=most))

    return check


def _one_set(sets: list[list[str]], *, only_one: bool) -> Check:
    choices = "; ".join(" + ".join(names) for names in sets)

    def check(value: Any, place: Place, faults: Faults) -> None:
        fulfilled = sum(all(name in value for name in names) for names in sets)
        if not fulfilled:
            faults.add(place, _l("must have one of: %(choices)s", choices=choices))
        elif only_one and fulfilled > 1:
            faults.add(place, _l("must have only one of: %(choices)s", choices=choices))

    return check


def _together(name: str, others: list[str]) -> Check:
    def check(value: Any, place: Place, faults: Faults) -> None:
        for other in others:
            if name in value and other not in value:
                faults.add(place, _l("%(name)s must not stand without %(other)s", name=name, other=other))

    return check


def _never(names: list[str]) -> Check:
    told = ", ".join(names)

    def check(value: Any, place: Place, faults: Faults) -> None:
        if all(name in value for name in names):
            faults.add(place, _l("must not have these together: %(names)s", names=told))

    return check


_BY_TYPE: dict[str, Callable[[Says, str], Check]] = {
    "object": _object,
    "array": _list,
    "string": text,
    "integer": whole_number,
    "boolean": yes_or_no,
}
_DOCUMENT = _check(SCHEMA, "")
