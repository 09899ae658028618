"""What the states of progress and the stages of money are called, and how a tag or bar shows each."""

from nap_builder.kernel.languages import LazyString, _l

REACHED, ON_TRACK, AT_RISK, BEHIND, NO_DATA, NONE = "reached", "on_track", "at_risk", "behind", "no_data", "none"
STATUSES: dict[str, LazyString] = {  # of an indicator
    REACHED: _l("Target met"),
    ON_TRACK: _l("On track"),
    AT_RISK: _l("At risk"),
    BEHIND: _l("Behind target"),
    NO_DATA: _l("No data"),
    NONE: _l("Not judged"),
}
STATUS_KINDS = {REACHED: "done", ON_TRACK: "ok", AT_RISK: "warn", BEHIND: "late", NO_DATA: "wait", NONE: "none"}
COMPLETED, VERIFIED, DROPPED, CARRIED_OVER = "completed", "verified", "dropped", "carried_over"
LEFT = frozenset({DROPPED, CARRIED_OVER})
FINAL_STATUSES = LEFT | {COMPLETED}
MET = frozenset({COMPLETED, VERIFIED})
FINAL_MILESTONES = MET | LEFT
ACTIVITY_STATUSES: dict[str, LazyString] = {
    COMPLETED: _l("Finished"),
    "on_track": _l("On track"),
    "at_risk": _l("At risk"),
    "late": _l("Late"),
    "blocked": _l("Blocked"),
    "not_started": _l("Not started"),
    DROPPED: _l("Dropped"),
    CARRIED_OVER: _l("Carried over"),
}
ACTIVITY_KINDS = {
    COMPLETED: "done",
    "on_track": "ok",
    "at_risk": "warn",
    "late": "late",
    "blocked": "blocked",
    "not_started": "none",
    DROPPED: "dropped",
    CARRIED_OVER: "carried",
}
MILESTONE_STATES: dict[str, LazyString] = {
    "planned": _l("Planned"),
    "in_progress": _l("In progress"),
    "at_risk": _l("At risk"),
    "blocked": _l("Blocked"),
    COMPLETED: _l("Completed"),
    VERIFIED: _l("Completed and verified"),
    DROPPED: _l("Dropped"),
    CARRIED_OVER: _l("Carried over"),
}
AMOUNTS: dict[str, LazyString] = {
    "approved": _l("Approved"),
    "committed": _l("Committed"),
    "disbursed": _l("Disbursed"),
    "spent": _l("Spent"),
}
STAGES: dict[str, LazyString] = {"planned": _l("Planned"), **AMOUNTS}
