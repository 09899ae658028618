"""Who may do what with a plan, its text and its results framework."""

from typing import Any

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import STAFF, Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.models.framework import Activity, Objective, Output
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.narrative import Paragraph, Photograph, Section
from nap_builder.plans.models.plan import Plan

MINISTRIES = frozenset({Role.OFFICIAL, Role.FOCAL_POINT})
DRAFTERS = frozenset({Role.SECRETARIAT, Role.CHAIR})


def plan_of(subject: Any) -> Plan:
    """The plan that a row belongs to, or the plan itself."""
    if isinstance(subject, Plan):
        return subject
    plan: Plan = subject.activity.plan if isinstance(subject, BudgetLine) else subject.plan
    return plan


def leader_of(row: Any) -> int | None:
    """The row id of the institution that leads a row of the framework: its own lead, or that of the nearest row above.

    A pillar and the plan are led by nobody; what hangs on a row (an indicator, milestone or budget line) goes with it.
    """
    while row is not None:
        if isinstance(row, Objective | Output | Activity) and row.lead_id is not None:
            return row.lead_id
        row = above(row)
    return None


def above(row: Any) -> Any:
    """The nearest row above a row of the framework; None at the top."""
    if isinstance(row, Activity):
        return row.output or row.objective or row.pillar
    if isinstance(row, Output):
        return row.objective
    if isinstance(row, Objective):
        return row.pillar
    if isinstance(row, Indicator):
        return row.activity or row.output or row.objective or row.pillar
    if isinstance(row, Milestone):
        return row.activity or row.objective
    return row.activity if isinstance(row, BudgetLine) else None


def in_drafting(_who: Actor, subject: Any) -> bool:
    """While the plan is in drafting."""
    return plan_of(subject).in_drafting


def owns_section(who: Actor, subject: Any) -> bool:
    """Whether the section, or that of the paragraph or photograph, is owned by the person's institution."""
    section = subject.section if isinstance(subject, Paragraph | Photograph) else subject
    return isinstance(section, Section) and section.owner_id in who.institutions


def leads_row(who: Actor, subject: Any) -> bool:
    """Whether the row is led by the person's institution."""
    return leader_of(subject) in who.institutions


def owns_restricted(who: Actor, subject: Any) -> bool:
    """Whether a restricted section or activity is owned, or led, by the person's institution."""
    return owns_section(who, subject) or leads_row(who, subject)


def speaks_for_an_institution(who: Actor, _subject: Any) -> bool:
    """Whether the person speaks for an institution; what is done then keeps to what is that institution's."""
    return bool(who.institutions)


def owns_what_was_done(who: Actor, done: Any) -> bool:
    """Whether every row that an act was about is owned, or led, by the person's institution."""
    return all(owns_restricted(who, row) for row in done.rows)


POLICY.declare(
    Rule(
        "plans.draft.read",
        row="A04",
        y=STAFF,
        hidden=True,
        anywhere=True,
        says=_l("Read the working plan, its history and its draft PDF"),
    ),
    Rule(
        "plans.restricted.read",
        row="A06",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_restricted,
        hidden=True,
        says=_l("Read a restricted section or activity"),
    ),
    Rule(
        "plans.paragraph.write",
        row="A16",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_section,
        when=in_drafting,
        says=_l("Write the text of a section"),
    ),
    Rule(
        "plans.photograph.erase",
        row="A16",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_section,
        says=_l("Delete a photograph for good"),
    ),
    Rule(
        "plans.section.arrange",
        row="A16",
        y=DRAFTERS,
        when=in_drafting,
        says=_l("Add, name, move and archive sections, and give them to an institution"),
    ),
    Rule(
        "plans.row.write",
        row="A17",
        y=DRAFTERS,
        o=MINISTRIES,
        own=leads_row,
        when=in_drafting,
        says=_l("Write objectives, activities, indicators and budget lines"),
    ),
    Rule(
        "plans.rows.write",
        row="A17",
        y=DRAFTERS,
        o=MINISTRIES,
        own=speaks_for_an_institution,
        when=in_drafting,
        says=_l("Set the dates of several activities at once"),
    ),
    Rule(
        "plans.act.undo",
        row="A17",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_what_was_done,
        when=in_drafting,
        says=_l("Undo what one did oneself"),
    ),
    Rule(
        "plans.framework.arrange",
        row="A18",
        y=DRAFTERS,
        when=in_drafting,
        says=_l("Add, move and archive pillars and objectives, and give them to an institution"),
    ),
    Rule("plans.plan.start", row="A19", y=DRAFTERS, says=_l("Start a plan")),
    Rule(
        "plans.plan.write",
        row="A19",
        y=DRAFTERS,
        when=in_drafting,
        says=_l("Write a plan's title, period, languages and other facts"),
    ),
    Rule("plans.unit_cost.write", row="A19", y=DRAFTERS, says=_l("Keep the State’s table of unit costs")),
    Rule("plans.version.freeze", row="A28", y=DRAFTERS, says=_l("Freeze a numbered version")),
)
