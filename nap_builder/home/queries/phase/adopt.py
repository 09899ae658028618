"""The tasks of adopting a plan, and of seeing that it is carried out."""

from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.phase.follow import follow
from nap_builder.home.queries.phase.gates import to_pass
from nap_builder.home.queries.tasks import DONE, NOT_STARTED, RUNNING, WAITING, Group, Task
from nap_builder.kernel.checks import PARLIAMENT
from nap_builder.kernel.languages import _, day
from nap_builder.plans.checks.monitoring import REVIEWED
from nap_builder.plans.models.plan import ADOPTED
from nap_builder.readiness.queries import OPEN


def adopt(facts: Facts) -> list[Group]:
    """Parliament, the act of adoption, and the adopted text made public."""
    return [Group([to_pass(facts, PARLIAMENT, _("Be ready for Parliament")), _adoption(facts), _publication(facts)])]


def monitor(facts: Facts) -> list[Group]:
    """The beginning of the execution, who follows it and how, and the reviews."""
    mechanism, *periods = follow(facts)
    return [Group([mechanism, _execution(facts), *periods, _reviews(facts)])]


def _adoption(facts: Facts) -> Task:
    task = Task("adoption", _("Adopt the plan"), "adoption.life", {"slug": facts.plan.slug}, closes=False)
    if not facts.plan.in_drafting:
        return replace(task, state=DONE)
    if facts.proposal is not None:
        until = _("A member has to confirm it by %(day)s.", day=day(facts.proposal.expires_at.date()))
        return replace(task, state=WAITING, status=_("Proposed"), hint=until)
    return task


def _publication(facts: Facts) -> Task:
    label = _("Publish the adopted version")
    task = Task("publication", label, "publishing.versions", {"slug": facts.plan.slug}, closes=False)
    adopted, public = facts.plan.adopted_number, facts.published
    if adopted is None:
        return task
    return replace(task, state=DONE if public is not None and public >= adopted else RUNNING)


def _reviews(facts: Facts) -> Task:
    """Open while the check asks for a mid-term review and an evaluation among the milestones (C11)."""
    label = _("Schedule the review and the evaluation")
    results = [one for gate in facts.readiness.gates for one in gate.results if one.check.key == REVIEWED]
    done = all(one.kind != OPEN for one in results)
    return Task("reviews", label, "plans.milestones", {"slug": facts.plan.slug}, DONE if done else NOT_STARTED)


def _execution(facts: Facts) -> Task:
    task = Task("execution", _("Begin the execution"), "adoption.life", {"slug": facts.plan.slug}, closes=False)
    if facts.plan.in_drafting:
        return task
    return replace(task, state=RUNNING if facts.plan.state == ADOPTED else DONE)
