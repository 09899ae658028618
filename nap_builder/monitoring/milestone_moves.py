"""Which state a milestone may take after which, and what has to be said with it."""

from collections.abc import Mapping
from datetime import date

from nap_builder.kernel.languages import _, day
from nap_builder.monitoring.progress.names import (
    CARRIED_OVER,
    COMPLETED,
    DROPPED,
    LEFT,
    MET,
    MILESTONE_STATES,
    VERIFIED,
)

NOT_BEGUN = "planned"
UNDER_WAY = ("in_progress", "at_risk", "blocked")
ENDS = (COMPLETED, DROPPED, CARRIED_OVER)
STATE, MET_ON, REASON = OF_A_MILESTONE = ("state", "met_on", "reason")  # what is said of one
Fault = tuple[str, str]
# What may be said of a milestone, by what was said of it in the period before. Verified it becomes with its report.
MOVES: Mapping[str, tuple[str, ...]] = {
    NOT_BEGUN: (NOT_BEGUN, *UNDER_WAY, *ENDS),
    **dict.fromkeys(UNDER_WAY, (*UNDER_WAY, *ENDS)),
    COMPLETED: (COMPLETED,),
    VERIFIED: (COMPLETED,),
    DROPPED: (DROPPED,),
    CARRIED_OVER: (CARRIED_OVER,),
}


def offered_after(before: str | None) -> tuple[str, ...]:
    """The states that may be said of a milestone, by what was said of it before (None: nothing yet)."""
    return MOVES[before or NOT_BEGUN]


def fault_of(
    before: str | None, after: str | None, reason: Mapping[str, str] | None, met_on: date | None, today: date
) -> Fault | None:
    """What is wrong with what is said of a milestone: which of `OF_A_MILESTONE`, and a sentence; None where nothing is.

    `before` is what was said of it in an earlier period, `today` the day in the plan's time zone.
    """
    if after not in offered_after(before):
        return STATE, _out_of_turn(before, after)
    if after in LEFT and not reason:
        return REASON, _("Say why it is dropped.") if after == DROPPED else _("Say why it is carried over.")
    fault = _fault_of_day(after, met_on, today)
    return (MET_ON, fault) if fault else None


def lacks_evidence(state: str | None, pieces: int) -> bool:
    """Whether a milestone is said to be reached, and nothing shows it: worth a flag, and no fault."""
    return state in MET and not pieces


def _out_of_turn(before: str | None, after: str | None) -> str:
    if after not in MILESTONE_STATES or after == VERIFIED:
        return _("Choose how the milestone stands.")
    was, is_now = MILESTONE_STATES[before or NOT_BEGUN], MILESTONE_STATES[after]
    return _("It was “%(before)s”, so it cannot become “%(after)s”.", before=was, after=is_now)


def _fault_of_day(after: str | None, met_on: date | None, today: date) -> str | None:
    if after != COMPLETED:
        return _("Only what is completed has a day on which it was.") if met_on else None
    if met_on is None:
        return _("Write the day on which it was completed.")
    if met_on > today:
        return _("It cannot have been completed after today, %(today)s.", today=day(today))
    return None
