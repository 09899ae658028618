"""One thing that a person has to do."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

LATE, WARN, WAIT, OPEN = "late", "warn", "wait", "ok"
GRAVITY = (LATE, WARN, WAIT, OPEN)


class Wait(IntEnum):
    """Who waits: somebody for this person, a date that is past, a date within two weeks, or nobody yet."""

    SOMEBODY = 0
    OVERDUE = 1
    SOON = 2
    NOBODY = 3


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, its state, and the page where it is done (none where another has to do it).

    What is `urgent` is written in a letter at once, and again when its `stage` is another one. Label and status say
    nothing that is not for everybody, since they stand in letters.
    """

    label: str
    kind: str
    status: str
    hint: str = ""
    endpoint: str | None = None
    parts: dict[str, Any] = field(default_factory=dict)
    wait: Wait = Wait.NOBODY
    urgent: bool = False
    stage: str = ""

    @property
    def key(self) -> str:
        """What names it from one day to the next: the page with the parts of its address, and its stage if any."""
        parts = [f"{name}={part}" for name, part in sorted(self.parts.items())]
        return " ".join([self.endpoint or self.label, *parts, *([self.stage] if self.stage else [])])
