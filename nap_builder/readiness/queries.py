"""How a plan stands before each gate, asked of all checks that the rooms declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sqlalchemy import select

from nap_builder.commitments import checks as commitments  # noqa: F401 - it declares its check
from nap_builder.consultations import checks as consultations  # noqa: F401 - it declares its checks
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.checks import ADOPTION, CHECKS, GATES, GRAVITIES, Check, Failing, Found, Question, Thresholds
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import Missing
from nap_builder.meetings import checks as meetings  # noqa: F401 - it declares its check
from nap_builder.plans.checks import (  # noqa: F401 - they declare their checks
    content,
    coordination,
    framework,
    indicators,
    monitoring,
    resources,
    will,
)
from nap_builder.plans.checks.pieces import looked_at
from nap_builder.plans.gates import up_to
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import VersionRecord
from nap_builder.plans.queries.versions import records
from nap_builder.plans.wording import by_language
from nap_builder.readiness.models import Threshold
from nap_builder.taskforce import checks as taskforce  # noqa: F401 - it declares its checks

PASSES, OPEN, EXCEPTED, ABSENT = "passes", "open", "not_applicable", "does_not_concern"
PASSED, SKIPPED, NEXT, LATER = "passed", "skipped", "next", "later"


@dataclass(frozen=True)
class Result:
    """What a check found. `reason` says why it does not apply, where somebody said so."""

    check: Check
    found: Found
    reason: dict[str, str] | None = None

    @property
    def kind(self) -> str:
        """Whether it passes, is open, was said not to apply, or does not concern the plan."""
        if self.reason is not None:
            return EXCEPTED
        if not self.found.applies:
            return ABSENT
        return PASSES if self.found.passes else OPEN


@dataclass(frozen=True)
class GateState:
    """A gate: whether it is passed, skipped, next or later; its record where it is passed; and its checks."""

    gate: str
    state: str
    results: Sequence[Result]
    record: VersionRecord | None = None

    def of(self, kind: str) -> list[Result]:
        """The results of a kind, the gravest first."""
        return sorted(
            (one for one in self.results if one.kind == kind), key=lambda one: GRAVITIES.index(one.check.gravity)
        )

    @property
    def open(self) -> list[Result]:
        """What is open, the gravest first."""
        return self.of(OPEN)

    @property
    def counting(self) -> int:
        """How many checks count: those that pass and those that are open."""
        return len(self.of(PASSES)) + len(self.of(OPEN))

    @property
    def blocked(self) -> bool:
        """Whether a check is open that should hold the plan back."""
        return any(one.check.gravity == GRAVITIES[0] for one in self.open)


@dataclass(frozen=True)
class State:
    """How a plan stands: its gates in order, and the next one; None when all are passed or the plan is adopted."""

    gates: Sequence[GateState]

    @property
    def next(self) -> GateState | None:
        """The first gate that is not passed."""
        return next((one for one in self.gates if one.state == NEXT), None)

    @property
    def last_passed(self) -> str | None:
        """The last gate that was passed."""
        return next((one.gate for one in reversed(self.gates) if one.state == PASSED), None)

    def gate(self, name: str) -> GateState:
        """One of the gates."""
        return next(one for one in self.gates if one.gate == name)

    def on_the_way_to(self, gate: str) -> list[GateState]:
        """The gates that are passed or skipped when this one is passed now; none where it is behind the plan."""
        names = up_to(gate, self.last_passed) if self.next else []
        return [one for one in self.gates if one.gate in names]


def needs_reason(way: Sequence[GateState]) -> bool:
    """Whether taking a plan this way needs a reason: something is open, or a gate is left out."""
    return len(way) > 1 or any(one.open for one in way)


def state_of(plan: Plan, who: Actor | None = None) -> State:
    """How a plan stands, as far as `who` may read it; the whole for None. A fixed number of statements."""
    question = Question(plan, thresholds(), who)
    results = [_result(question, check) for check in in_order()]
    return State(_gates(plan, results))


def unasked_state_of(plan: Plan) -> State:
    """Which gates a plan has passed, without asking any check. One statement."""
    return State(_gates(plan, ()))


def in_order() -> list[Check]:
    """All checks by family and number: A1, A2, … C9, C10."""
    return sorted(CHECKS.values(), key=lambda check: (check.key[0], int(check.key[1:])))


def check_called(key: str) -> Check:
    """The check with this key. Raises Missing."""
    if key not in CHECKS:
        raise Missing
    return CHECKS[key]


def result_of(plan: Plan, key: str, who: Actor | None = None) -> tuple[Result, list["Excepted"]]:
    """What one check finds, and the rows of it that were said to be no fault. Raises Missing."""
    question = Question(plan, thresholds(), who)
    result = _result(question, check_called(key))
    return result, _excepted_rows(question, key)


def _result(question: Question, check: Check) -> Result:
    reasons = {one["check"]: one["reason"] for one in question.plan.not_applicable or ()}
    reason = reasons.get(check.key)
    return Result(
        check,
        check.asks(question),
        None if reason is None else by_language(reason, question.plan.first_language),
    )


@dataclass(frozen=True)
class Excepted:
    """A row that was said to be no fault: the name of that, what it is about, and the reason."""

    mark: str
    about: str
    reason: dict[str, str]


def _excepted_rows(question: Question, key: str) -> list[Excepted]:
    """Those of a check, without any that is about what the asker may not read."""
    listed = [one for one in question.plan.not_applicable or () if one["check"].startswith(f"{key}:")]
    if not listed:
        return []
    snapshot, first = looked_at(question), question.plan.first_language
    known = {row.said["key"]: row.code for rows in snapshot.rows.values() for row in rows}
    known |= {one["key"]: "" for section in snapshot.sections for one in section.get("paragraphs", ())}
    known |= {region["code"]: region["code"] for region in question.plan.regions or ()}
    found = []
    for one in listed:
        row, *rest = one["check"].removeprefix(f"{key}:").split(":")
        if row in known:
            about = " ".join(filter(None, (known[row], *(known.get(part, part) for part in rest))))
            found.append(Excepted(one["check"], about, by_language(one["reason"], first)))
    return found


def _gates(plan: Plan, results: Sequence[Result]) -> list[GateState]:
    passed = {one.gate: one for one in _this_time(records(plan), in_drafting=plan.in_drafting)}
    behind = max((GATES.index(gate) for gate in passed), default=-1)
    found = []
    for place, gate in enumerate(GATES):
        if gate in passed:
            state = PASSED
        elif place < behind:
            state = SKIPPED
        else:
            state = NEXT if place == behind + 1 and plan.in_drafting else LATER
        own = [one for one in results if one.check.gate == gate]
        found.append(GateState(gate, state, own, passed.get(gate)))
    return found


def _this_time(found: Sequence[VersionRecord], *, in_drafting: bool) -> list[VersionRecord]:
    """The records since the last adoption; of an adopted plan, those up to it. The newest come first."""
    newest = [] if in_drafting else list(found[:1])
    rest = found[len(newest) :]
    return [*newest, *takewhile(lambda one: one.gate != ADOPTION, rest)]


def thresholds() -> Thresholds:
    """The number of each check that has one: what the State set, else the usual one."""
    own = {row.key: row.value for row in db.session.scalars(select(Threshold))}
    usual = {check.key: check.threshold.usual for check in CHECKS.values() if check.threshold}
    return {key: own.get(key, value) for key, value in usual.items()}


@dataclass(frozen=True)
class Setting:
    """The number of a check: the check, the number that holds, and its row version; 0 where it is the usual one."""

    check: Check
    value: int
    row_version: int


def settings() -> list[Setting]:
    """The numbers of all checks that have one."""
    rows = {row.key: row for row in db.session.scalars(select(Threshold))}
    return [_setting(check, rows.get(check.key)) for check in in_order() if check.threshold]


def setting_of(key: str) -> Setting:
    """The number of one check. Raises Missing where it has none."""
    check = check_called(key)
    if check.threshold is None:
        raise Missing
    return _setting(check, db.session.scalar(select(Threshold).where(Threshold.key == key)))


def _setting(check: Check, row: Threshold | None) -> Setting:
    usual = check.threshold.usual if check.threshold else 0
    return Setting(check, row.value if row else usual, row.row_version if row else 0)


def row_marked(result: Result, mark: str) -> Failing:
    """The row that fails under this name. Raises Missing."""
    found = next((one for one in result.found.failing if one.mark and one.mark == mark), None)
    if found is None:
        raise Missing
    return found
