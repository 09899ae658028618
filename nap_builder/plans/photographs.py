"""Where the photographs of a section stand between its paragraphs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Told = Mapping[str, Any]


def placed(photographs: Iterable[Told], paragraphs: Sequence[str]) -> dict[str | None, list[Told]]:
    """Photographs, as `queries.photographs.told` writes them, by the key of the paragraph under which they stand.

    None is the head of the section. One whose paragraph is no longer there stands at the end.
    """
    end = paragraphs[-1] if paragraphs else None
    found: dict[str | None, list[Told]] = {}
    for one in photographs:
        after = one["after"]
        found.setdefault(after if after is None or after in paragraphs else end, []).append(one)
    return found
