"""What the entries of the record of parliament are called, and what each kind of them says."""

from nap_builder.kernel.languages import LazyString, _l

TABLING, REFERRAL, DEBATE, QUESTION = "tabling", "referral", "debate", "question"
RESOLUTION, UNDERTAKING, REVIEW = "resolution", "undertaking", "review"
KINDS: dict[str, LazyString] = {
    TABLING: _l("Tabling"),
    REFERRAL: _l("Referral"),
    DEBATE: _l("Debate"),
    QUESTION: _l("Question"),
    RESOLUTION: _l("Resolution"),
    UNDERTAKING: _l("Undertaking"),
    REVIEW: _l("Review"),
}
RECORDING: dict[str, LazyString] = {
    TABLING: _l("Record a tabling"),
    REFERRAL: _l("Record a referral"),
    DEBATE: _l("Record a debate"),
    QUESTION: _l("Record a question"),
    RESOLUTION: _l("Record a resolution"),
    UNDERTAKING: _l("Record an undertaking"),
    REVIEW: _l("Record a review"),
}
FOR_WHAT: dict[str, LazyString] = {
    TABLING: _l("The plan is laid before parliament, in one of its versions."),
    REFERRAL: _l("Parliament sends the plan to one of its committees."),
    DEBATE: _l("The house or a committee speaks about the plan. Record it beforehand, and it stands among the dates."),
    QUESTION: _l("A member asks about the plan, and the government answers."),
    RESOLUTION: _l("What the house or a committee resolved about the plan."),
    UNDERTAKING: _l("What the government told parliament it would do: who does it, and by when."),
    REVIEW: _l("Parliament looks again at how the plan goes."),
}
# What an entry of a kind says beyond what every entry says.
SAYS: dict[str, frozenset[str]] = {
    TABLING: frozenset({"body", "embargoed_until"}),
    REFERRAL: frozenset({"body"}),
    DEBATE: frozenset({"body"}),
    QUESTION: frozenset({"asked_by", "answer", "answered_on", "debate_id"}),
    RESOLUTION: frozenset({"body", "debate_id"}),
    UNDERTAKING: frozenset({"owner_id", "due", "debate_id"}),
    REVIEW: frozenset({"body"}),
}
REFERENCES: dict[str, LazyString] = {
    "paragraph": _l("Paragraph"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
}

OPEN, LATE, KEPT = "open", "late", "kept"
STANDINGS: dict[str, LazyString] = {OPEN: _l("Open"), LATE: _l("Late"), KEPT: _l("Kept")}
LOOKS = {OPEN: "wait", LATE: "late", KEPT: "done"}

RHYTHMS: dict[str, LazyString] = {
    "6": _l("Every half-year"),
    "12": _l("Every year"),
    "24": _l("Every two years"),
}
