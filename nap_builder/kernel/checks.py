"""Readiness checks as data: each room declares what may be asked of its rows; readiness collects and shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import LazyString, Marked

CONSULT, CABINET, PARLIAMENT, ADOPTION = "consult", "cabinet", "parliament", "adoption"
GATES = (CONSULT, CABINET, PARLIAMENT, ADOPTION)
BLOCK, WARN, INFO = "block", "warn", "info"
GRAVITIES = (BLOCK, WARN, INFO)

Thresholds = Mapping[str, int]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Place:
    """A page of the program: an endpoint with the parts of its address; the plan's slug is added to them."""

    endpoint: str
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failing:
    """One row that fails: what it is called (a text of the plan, or words), and the page on which it is mended.

    `code` is its number, where it has one; `key` is the row as references name it, `activity:KEY`. `mark` is the name
    under which this row alone can be said not to be a fault, where a person has to judge each; such a name begins
    with the check's key and a colon.
    """

    label: str | Mapping[str, str]
    place: Place | None = None
    code: str = ""
    key: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Found:
    """What a check found: the rows that fail, a sentence about them, and the page on which the whole is mended.

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


class Question:
    """A plan that is asked about, by whom, and with which thresholds.

    With `who` None everything is asked about; else what that person may read, and for nobody in particular what the
    public may read. A room reads its rows through `once`, so that they are read once, however many checks ask.
    """

    def __init__(self, plan: Any, thresholds: Thresholds, who: Actor | None = None) -> None:
        self.plan, self.thresholds, self.who = plan, thresholds, who
        self._answers: dict[Any, Any] = {}

    def once(self, ask: Callable[..., Answer], *given: Any) -> Answer:
        """What a query answers; asked of the database the first time only."""
        known = (ask, given)
        if known not in self._answers:
            self._answers[known] = ask(*given)
        answer: Answer = self._answers[known]
        return answer


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
    document and paragraph it comes from. `asks` gets a Question, and only reads.
    """

    key: str
    gate: str
    gravity: str
    says: Marked
    why: Marked
    source: Marked | str
    asks: Callable[[Question], Found]
    threshold: Threshold | None = None


CHECKS: dict[str, Check] = {}


def declare(*checks: Check) -> None:
    """Adds checks to those that readiness shows. A key is declared once."""
    for check in checks:
        if CHECKS.setdefault(check.key, check) is not check:
            raise ValueError(f"the check {check.key} is declared twice")
