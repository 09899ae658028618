"""Counts of people who took part in a consultation that do not add up."""

from typing import Any

from nap_builder.consultations.suppression import FAMILIES, TOTAL
from nap_builder.exchange.fault import Faults
from nap_builder.kernel.languages import _l
from nap_builder.plans.schema import Node

SEXES, AGES = FAMILIES
Counts = dict[str, Any]


def people_faults(node: Node, faults: Faults) -> None:
    """Notes the cells of a consultation's participants that contradict the total, each by its name."""
    counts = node.value.get("participants") if node.shape.name == "consultation" else None
    if not isinstance(counts, dict):
        return
    place = (*node.place, "participants")
    by_sex = _sum(counts, SEXES)
    total = counts[TOTAL] if _is_count(counts.get(TOTAL)) else by_sex
    if total is None:
        return
    if by_sex is not None and by_sex != total:
        faults.add((*place, TOTAL), _l("the sexes add up to %(sum)s, not to %(total)s", sum=by_sex, total=total))
    by_age = _sum(counts, AGES)
    if by_age is not None and by_age > total:
        faults.add((*place, TOTAL), _l("the ages add up to %(sum)s, more than %(total)s", sum=by_age, total=total))
    for name, count in counts.items():
        if name not in (TOTAL, *SEXES, *AGES) and _is_count(count) and count > total:
            faults.add((*place, name), _l("%(count)s is more than all who took part", count=count))


def _sum(counts: Counts, names: tuple[str, ...]) -> int | None:
    found = [counts[name] for name in names if _is_count(counts.get(name))]
    return sum(found) if found else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
