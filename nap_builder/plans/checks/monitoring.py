"""How the plan is followed: checks C10 to C12."""

from nap_builder.kernel.checks import CABINET, PASSES, WARN, Check, Failing, Found, Question, declare
from nap_builder.kernel.languages import _, _l, _n
from nap_builder.plans.checks.pieces import FOLLOWING, MILESTONES, looked_at, of_kinds
from nap_builder.plans.names import MILESTONE_KINDS

REVIEWED = "C11"
REVIEWS = ("mid_term_review", "final_evaluation")


def reports_meet_the_budget(question: Question) -> Found:
    """C10: the plan reports on the same days of every year, so that a report is there for each budget."""
    months = looked_at(question).plan.get("reporting_months", 12)
    if 12 % months == 0:
        return PASSES
    says = _n(
        "The plan reports every %(num)s month, so some budgets are made without a report.",
        "The plan reports every %(num)s months, so some budgets are made without a report.",
        months,
    )
    return Found(says=says, place=FOLLOWING)


def reviews_are_scheduled(question: Question) -> Found:
    """C11: a mid-term review and a final evaluation have a date."""
    snapshot = looked_at(question)
    there = {row.said["kind"] for row in of_kinds(snapshot, *REVIEWS) if row.said.get("due")}
    missing = [kind for kind in REVIEWS if kind not in there]
    return Found([Failing(str(MILESTONE_KINDS[kind]), MILESTONES, key=f"kind:{kind}") for kind in missing])


def civil_society_watches(question: Question) -> Found:
    """C12: civil society has a part in the monitoring."""
    if looked_at(question).plan.get("civil_society_role", "none") != "none":
        return PASSES
    return Found(says=_("The plan gives civil society no part in following it."), place=FOLLOWING)


declare(
    Check(
        "C10",
        CABINET,
        WARN,
        _l("The frequency of reports is set and goes with the budget cycle"),
        _l("A report that comes after the budget moves no money."),
        "S/2007/567 ¶49",
        reports_meet_the_budget,
    ),
    Check(
        REVIEWED,
        CABINET,
        WARN,
        _l("A mid-term review and a final evaluation are scheduled"),
        _l("What is not scheduled at the start is not paid for at the end."),
        _l("Uganda III, Ireland III, Norway"),
        reviews_are_scheduled,
    ),
    Check(
        "C12",
        CABINET,
        WARN,
        _l("Civil society has a part in the monitoring: seats, a shadow report, a report card"),
        _l("Who carries out a plan should not be the only one to say how it goes."),
        _l("Ireland, half of the seats; PeaceWomen: seven plans in ten give civil society a part"),
        civil_society_watches,
    ),
)
