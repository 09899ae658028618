"""The tasks of writing a plan."""

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, Group, Task
from nap_builder.kernel.languages import _, _n, words_in
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import narrative


def draft(facts: Facts) -> list[Group]:
    """The sections of the text, and the rows of the framework."""
    return [
        Group([_section(facts.plan, line) for line in facts.sections], _("The story of the plan")),
        Group([_framework(facts), _matrix(facts), _indicators(facts)], _("What we will do")),
    ]


def _section(plan: Plan, line: narrative.SectionLine) -> Task:
    section = line.section
    hint = _n("%(num)s paragraph", "%(num)s paragraphs", line.paragraphs) if line.paragraphs else ""
    return Task(
        f"section-{section.key}",
        words_in(section.title, first=plan.first_language),
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
