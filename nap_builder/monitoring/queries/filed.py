"""What a file said of a row before any institution reported on it: kept beside what stands, for it holds of before."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.kernel.fields import plain_decimal
from nap_builder.monitoring.progress.names import AMOUNTS

BESIDE = frozenset({"update_id", "filed"})
READ: Mapping[str, Callable[[str], Any]] = {"met_on": date.fromisoformat, **dict.fromkeys(AMOUNTS, Decimal)}


def filed_text(row: Any) -> dict[str, Any]:
    """What a row says as its column `filed` keeps it: by column, decimals and days as text, without what is empty."""
    return {name: _text(value) for name in _columns(row) if (value := getattr(row, name)) is not None}


def filed_in(row: Any) -> dict[str, Any] | None:
    """What a file said of what stands, by column; None where none did."""
    if row.update_id is None:
        return {name: getattr(row, name) for name in _columns(row)}
    if row.filed is None:
        return None
    return {name: _read(name, row.filed.get(name)) for name in _columns(row)}


def _columns(row: Any) -> list[str]:
    return [one.name for one in row.__table__.columns if not one.primary_key and one.name not in BESIDE]


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    return READ[name](value) if value is not None and name in READ else value
