"""What the phases and steps of the process are called, and the states of meetings, attendance and steps."""

from nap_builder.kernel.languages import LazyString, _l

PREPARE, CONSULT, DRAFT, AGREE, ADOPT, MONITOR = "prepare", "consult", "draft", "agree", "adopt", "monitor"
PHASES: dict[str, LazyString] = {
    PREPARE: _l("Prepare"),
    CONSULT: _l("Consult"),
    DRAFT: _l("Write the draft"),
    AGREE: _l("Cost and agree"),
    ADOPT: _l("Adopt"),
    MONITOR: _l("Monitor"),
}

STEPS: dict[str, LazyString] = {
    "decision": _l("The decision to make a plan, with its terms of reference"),
    "task_force": _l("Task force named"),
    "inception": _l("Inception meeting"),
    "consultation_opens": _l("Consultation opens"),
    "analysis": _l("Situation analysis done"),
    "consultation_closes": _l("Consultation closes"),
    "first_draft": _l("First full draft"),
    "costing": _l("Costing done"),
    "acceptance": _l("Ministries have accepted their parts"),
    "validation": _l("Validation workshop"),
    "answers": _l("Every contribution answered"),
    "cabinet": _l("Cabinet deliberates"),
    "adoption": _l("Adoption"),
    "tabling": _l("Tabled in parliament"),
    "launch": _l("Public launch"),
    "first_report": _l("First progress report"),
}

USUAL, SHORT, LONG = "usual", "short", "long"
PACES: dict[str, LazyString] = {
    USUAL: _l("Usual: 18 months to the launch"),
    SHORT: _l("Short: 12 months to the launch"),
    LONG: _l("Long: 24 months to the launch"),
}

OPEN, DONE, DROPPED = "open", "done", "dropped"
STEP_STATES: dict[str, LazyString] = {OPEN: _l("Still to do"), DONE: _l("Done"), DROPPED: _l("Dropped")}

PRESENT, APOLOGIES, ABSENT = "present", "apologies", "absent"
ATTENDANCE: dict[str, LazyString] = {
    PRESENT: _l("Present"),
    APOLOGIES: _l("Sent apologies"),
    ABSENT: _l("Absent"),
}

PLANNED, HELD, DRAFTED, APPROVED, CANCELLED = "planned", "held", "drafted", "approved", "cancelled"
MEETING_STATES: dict[str, LazyString] = {
    PLANNED: _l("Planned"),
    HELD: _l("No minutes yet"),
    DRAFTED: _l("Minutes not approved yet"),
    APPROVED: _l("Minutes approved"),
    CANCELLED: _l("Cancelled"),
}
