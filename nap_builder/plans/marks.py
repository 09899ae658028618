"""The names under which single rows are said to be no fault of a check: its key, a colon, and what it is about."""

from collections.abc import Collection
from typing import Any

ALIKE, WRITTEN, REGION = "B5", "D5", "A5"
_NAMING_ROWS = {WRITTEN: 1, REGION: 0}
"""How many of the parts of a name are keys of rows; of a check that is not listed, all are."""

Document = dict[str, Any]


def check_of(mark: str) -> str:
    """The key of the check that a name is of."""
    return mark.partition(":")[0]


def rows_in(mark: str) -> list[str]:
    """The keys of the rows that a name is about; none where it is of a check as a whole."""
    check, *parts = mark.split(":")
    return parts[: _NAMING_ROWS.get(check, len(parts))]


def without_marks_of_others(document: Document, keys: Collection[str]) -> Document:
    """A document without the reasons that are about a row with none of these keys: they would tell that it is there."""
    plan = document["plan"]
    listed = plan.get("not_applicable")
    if not listed:
        return document
    kept = [one for one in listed if all(key in keys for key in rows_in(one["check"]))]
    rest = {name: value for name, value in plan.items() if name != "not_applicable"}
    return {**document, "plan": {**rest, "not_applicable": kept} if kept else rest}
