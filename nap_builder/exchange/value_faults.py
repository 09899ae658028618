"""What the schema of nap-plan/1 refuses in a single value: a choice, a number, a text."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from nap_builder.exchange.fault import Faults, shown
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.plans.schema import Place

Check = Callable[[Any, Place, Faults], None]
Says = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_WITHOUT_CONTROLS = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*(?![\s\S])"
_LARGEST = 2**31 - 1
_EXPECTED: dict[str, LazyString] = {
    "code": _l("is not a code: up to 32 letters, digits, full stops or hyphens, without spaces"),
    "key": _l("is not a key: small letters, digits and hyphens, up to 40"),
    "slug": _l("is not a short name: small letters, digits and hyphens"),
    "money": _l(
        "is not an amount of money such as 12000 or 0.5: no sign, no separators, at most 15 digits and 4 decimals"
    ),
    "number": _l("is not a figure such as 12 or -0.5: no separators, at most 15 digits and 6 decimals"),
    "when": _l("is not a date such as 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15"),
    "ref": _l("is not a reference such as activity:1.2 or section:foreword"),
    "language": _l("is not a language tag such as en or pt-BR"),
    "country": _l("is not a country code of three capital letters, such as KEN"),
    "currency": _l("is not a currency code of three capital letters, such as USD"),
    "timezone": _l("is not a time zone such as Africa/Nairobi"),
    "fiscal_year_starts": _l("is not a day of the year such as 07-01"),
}


def choice(allowed: list[Any]) -> Check:
    """A value that must be one of a few."""
    names = ", ".join(str(choice) for choice in allowed)

    def check(value: Any, place: Place, faults: Faults) -> None:
        if isinstance(value, bool | dict | list) or value not in allowed:
            faults.add(place, _l("must be one of: %(choices)s", choices=names))

    return check


def whole_number(says: Says, _name: str) -> Check:
    """A whole number within bounds; one without an upper bound may be as large as every database can hold."""
    low, high = says.get("minimum"), says.get("maximum", _LARGEST)

    def check(value: Any, place: Place, faults: Faults) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            faults.add(place, _l("must be a whole number, without quotation marks"))
        elif low is not None and value < low:
            faults.add(place, _l("must be %(low)s or more", low=low))
        elif value > high:
            faults.add(place, _l("must be %(high)s or less", high=high))

    return check


def yes_or_no(_says: Says, _name: str) -> Check:
    """True or false."""

    def check(value: Any, place: Place, faults: Faults) -> None:
        if not isinstance(value, bool):
            faults.add(place, _l("must be true or false, without quotation marks"))

    return check


def text(says: Says, name: str) -> Check:
    """A text of a certain length, pattern and format, without control characters; `name` chooses the fault's words."""
    most = says.get("maxLength")
    matches = re.compile(says.get("pattern", _WITHOUT_CONTROLS)).search
    exists = _FORMATS.get(says.get("format", ""))

    def check(value: Any, place: Place, faults: Faults) -> None:
        if not isinstance(value, str):
            faults.add(place, _l("must be a text in quotation marks"))
        elif most and len(value) > most:
            faults.add(place, _l("is longer than %(most)s characters", most=most))
        elif not matches(value):
            faults.add(place, _expected(name, value))
        elif exists and not exists(value):
            faults.add(place, _l("this day or time does not exist; write a day as 2027-03-15"))

    return check


def longest(most: int, inner: Check) -> Check:
    """Another check, and a length that a text may not pass."""

    def check(value: Any, place: Place, faults: Faults) -> None:
        inner(value, place, faults)
        if isinstance(value, str) and len(value) > most:
            faults.add(place, _l("is longer than %(most)s characters", most=most))

    return check


def _expected(name: str, value: str) -> LazyString:
    if name in _EXPECTED:
        return _EXPECTED[name]
    if not value.strip():
        return _l("must not be empty")
    if re.search(_WITHOUT_CONTROLS, value) is None:
        return _l("holds control characters")
    return _l("%(value)s does not fit here", value=shown(value))


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(value) and datetime.fromisoformat(re.sub(r"\.\d+", "", value).upper()))
    except ValueError:
        return False


_FORMATS: dict[str, Callable[[str], bool]] = {"date": _is_day, "date-time": _is_moment}
