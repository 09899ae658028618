"""What the kinds of row that guidance is about, and those who report an indicator, are called."""

from nap_builder.kernel.languages import _l

KINDS = {
    "task_force": _l("Task force"),
    "section": _l("Section"),
    "paragraph": _l("Paragraph"),
    "pillar": _l("Pillar"),
    "objective": _l("Objective"),
    "output": _l("Output"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
    "baseline": _l("Baseline"),
    "target": _l("Target"),
    "milestone": _l("Milestone"),
    "budget_line": _l("Budget line"),
    "risk": _l("Risk"),
    "policy_review": _l("Policy review"),
}
REPORTERS = {
    "state": _l("The State"),
    "un": _l("The United Nations"),
    "both": _l("The State and the United Nations"),
}
