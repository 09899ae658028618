"""What the format says as what a column holds."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from nap_builder.plans.tables import DAY, EXACT, INSTITUTION, Member, day_of


def stored_values(members: Iterable[Member], said: Mapping[str, Any], ids: Mapping[str, int]) -> dict[str, Any]:
    """What the columns of some members hold, by the column's name; `ids` are institutions by code."""
    return {member.column.key: _stored(member, said.get(member.name), ids) for member in members}


def _stored(member: Member, value: Any, ids: Mapping[str, int]) -> Any:
    if value is None:
        return member.shape.default
    if member.form == EXACT:
        return Decimal(value)
    if member.form == DAY:
        return day_of(value)
    if member.form == INSTITUTION:
        return ids[value]
    return value
