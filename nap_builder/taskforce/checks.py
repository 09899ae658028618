"""What readiness asks of a plan's task force."""

from nap_builder.kernel.checks import (
    BLOCK,
    CABINET,
    CONSULT,
    PASSES,
    WARN,
    Check,
    Failing,
    Found,
    Place,
    Question,
    declare,
)
from nap_builder.kernel.languages import _, _l
from nap_builder.taskforce.models import CORE_SECTORS
from nap_builder.taskforce.names import SECTORS
from nap_builder.taskforce.queries import Seats, seats

SEATS = Place("plans.edit_task_force")


def seated(question: Question) -> Seats:
    """Who sits in the plan's task force."""
    return question.once(seats, question.plan.id)


def has_the_four(question: Question) -> Found:
    """A1: the four ministries are members."""
    missing = seated(question).missing_sectors
    return Found([Failing(str(SECTORS[sector]), SEATS, key=f"sector:{sector}") for sector in missing], place=SEATS)


def chaired_by_women(question: Question) -> Found:
    """A2: women's affairs chairs, or a reason is recorded."""
    force = seated(question)
    if not force.chairs:
        return Found(says=_("Nobody chairs the task force yet."), place=SEATS)
    if any(body.sector == CORE_SECTORS[0] for body in force.chairs) or (force.body and force.body.chair_reason):
        return PASSES
    return Found([Failing(body.name, SEATS, key=f"institution:{body.code}") for body in force.chairs], place=SEATS)


def wider_than_four(question: Question) -> Found:
    """A3: a ministry beyond the four is a member."""
    others = [body for body in seated(question).members if body.kind == "ministry" and body.sector not in CORE_SECTORS]
    return PASSES if others else Found(says=_("No other ministry is a member."), place=SEATS)


declare(
    Check(
        "A1",
        CONSULT,
        BLOCK,
        _l("The task force includes the ministries for women’s affairs, defence, interior and foreign affairs"),
        _l("Without these four, the plan binds nobody who commands soldiers, police or diplomats."),
        "Pretoria 2007 ¶8",
        has_the_four,
    ),
    Check(
        "A2",
        CABINET,
        WARN,
        _l("The ministry for women’s affairs chairs the task force, or a reason is recorded"),
        _l("Who chairs decides what is spoken about first."),
        "Pretoria 2007 ¶8, ¶15.1(a)",
        chaired_by_women,
    ),
    Check(
        "A3",
        CABINET,
        WARN,
        _l("At least one ministry beyond the four is a member"),
        _l("Health, education, justice and finance carry much of what women need in and after a conflict."),
        "Pretoria 2007 ¶9",
        wider_than_four,
    ),
)
