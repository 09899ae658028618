"""What a plan that is being written lacks, for those who can give it."""

from collections.abc import Iterator

from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.need import OPEN, WAIT, WARN, Need
from nap_builder.kernel.access import can
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _, _l, _n, day
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.problems import COST, DATES, SOURCE
from nap_builder.plans.queries.versions import as_it_stands
from nap_builder.publishing.queries import published_version
from nap_builder.taskforce.queries import institutions

LACKS = {
    DATES: _l("Say when your activities are done"),
    COST: _l("Say what your activities cost"),
    SOURCE: _l("Say where the money comes from"),
}
PROBLEMS = {"pillar": "", "show": "problems"}


def of_drafters(facts: Facts) -> Iterator[Need]:
    """What the secretariat and the chair can mend."""
    plan, counts, named = facts.plan, facts.counts, facts.seats
    here = {"slug": plan.slug}
    if not named.members:
        yield Need(_("Name the task force"), WARN, _("To do"), _("No member is named yet."), "plans.task_force", here)
    elif missing := named.missing_sectors:
        said = _n("%(num)s of the four is missing", "%(num)s of the four are missing", len(missing))
        why = _("Women's affairs, defence, interior and foreign affairs sit in every task force.")
        yield Need(_("Complete the task force"), WARN, said, why, "plans.task_force", here)
    if counts.unled:
        said = _n("%(num)s activity", "%(num)s activities", counts.unled)
        yield Need(_("Find a lead for every activity"), WARN, said, _("Led by nobody so far."), "plans.unled", here)
    if counts.unmeasured:
        said = _n("%(num)s indicator", "%(num)s indicators", counts.unmeasured)
        yield Need(_("Give every indicator a baseline"), WARN, said, endpoint="plans.indicators", parts=here)
    if empty := counts.sections - counts.written:
        said = _n("%(num)s section", "%(num)s sections", empty)
        yield Need(_("Write the sections that are empty"), WAIT, said, endpoint="plans.sections", parts=here)
    yield from _versions(plan, facts.version)


def _versions(plan: Plan, version: PlanVersion | None) -> Iterator[Need]:
    here = {"slug": plan.slug}
    if version is None:
        yield Need(_("Freeze the first version"), OPEN, _("Not yet"), endpoint="publishing.versions", parts=here)
        return
    when = day(version.frozen_at.date())
    if not as_it_stands(version, plan):
        why = _("Version %(number)s was frozen on %(day)s.", number=version.number, day=when)
        yield Need(_("Freeze a new version"), OPEN, _("Changed since"), why, "publishing.versions", here)
    open_now = published_version(plan)
    if can("publishing.version.publish") and (open_now is None or open_now.number < version.number):
        why = _("It was frozen on %(day)s.", day=when)
        label = _("Publish version %(number)s", number=version.number)
        yield Need(label, OPEN, _("Not public yet"), why, "publishing.versions", here)


def of_ministries(who: Actor, facts: Facts) -> Iterator[Need]:
    """What a ministry's people can mend in what their institution leads or writes."""
    plan = facts.plan
    here, codes = {"slug": plan.slug}, {body.id: body.code for body in institutions()}
    led = [line for line in facts.lines if line.lead in who.institutions]
    for name, label in LACKS.items():
        leads = [line.lead for line in led if line.lead and name in line.lacks]
        if leads:
            said = _n("%(num)s activity", "%(num)s activities", len(leads))
            shown = {**here, **PROBLEMS, **({"lead": codes[leads[0]]} if len(set(leads)) == 1 else {})}
            yield Need(str(label), WARN, said, _("Led by your institution."), "plans.matrix", shown)
    for line in facts.sections:
        if line.section.owner_id in who.institutions and not line.paragraphs:
            where = {**here, "section": line.section.key}
            yield Need(_("Write your institution's section"), WAIT, _("Empty"), endpoint="plans.section", parts=where)
