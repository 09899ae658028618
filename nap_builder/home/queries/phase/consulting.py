"""The tasks of consulting on a plan, drawn from the record of its consultations."""

from dataclasses import replace

from nap_builder.consultations.names import ANSWER_DAYS, WAITING
from nap_builder.consultations.window import OPEN, OVER, state_of
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.tasks import ATTENTION, DONE, NOT_STARTED, RUNNING, Group, Task
from nap_builder.home.queries.tasks import WAITING as HELD_UP
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.languages import _, _n


def consulting(facts: Facts) -> Group:
    """Asking people, reading what they say, answering, and telling what was heard."""
    made = [_regions(facts), _letters(facts), _open_draft(facts), _comments(facts), _answers(facts), _tell(facts)]
    return Group(made, _("Hear and answer"))


def _regions(facts: Facts) -> Task:
    """Done once every region of the plan had a consultation; in a plan without regions, once there was one."""
    task = _of(facts, "consult-regions", _("Record consultations in every region"))
    held, regions = facts.heard.consultations, facts.plan.regions or ()
    if not held:
        return task
    missing = sum(region["code"] not in facts.heard.regions for region in regions)
    if missing:
        hint = _n("%(num)s region had none yet", "%(num)s regions had none yet", missing)
        return replace(task, state=RUNNING, hint=hint)
    hint = _n("%(num)s consultation", "%(num)s consultations", len(held))
    return replace(task, state=DONE, hint=hint)


def _letters(facts: Facts) -> Task:
    """Done once everybody who was asked by letter has answered."""
    task = _of(facts, "consult-letters", _("Ask for contributions by letter"))
    roster = facts.roster
    if not roster.asked:
        return task
    hint = _("%(some)s of %(all)s have answered", some=roster.answered, all=roster.asked)
    if roster.answered == roster.asked:
        return replace(task, state=DONE, hint=hint)
    if roster.late:
        hint = _n("%(num)s answer is late", "%(num)s answers are late", roster.late)
    return replace(task, state=ATTENTION if roster.late else RUNNING, hint=hint)


def _open_draft(facts: Facts) -> Task:
    """Done once the window of a draft is over; under way while it stands open."""
    task = _of(facts, "consult-draft", _("Open the draft for comments"), closes=False)
    states = {state_of(one) for one in facts.heard.consultations if one.version is not None}
    if OPEN in states:
        return replace(task, state=RUNNING, status=_("Open now"))
    return replace(task, state=DONE) if OVER in states else task


def _comments(facts: Facts) -> Task:
    """Done while no comment waits to be looked at."""
    moderates = POLICY["consultations.comment.moderate"].allows(facts.who, facts.plan)
    page = "consultations.comments" if moderates else "consultations.consultations"
    task = _of(facts, "consult-comments", _("Look at the comments that came in"), page, closes=False)
    waiting = facts.comments.get(WAITING, 0)
    if waiting:
        hint = _n("%(num)s comment waits", "%(num)s comments wait", waiting)
        return replace(task, state=ATTENTION, hint=hint)
    return replace(task, state=DONE) if facts.comments else task


def _answers(facts: Facts) -> Task:
    """Done once every contribution has its published answer."""
    task = _of(facts, "consult-answers", _("Answer every contribution"), "consultations.heard", closes=False)
    found = facts.heard
    if not found.contributions:
        return task
    if not found.unanswered:
        return replace(task, state=DONE)
    late = sum(
        one.entered_on is not None and (facts.today - one.entered_on).days > ANSWER_DAYS for one in found.unanswered
    )
    hint = _n("%(num)s has no answer yet", "%(num)s have no answer yet", len(found.unanswered))
    said = _n("%(num)s answer is late", "%(num)s answers are late", late) if late else ""
    return replace(task, state=HELD_UP if late else RUNNING, status=said, hint=hint)


def _tell(facts: Facts) -> Task:
    """Somebody says that it is done: the chapter is theirs to judge. Under way once there is something to tell."""
    task = _of(facts, "consult-tell", _("Tell what you heard and what you did"), "consultations.chapter")
    answered = any(one.response for one in facts.heard.contributions)
    return replace(task, state=RUNNING if answered else NOT_STARTED)


def _of(
    facts: Facts, key: str, label: str, endpoint: str = "consultations.consultations", *, closes: bool = True
) -> Task:
    return Task(key, label, endpoint, {"slug": facts.plan.slug}, closes=closes)
