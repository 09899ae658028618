"""What the calendar makes of an activity or a milestone, whatever was last said of it."""

from dataclasses import dataclass
from datetime import date

from nap_builder.kernel.languages import _, _n, day
from nap_builder.monitoring.progress.names import (
    ACTIVITY_STATUSES,
    AT_RISK,
    BEHIND,
    FINAL_STATUSES,
    LEFT,
    MET,
    NONE,
    ON_TRACK,
    REACHED,
)
from nap_builder.monitoring.progress.thresholds import DEFAULT, Thresholds
from nap_builder.plans.calendar import first_day, last_day


@dataclass(frozen=True, slots=True)
class Standing:
    """How an activity stands: `status` is one of `names.ACTIVITY_STATUSES`, `said` what was last said, if anything.

    `days_late` counts from its end, `days_unstarted` from its start where it should be under way by now.
    """

    status: str
    said: str | None = None
    days_late: int = 0
    days_unstarted: int = 0
    ends: date | None = None

    @property
    def sentence(self) -> str:
        """When it was due, how late it is, and what its ministry said where that differs; empty if it is not late."""
        if self.days_late:
            late = f"{_late(self.ends, self.days_late)}."
            if self.said in (None, "late"):
                return late
            said = str(ACTIVITY_STATUSES[self.said]).lower()
            otherwise = _("Late by its dates; the ministry said: %(status)s.", status=said)
            return f"{late} {otherwise}"
        if self.days_unstarted:
            return _n(
                "It should have started %(num)s day ago.",
                "It should have started %(num)s days ago.",
                self.days_unstarted,
            )
        return ""


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """How a milestone stands: `light` is reached, on_track, at_risk, behind or none (nothing said, and not due).

    `days_late` counts until it was met, else until the day that was asked about; `days_left` until it is due.
    """

    state: str | None
    light: str
    days_late: int = 0
    days_left: int | None = None
    due: date | None = None
    met: bool = False

    @property
    def overdue(self) -> bool:
        """Whether it is past its day and not met."""
        return bool(self.days_late) and not self.met

    @property
    def sentence(self) -> str:
        """When it is due, or how late it is or was."""
        if self.overdue:
            return _late(self.due, self.days_late)
        if self.met and self.days_late:
            return _n("Met %(num)s day late", "Met %(num)s days late", self.days_late)
        if self.met or self.days_left is None:
            return ""
        return _n("Due in %(num)s day", "Due in %(num)s days", self.days_left) if self.days_left else _("Due today")


def _late(due: date | None, days: int) -> str:
    return _n("Due %(day)s, %(num)s day late", "Due %(day)s, %(num)s days late", days, day=day(due))


def standing_of(said: str | None, starts: str | None, ends: str | None, today: date) -> Standing:
    """How an activity stands on a day. `starts` and `ends` are as precise as the plan says them."""
    end = last_day(ends) if ends else None
    if said in FINAL_STATUSES:
        return Standing(said or "", said, ends=end)
    if end is not None and end < today:
        return Standing("late", said, days_late=(today - end).days, ends=end)
    if said in (None, "not_started"):
        begins = first_day(starts) if starts else None
        waited = max(0, (today - begins).days) if begins else 0
        return Standing("not_started", said, days_unstarted=waited, ends=end)
    return Standing(said or "", said, ends=end)


def milestone_standing(
    state: str | None, due: str | None, met_on: date | None, today: date, thresholds: Thresholds = DEFAULT
) -> MilestoneStanding:
    """How a milestone stands on a day; what is dropped or carried over is not late."""
    by = last_day(due) if due else None
    if state in LEFT:
        return MilestoneStanding(state, NONE, due=by)
    met = state in MET or (met_on is not None and met_on <= today)
    until = (met_on or by or today) if met else today
    late = max(0, (until - by).days) if by else 0
    left = None if by is None or met or late else (by - today).days
    return MilestoneStanding(state, _light(state, late, thresholds, met=met), late, left, by, met)


def _light(state: str | None, late: int, thresholds: Thresholds, *, met: bool) -> str:
    if met:
        return REACHED
    if state == "blocked" or late > thresholds.very_late_days:
        return BEHIND
    if state == "at_risk" or late:
        return AT_RISK
    return NONE if state is None else ON_TRACK
