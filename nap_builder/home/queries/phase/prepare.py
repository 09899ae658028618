"""The tasks of preparing a plan, and of consulting on it."""

from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.phase.consulting import consulting
from nap_builder.home.queries.phase.gates import to_pass
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, Group, Task
from nap_builder.kernel.checks import CONSULT
from nap_builder.kernel.languages import _, _n, day
from nap_builder.plans.queries.versions import as_it_stands


def prepare(facts: Facts) -> list[Group]:
    """Who makes the plan, by which rules, and when."""
    return [Group([_task_force(facts), _terms(facts), _calendar(facts)])]


def consult(facts: Facts) -> list[Group]:
    """A version to speak about, and what comes of speaking about it."""
    return [Group([to_pass(facts, CONSULT, _("Be ready to consult")), _version(facts)]), consulting(facts)]


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


def _calendar(facts: Facts) -> Task:
    late = sum(step.is_late(facts.today) for step in facts.steps)
    hint = _n("%(num)s step is late", "%(num)s steps are late", late) if late else ""
    state = (ATTENTION if late else DONE) if facts.steps else NOT_STARTED
    label = _("Make the calendar of the process")
    return Task("calendar", label, "meetings.calendar", {"slug": facts.plan.slug}, state, hint=hint)


def _version(facts: Facts) -> Task:
    task = Task("version", _("Freeze a version"), "publishing.versions", {"slug": facts.plan.slug}, closes=False)
    version = facts.version
    if version is None:
        return task
    hint = _("Version %(number)s was frozen on %(day)s", number=version.number, day=day(version.frozen_at.date()))
    if not as_it_stands(version, facts.plan):
        return replace(task, state=RUNNING, status=_("Changed since"), hint=hint)
    return replace(task, state=DONE, hint=hint)
