"""What there is to do on a plan now, each task with a state that the data gives."""

from collections.abc import Iterable

from flask import url_for

from nap_builder.kernel.languages import _, _n, day
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import Counts, LastVersion
from nap_builder.taskforce.queries import seats

Task = dict[str, str]


def tasks_of(plan: Plan, counts: Counts, version: LastVersion | None) -> list[Task]:
    """The tasks of a plan in drafting, in the order in which they are usually done."""
    return [
        _task_force(plan),
        _text(plan, counts),
        _matrix(plan, counts),
        _version(plan, version),
    ]


def _task(label: str, href: str, state: tuple[str, str], hint: str = "") -> Task:
    return {"label": label, "href": href, "kind": state[0], "status": state[1], "hint": hint}


def _text(plan: Plan, counts: Counts) -> Task:
    empty = counts.sections - counts.written
    if not counts.paragraphs:
        state, hint = ("none", _("Not started")), ""
    elif empty:
        state, hint = ("ok", _("In progress")), _n("%(num)s section is empty", "%(num)s sections are empty", empty)
    else:
        state, hint = ("done", _("Done")), _("Every section has text")
    return _task(_("Write the text"), url_for("plans.sections", slug=plan.slug), state, hint)


def _matrix(plan: Plan, counts: Counts) -> Task:
    lacks = list(_lacks(counts))
    if not counts.activities:
        state = ("none", _("Not started"))
    elif lacks:
        state = ("warn", _("Needs attention"))
    else:
        state = ("done", _("Done"))
    return _task(_("Fill in the results matrix"), url_for("plans.matrix", slug=plan.slug), state, " · ".join(lacks))


def _lacks(counts: Counts) -> Iterable[str]:
    if counts.unled:
        yield _n("%(num)s activity is led by nobody", "%(num)s activities are led by nobody", counts.unled)
    if counts.unmeasured:
        yield _n("%(num)s indicator has no baseline", "%(num)s indicators have no baseline", counts.unmeasured)


def _task_force(plan: Plan) -> Task:
    named = seats(plan.id)
    if not named.members:
        state, hint = ("none", _("Not started")), ""
    elif missing := named.missing_sectors:
        hint = _n(
            "%(num)s of the four ministries it needs is missing",
            "%(num)s of the four ministries it needs are missing",
            len(missing),
        )
        state = ("warn", _("Needs attention"))
    else:
        state, hint = ("done", _("Done")), _("The four ministries it needs are members")
    return _task(_("Name the task force"), url_for("plans.task_force", slug=plan.slug), state, hint)


def _version(plan: Plan, version: LastVersion | None) -> Task:
    href = url_for("publishing.versions", slug=plan.slug)
    if version is None:
        return _task(_("Freeze a version"), href, ("none", _("Not started")))
    hint = _("Version %(number)s was frozen on %(day)s", number=version.number, day=day(version.frozen_at.date()))
    if plan.changed_at.replace(microsecond=0) > version.frozen_at:
        return _task(_("Freeze a version"), href, ("ok", _("Changed since")), hint)
    return _task(_("Freeze a version"), href, ("done", _("Done")), hint)
