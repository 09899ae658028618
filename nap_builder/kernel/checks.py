"""Readiness checks as data: each room declares what may be asked of its rows; readiness collects and shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nap_builder.kernel.languages import LazyString

CONSULT, CABINET, PARLIAMENT, ADOPTION = "consult", "cabinet", "parliament", "adoption"
GATES = (CONSULT, CABINET, PARLIAMENT, ADOPTION)
BLOCK, WARN, INFO = "block", "warn", "info"

Thresholds = Mapping[str, int]


@dataclass(frozen=True)
class Place:
    """A page of the program: an endpoint with the parts of its address."""

    endpoint: str
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failing:
    """One row that fails: what it is called, and the page on which it is mended."""

    label: str
    place: Place
    key: str = ""


@dataclass(frozen=True)
class Found:
    """What a check found: the rows that fail, a sentence about them, and the page that lists exactly those.

    A check without rows of its own (a missing fact of the plan, say) fails by its sentence alone. Where a check does
    not concern the plan, `applies` is False and it counts for nothing.
    """

    failing: Sequence[Failing] = ()
    says: str = ""
    place: Place | None = None
    applies: bool = True

    @property
    def passes(self) -> bool:
        """Whether nothing is open."""
        return not self.failing and not self.says


PASSES = Found()
DOES_NOT_APPLY = Found(applies=False)


@dataclass(frozen=True)
class Threshold:
    """A number that a State may set: what it says, its usual value, and the bounds."""

    says: LazyString
    usual: int
    least: int = 0
    most: int = 100


@dataclass(frozen=True)
class Check:
    """A check: its short key, the gate before which it counts, how grave it is, and what it asks.

    `says` is the rule as a sentence that is true when it passes; `why` says why it matters; `source` is the
    document and paragraph it comes from. `asks` gets the plan and the thresholds, and only reads.
    """

    key: str
    gate: str
    gravity: str
    says: LazyString
    why: LazyString
    source: str
    asks: Callable[[Any, Thresholds], Found]
    threshold: Threshold | None = None


CHECKS: dict[str, Check] = {}


def declare(*checks: Check) -> None:
    """Adds checks to those that readiness shows. A key is declared once."""
    for check in checks:
        if CHECKS.setdefault(check.key, check) is not check:
            raise ValueError(f"the check {check.key} is declared twice")
