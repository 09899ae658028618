"""What the states of progress are called, and how a tag or bar shows each."""

from nap_builder.kernel.languages import _l

REACHED, ON_TRACK, AT_RISK, BEHIND, NO_DATA, NONE = "reached", "on_track", "at_risk", "behind", "no_data", "none"
STATUSES = {
    REACHED: _l("Target met"),
    ON_TRACK: _l("On track"),
    AT_RISK: _l("At risk"),
    BEHIND: _l("Behind target"),
    NO_DATA: _l("No data"),
    NONE: _l("Not judged"),
}
STATUS_KINDS = {REACHED: "done", ON_TRACK: "ok", AT_RISK: "warn", BEHIND: "late", NO_DATA: "wait", NONE: "none"}
ACTIVITY_STATUSES = {
    "completed": _l("Completed"),
    "on_track": _l("On track"),
    "at_risk": _l("At risk"),
    "late": _l("Late"),
    "blocked": _l("Blocked"),
    "not_started": _l("Not started"),
    "dropped": _l("Dropped"),
    "carried_over": _l("Carried over"),
}
ACTIVITY_KINDS = {
    "completed": "done",
    "on_track": "ok",
    "at_risk": "warn",
    "late": "late",
    "blocked": "blocked",
    "not_started": "none",
    "dropped": "dropped",
    "carried_over": "carried",
}
MILESTONE_STATES = {
    "planned": _l("Planned"),
    "in_progress": _l("In progress"),
    "at_risk": _l("At risk"),
    "blocked": _l("Blocked"),
    "completed": _l("Completed"),
    "verified": _l("Completed and verified"),
    "dropped": _l("Dropped"),
    "carried_over": _l("Carried over"),
}
STAGES = {
    "planned": _l("Planned"),
    "approved": _l("Approved"),
    "committed": _l("Committed"),
    "disbursed": _l("Paid out"),
    "spent": _l("Spent"),
}
