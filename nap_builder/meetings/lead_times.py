"""When the steps of a process usually fall: months after the decision, at three paces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nap_builder.meetings.names import ADOPT, AGREE, CONSULT, DRAFT, LONG, MONITOR, PREPARE, SHORT, USUAL
from nap_builder.plans.calendar import months_later


@dataclass(frozen=True)
class Lead:
    """A usual step: its phase, and after how many months it falls at each pace."""

    phase: str
    usual: int
    short: int
    long: int

    def months(self, pace: str) -> int:
        """The months after the start, at a pace."""
        return {USUAL: self.usual, SHORT: self.short, LONG: self.long}[pace]


# Twelve to twenty-four months lie between the decision and the launch of the plans that were studied.
LEADS: dict[str, Lead] = {
    "decision": Lead(PREPARE, 0, 0, 0),
    "task_force": Lead(PREPARE, 1, 1, 2),
    "inception": Lead(PREPARE, 2, 1, 3),
    "consultation_opens": Lead(CONSULT, 4, 3, 5),
    "analysis": Lead(PREPARE, 5, 3, 6),
    "consultation_closes": Lead(CONSULT, 8, 5, 10),
    "first_draft": Lead(DRAFT, 9, 6, 13),
    "costing": Lead(AGREE, 11, 7, 16),
    "acceptance": Lead(AGREE, 12, 8, 17),
    "validation": Lead(AGREE, 13, 9, 18),
    "answers": Lead(AGREE, 14, 9, 20),
    "cabinet": Lead(ADOPT, 15, 10, 21),
    "adoption": Lead(ADOPT, 16, 11, 22),
    "tabling": Lead(ADOPT, 17, 12, 23),
    "launch": Lead(ADOPT, 18, 12, 24),
    "first_report": Lead(MONITOR, 18, 12, 24),
}


def usual_days(start: date, pace: str, reporting_months: int) -> Mapping[str, date]:
    """The day of each usual step, by its kind, in order; all are counted from the start.

    The first progress report falls as many months after the launch as lie between two reports of the plan.
    """
    more = {"first_report": reporting_months}
    return {kind: months_later(start, lead.months(pace) + more.get(kind, 0)) for kind, lead in LEADS.items()}
