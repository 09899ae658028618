"""What the states of progress are called, and how a tag or bar shows each."""

from nap_builder.kernel.languages import _l
from nap_builder.monitoring.names import AMOUNTS
from nap_builder.monitoring.names import MILESTONE_STATES as STATES
from nap_builder.monitoring.names import STATUSES as SAID

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
ACTIVITY_STATUSES = {status: SAID[status] for status in ACTIVITY_KINDS}
MILESTONE_STATES = {**STATES, "verified": _l("Completed and verified")}
STAGES = {"planned": _l("Planned"), **AMOUNTS}
