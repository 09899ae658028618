"""The six phases of a plan, each with its tasks as the data has them now."""

from collections.abc import Callable
from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, Group, Phase, Task, owned, owners_of
from nap_builder.kernel.languages import LazyString, _, _l, _n, day, words_in
from nap_builder.plans.models.plan import CONSULTATION, VALIDATION, Plan
from nap_builder.plans.queries import narrative

PREPARE, CONSULT, DRAFT, AGREE, ADOPT, MONITOR = "prepare", "consult", "draft", "agree", "adopt", "monitor"
PHASES: dict[str, LazyString] = {
    PREPARE: _l("Prepare"),
    CONSULT: _l("Consult"),
    DRAFT: _l("Draft"),
    AGREE: _l("Cost and agree"),
    ADOPT: _l("Adopt"),
    MONITOR: _l("Monitor"),
}


def phases_of(facts: Facts) -> list[Phase]:
    """The six phases in their order, each task with who keeps it moving."""
    said = owners_of(facts.plan)
    return [
        Phase(key, str(name), [replace(group, tasks=owned(group.tasks, said)) for group in _GROUPS[key](facts)])
        for key, name in PHASES.items()
    ]


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


def _prepare(facts: Facts) -> list[Group]:
    return [Group([_task_force(facts), _terms(facts)])]


def _task_force(facts: Facts) -> Task:
    task = Task("task-force", _("Name the task force"), "plans.task_force", {"slug": facts.plan.slug})
    if not facts.seats.members:
        return task
    if missing := facts.seats.missing_sectors:
        hint = _n(
            "%(num)s of the four ministries it needs is missing",
            "%(num)s of the four ministries it needs are missing",
            len(missing),
        )
        return replace(task, state=ATTENTION, hint=hint)
    return replace(task, state=DONE, hint=_("The four ministries it needs are members"))


def _terms(facts: Facts) -> Task:
    body = facts.seats.body
    said = [bool(body and body.mandate), bool(body and body.meets_every_months)]
    state = DONE if all(said) else RUNNING if any(said) else NOT_STARTED
    label = _("Agree who meets, when and who decides")
    return Task("terms", label, "plans.edit_task_force", {"slug": facts.plan.slug}, state)


def _draft(facts: Facts) -> list[Group]:
    return [
        Group([_section(facts.plan, line) for line in facts.sections], _("The story of the plan")),
        Group([_framework(facts), _matrix(facts), _indicators(facts)], _("What we will do")),
    ]


def _section(plan: Plan, line: narrative.SectionLine) -> Task:
    section = line.section
    hint = _n("%(num)s paragraph", "%(num)s paragraphs", line.paragraphs) if line.paragraphs else ""
    return Task(
        f"section-{section.key}",
        words_in(section.title, plan.first_language),
        "plans.section",
        {"slug": plan.slug, "section": section.key},
        RUNNING if line.paragraphs else NOT_STARTED,
        hint=hint,
        owner=section.owner,
        given=False,
    )


def _framework(facts: Facts) -> Task:
    plan, counts = facts.plan, facts.counts
    hint = " · ".join(
        [
            _n("%(num)s pillar", "%(num)s pillars", counts.pillars),
            _n("%(num)s objective", "%(num)s objectives", counts.objectives),
        ]
    )
    state = DONE if counts.objectives else RUNNING if counts.pillars else NOT_STARTED
    return Task(
        "framework", _("Choose pillars and objectives"), "plans.framework", {"slug": plan.slug}, state, hint=hint
    )


def _matrix(facts: Facts) -> Task:
    counts = facts.counts
    hint = _n("%(num)s activity", "%(num)s activities", counts.activities)
    if counts.unled:
        unled = _n("%(num)s activity is led by nobody", "%(num)s activities are led by nobody", counts.unled)
        hint = f"{hint} · {unled}"
    state = (ATTENTION if counts.unled else DONE) if counts.activities else NOT_STARTED
    return Task("matrix", _("Fill in the results matrix"), "plans.matrix", {"slug": facts.plan.slug}, state, hint=hint)


def _indicators(facts: Facts) -> Task:
    counts = facts.counts
    hint = _n("%(num)s indicator", "%(num)s indicators", counts.indicators)
    if counts.unmeasured:
        hint = _n("%(num)s indicator has no baseline", "%(num)s indicators have no baseline", counts.unmeasured)
    state = (ATTENTION if counts.unmeasured else DONE) if counts.indicators else NOT_STARTED
    label = _("Choose indicators, baselines and targets")
    return Task("indicators", label, "plans.indicators", {"slug": facts.plan.slug}, state, hint=hint)


def _version(facts: Facts) -> Task:
    task = Task("version", _("Freeze a version"), "publishing.versions", {"slug": facts.plan.slug}, closes=False)
    version = facts.version
    if version is None:
        return task
    hint = _("Version %(number)s was frozen on %(day)s", number=version.number, day=day(version.frozen_at.date()))
    if facts.plan.changed_at.replace(microsecond=0) > version.frozen_at:
        return replace(task, state=RUNNING, status=_("Changed since"), hint=hint)
    return replace(task, state=DONE, hint=hint)


def _none(_facts: Facts) -> list[Group]:
    return [Group([])]


_GROUPS: dict[str, Callable[[Facts], list[Group]]] = {
    PREPARE: _prepare,
    CONSULT: lambda facts: [Group([_version(facts)])],
    DRAFT: _draft,
    AGREE: _none,
    ADOPT: _none,
    MONITOR: _none,
}
