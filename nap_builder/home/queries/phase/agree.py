"""The tasks of costing a plan and agreeing on it."""

from dataclasses import replace

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.phase.gates import to_pass
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, WAITING, Group, Task
from nap_builder.kernel.checks import CABINET
from nap_builder.kernel.languages import _, _n, listed, words_in
from nap_builder.plans.money import NOT_COSTED


def agree(facts: Facts) -> list[Group]:
    """The money, the ministries' word, and the way to Cabinet."""
    return [Group([_costs(facts), _commitments(facts), to_pass(facts, CABINET, _("Be ready for Cabinet"))])]


def _costs(facts: Facts) -> Task:
    rows = len(facts.lines)
    costed = sum(line.costing != NOT_COSTED for line in facts.lines)
    task = Task("costs", _("Cost the plan and show the gaps"), "plans.costs", {"slug": facts.plan.slug})
    if not rows:
        return task
    hint = _n("%(costed)s of %(num)s activity costed", "%(costed)s of %(num)s activities costed", rows, costed=costed)
    return replace(task, state=DONE if costed == rows else RUNNING if costed else NOT_STARTED, hint=hint)


def _commitments(facts: Facts) -> Task:
    standing = facts.commitments
    totals = standing.totals
    label = _("Ask ministries to accept their activities")
    task = Task("commitments", label, "commitments.board", {"slug": facts.plan.slug})
    if not totals.ever_asked:
        return task
    said = _n(
        "%(accepted)s of %(num)s accepted",
        "%(accepted)s of %(num)s accepted",
        totals.activities,
        accepted=totals.accepted,
    )
    if standing.requests_to_decide:
        return replace(task, state=ATTENTION, status=_("Change asked for"), hint=said)
    if waiting := standing.waiting_on:
        named = listed(words_in(one.institution.called) for one in waiting[:3])
        hint = _("%(accepted)s. Still to answer: %(ministries)s", accepted=said, ministries=named)
        status = _n("Waiting on %(num)s ministry", "Waiting on %(num)s ministries", len(waiting))
        return replace(task, state=WAITING, status=status, hint=hint)
    return replace(task, state=DONE if totals.accepted == totals.activities else RUNNING, hint=said)
