"""A gate as a task."""

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, Task
from nap_builder.kernel.languages import _, _n, day
from nap_builder.readiness.queries import NEXT, PASSED, SKIPPED, GateState


def to_pass(facts: Facts, gate: str, label: str) -> Task:
    """What is open before a gate, or when the plan passed it."""
    found = facts.readiness.gate(gate)
    state, hint = _standing(found)
    return Task(
        f"gate-{gate}",
        label,
        "readiness.ready",
        {"slug": facts.plan.slug, "_anchor": f"gate-{gate}"},
        state,
        hint=hint,
        given=True,
        closes=False,
        work=False,
    )


def _standing(gate: GateState) -> tuple[str, str]:
    if gate.record is not None:
        return DONE, _("Passed on %(day)s", day=day(gate.record.passed_at.date()))
    if gate.state in (PASSED, SKIPPED):
        return DONE, _("Left out")
    if not gate.open:
        return RUNNING if gate.state == NEXT else NOT_STARTED, _("Nothing is open before it.")
    hint = _n("%(num)s check is open", "%(num)s checks are open", len(gate.open))
    return ATTENTION if gate.blocked and gate.state == NEXT else NOT_STARTED, hint
