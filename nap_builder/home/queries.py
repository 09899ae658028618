"""What needs a person now, drawn from what the installation holds, and cut to what their roles can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from nap_builder.accounts.models import Person
from nap_builder.kernel.access import POLICY, can
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.backup_record import is_due, last_backup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _, _l, _n, day
from nap_builder.plans.history import told
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import DRAFTERS, MINISTRIES
from nap_builder.plans.problems import COST, DATES, SOURCE
from nap_builder.plans.queries import framework, matrix, narrative
from nap_builder.plans.queries import plan as plans
from nap_builder.publishing.queries import published_version, standing_version
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institutions, seats

MOST_NEEDS = 7
LATE, WARN, WAIT, OPEN = "late", "warn", "wait", "ok"
GRAVITY = (LATE, WARN, WAIT, OPEN)
RUNNERS = frozenset({Role.CHAIR, Role.ADMINISTRATOR})
LACKS = {
    DATES: _l("Say when your activities are done"),
    COST: _l("Say what your activities cost"),
    SOURCE: _l("Say where the money comes from"),
}
PROBLEMS = {"pillar": "", "show": "problems"}


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, its state, and the page where it is done (none where another has to do it)."""

    label: str
    kind: str
    status: str
    hint: str = ""
    endpoint: str | None = None
    parts: dict[str, Any] = field(default_factory=dict)


def needs_of(who: Actor, plan: Plan | None) -> list[Need]:
    """What needs a person now, gravest first, seven at most. `plan` is the newest plan in drafting, if there is one."""
    found: list[Need] = []
    if plan is not None and who.roles & DRAFTERS:
        found += _of_drafters(plan)
    if plan is not None and who.roles & MINISTRIES:
        found += _of_ministries(who, plan)
    if plan is None and who.roles & DRAFTERS:
        found.append(Need(_("Start a plan"), WAIT, _("To do"), _("No plan is in drafting."), "plans.plans"))
    found += _of_the_installation(who)
    return sorted(found, key=lambda need: GRAVITY.index(need.kind))[:MOST_NEEDS]


def draft() -> Plan | None:
    """The plan being written: the one that the public reads, where it is still in drafting, else the newest."""
    drafts, standing = [plan for plan in plans.readable_plans() if plan.in_drafting], standing_version()
    newest = next(iter(drafts), None)
    return next((plan for plan in drafts if standing and plan.id == standing.plan_id), newest)


def places_of(who: Actor, plan: Plan | None) -> list[Institution]:
    """The institutions that a person acts for and that the plan names; each has a page in it."""
    if plan is None or not who.institutions:
        return []
    return [body for body in framework.named_institutions(plan) if body.id in who.institutions]


def _of_drafters(plan: Plan) -> Iterator[Need]:
    here = {"slug": plan.slug}
    counts, named = plans.counts_of(plan), seats(plan.id)
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
    yield from _versions(plan)


def _versions(plan: Plan) -> Iterator[Need]:
    here, version = {"slug": plan.slug}, plans.last_version(plan)
    if version is None:
        yield Need(_("Freeze the first version"), OPEN, _("Not yet"), endpoint="publishing.versions", parts=here)
        return
    when = day(version.frozen_at.date())
    if plan.changed_at.replace(microsecond=0) > version.frozen_at:
        why = _("Version %(number)s was frozen on %(day)s.", number=version.number, day=when)
        yield Need(_("Freeze a new version"), OPEN, _("Changed since"), why, "publishing.versions", here)
    open_now = published_version(plan)
    if can("publishing.version.publish") and (open_now is None or open_now.number < version.number):
        why = _("It was frozen on %(day)s.", day=when)
        label = _("Publish version %(number)s", number=version.number)
        yield Need(label, OPEN, _("Not public yet"), why, "publishing.versions", here)


def _of_ministries(who: Actor, plan: Plan) -> Iterator[Need]:
    here, codes = {"slug": plan.slug}, {body.id: body.code for body in institutions()}
    led = [line for line in matrix.lines_of_plan(plan, "", who) if line.lead in who.institutions]
    for name, label in LACKS.items():
        leads = [line.lead for line in led if line.lead and name in line.lacks]
        if leads:
            said = _n("%(num)s activity", "%(num)s activities", len(leads))
            shown = {**here, **PROBLEMS, **({"lead": codes[leads[0]]} if len(set(leads)) == 1 else {})}
            yield Need(str(label), WARN, said, _("Led by your institution."), "plans.matrix", shown)
    for line in narrative.section_lines(plan):
        if line.section.owner_id in who.institutions and not line.paragraphs:
            where = {**here, "section": line.section.key}
            yield Need(_("Write your institution's section"), WAIT, _("Empty"), endpoint="plans.section", parts=where)


def _of_the_installation(who: Actor) -> Iterator[Need]:
    if who.roles & (DRAFTERS | RUNNERS):
        yield from _backup(who)
    if who.roles & {Role.ADMINISTRATOR}:
        yield from _people()


def _backup(who: Actor) -> Iterator[Need]:
    last = last_backup()
    if not is_due(last):
        return
    if last is None:
        said, why = _("Never made"), _("Without one, a broken disk loses everything.")
    else:
        age = (now() - last.made_at).days
        said = _n("%(num)s day old", "%(num)s days old", age)
        why = _("The last one is of %(day)s.", day=day(last.made_at.date()))
    if who.roles & RUNNERS:
        yield Need(_("Make a backup"), LATE, said, why, "oversight.settings", {"_anchor": "backups"})
    else:
        yield Need(_("Ask the chair or an administrator for a backup"), LATE, said, why)


def _people() -> Iterator[Need]:
    count = db.session.scalar(select(func.count()).select_from(Person).where(Person.active, Person.password.is_(None)))
    if count:
        said = _n("%(num)s person", "%(num)s people", count)
        why = _("They were invited and have not chosen a password yet.")
        yield Need(_("Ask who has not come yet"), WAIT, said, why, "accounts.people")


def last_acts(who: Actor, plan: Plan | None, limit: int = 6) -> list[dict[str, Any]]:
    """The newest acts on the plan in drafting, as sentences, as far as the person may read the draft."""
    if plan is None or not POLICY["plans.draft.read"].allows(who, plan):
        return []
    return [told(entry, changes=False) for entry in plans.last_changes(plan, limit)]
