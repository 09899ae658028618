"""Days that do not exist, ends before their starts, and time zones nobody keeps."""

from datetime import date
from functools import cache
from zoneinfo import available_timezones

from nap_builder.exchange.fault import Faults, shown
from nap_builder.kernel.languages import _l
from nap_builder.plans.calendar import first_day, last_day, valid_when
from nap_builder.plans.schema import Node

_SPANS = (("starts", "ends"), ("period_starts", "period_ends"))
_NO_LEAP_YEAR = 2001


def date_faults(node: Node, faults: Faults) -> None:
    """Notes the faults in the dates of one object."""
    for name, member in node.shape.members.items():
        if member.name == "when" and name in node.value and _names_no_day(node.value[name]):
            faults.add((*node.place, name), _l("this day does not exist"))
    for starts, ends in _SPANS:
        if starts in node.shape.members and _backwards(node.value.get(starts), node.value.get(ends)):
            faults.add((*node.place, ends), _l("ends before it starts"))
    if node.shape.name == "plan":
        _plan(node, faults)


def _plan(node: Node, faults: Faults) -> None:
    zone, year_starts = node.value.get("timezone"), node.value.get("fiscal_year_starts")
    if isinstance(zone, str) and zone not in _zones():
        faults.add((*node.place, "timezone"), _l("no time zone is called %(zone)s", zone=shown(zone)))
    if isinstance(year_starts, str) and _names_no_day(f"{_NO_LEAP_YEAR}-{year_starts}"):
        faults.add((*node.place, "fiscal_year_starts"), _l("this day does not exist in every year"))


def _names_no_day(value: object) -> bool:
    return isinstance(value, str) and not valid_when(value)


def _backwards(starts: object, ends: object) -> bool:
    first, last = _day(starts, last=False), _day(ends, last=True)
    return first is not None and last is not None and last < first


def _day(value: object, *, last: bool) -> date | None:
    if not isinstance(value, str) or not valid_when(value):
        return None
    return last_day(value) if last else first_day(value)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
