"""The six phases of a plan, each with its tasks as the data has them now."""

from collections.abc import Callable
from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.phase.adopt import adopt, monitor
from nap_builder.home.queries.phase.agree import agree
from nap_builder.home.queries.phase.draft import draft
from nap_builder.home.queries.phase.prepare import consult, prepare
from nap_builder.home.queries.tasks import DONE, Group, Phase, owned, owners_of
from nap_builder.kernel.languages import _, when
from nap_builder.meetings.names import ADOPT, AGREE, CONSULT, DRAFT, MONITOR, PHASES, PREPARE
from nap_builder.plans.models.plan import CONSULTATION, VALIDATION, Plan

_GROUPS: dict[str, Callable[[Facts], list[Group]]] = {
    PREPARE: prepare,
    CONSULT: consult,
    DRAFT: draft,
    AGREE: agree,
    ADOPT: adopt,
    MONITOR: monitor,
}


def phases_of(facts: Facts) -> list[Phase]:
    """The six phases in their order, each task with who keeps it moving."""
    said = owners_of(facts.plan)
    phases = {
        key: Phase(key, str(name), [replace(group, tasks=owned(group.tasks, said)) for group in _GROUPS[key](facts)])
        for key, name in PHASES.items()
    }
    if facts.plan.in_drafting:
        begins = _("Starts in %(month)s", month=when(facts.plan.starts.strftime("%Y-%m")))
        phases[MONITOR] = replace(phases[MONITOR], to_come=begins)
    else:
        phases = {key: replace(phase, over=key != MONITOR) for key, phase in phases.items()}
    return list(phases.values())


def phase_now(plan: Plan, phases: list[Phase]) -> Phase:
    """The phase that the plan is in: its state says it, and while it is drafted, how far the preparation is."""
    named = {phase.key: phase for phase in phases}
    if not plan.in_drafting:
        return named[MONITOR]
    if plan.state == CONSULTATION:
        return named[CONSULT]
    if plan.state == VALIDATION:
        return named[ADOPT] if named[AGREE].state == DONE else named[AGREE]
    return named[DRAFT] if named[PREPARE].state == DONE else named[PREPARE]
