"""What the values of the room's lists are called, with the kind of tag that some of them wear."""

from collections.abc import Iterable, Mapping

from nap_builder.kernel.languages import LazyString, _l

KINDS: dict[str, LazyString] = {
    "meeting": _l("Meeting"),
    "workshop": _l("Workshop"),
    "hearing": _l("Hearing"),
    "written": _l("Call for written contributions"),
    "online": _l("Online comments on a draft"),
    "survey": _l("Survey"),
    "interview": _l("Interviews"),
}
ROUNDS: dict[str, LazyString] = {
    "outline": _l("Outline"),
    "inception": _l("Start of the process"),
    "draft": _l("Draft"),
    "validation": _l("Validation"),
    "monitoring": _l("Monitoring"),
    "evaluation": _l("Evaluation"),
}
WITH_WHOM: dict[str, LazyString] = {
    "womens_organisations": _l("Women’s organisations"),
    "civil_society": _l("Other civil society"),
    "conflict_affected_women": _l("Women affected by conflict"),
    "displaced": _l("Displaced people"),
    "young_women": _l("Young women"),
    "women_with_disabilities": _l("Women with disabilities"),
    "security_women": _l("Women in the security services"),
    "traditional_or_faith": _l("Traditional or faith leaders"),
    "academia": _l("Universities and research"),
    "media": _l("Media"),
    "parliament": _l("Parliament"),
    "local_government": _l("Local government"),
    "diaspora": _l("Diaspora"),
    "private_sector": _l("Private sector"),
}
VISIBILITIES: dict[str, LazyString] = {
    "public": _l("Everybody"),
    "task_force": _l("The task force"),
    "steward": _l("Those who keep the record, and nobody else"),
}
CONSULTATION_ATTRIBUTIONS: dict[str, LazyString] = {
    "named": _l("With names"),
    "organisation": _l("With the organisation’s name alone"),
    "non_attributed": _l("Without any name"),
}
RISKS: dict[str, LazyString] = {"low": _l("Low"), "medium": _l("Medium"), "high": _l("High")}
RISK_KINDS = {"low": "none", "medium": "warn", "high": "late"}
ACCESSES: dict[str, LazyString] = {"public": _l("Everybody"), "invited": _l("Those who are invited")}
ATTRIBUTIONS: dict[str, LazyString] = {
    "named": _l("With a name"),
    "organisation": _l("With the organisation’s name"),
    "steward": _l("For the steward alone"),
    "anonymous": _l("Without a name"),
}
CHANNELS: dict[str, LazyString] = {
    "event": _l("At the event"),
    "paper": _l("On paper"),
    "letter": _l("Letter"),
    "e_mail": _l("E-mail"),
    "phone": _l("Telephone"),
    "online": _l("Online"),
    "proxy": _l("Through an organisation"),
}
SEXES: dict[str, LazyString] = {
    "women": _l("Women"),
    "men": _l("Men"),
    "other": _l("Another sex"),
    "undisclosed": _l("Not disclosed"),
}
AGES: dict[str, LazyString] = {
    "under_18": _l("Under 18"),
    "age_18_30": _l("18 to 30"),
    "age_31_60": _l("31 to 60"),
    "over_60": _l("Over 60"),
}
TRAITS: dict[str, LazyString] = {
    "displaced": _l("Displaced"),
    "disability": _l("With a disability"),
    "conflict_affected": _l("Affected by conflict"),
    "rural": _l("From rural areas"),
    "security_sector": _l("Of the security sector"),
    "womens_organisations": _l("Of women’s organisations"),
}
DECISIONS: dict[str, LazyString] = {
    "accepted": _l("Accepted"),
    "partly_accepted": _l("Partly accepted"),
    "already_in_plan": _l("Already in the plan"),
    "deferred": _l("Deferred"),
    "not_accepted": _l("Not accepted"),
    "out_of_scope": _l("Outside the scope of the plan"),
}
DECISION_KINDS = {
    "accepted": "done",
    "partly_accepted": "ok",
    "already_in_plan": "ok",
    "deferred": "wait",
    "not_accepted": "none",
    "out_of_scope": "none",
}
WAITING, ACCEPTED, REFUSED, WITHDRAWN, RELEASED = "waiting", "accepted", "refused", "withdrawn", "released"
COMMENT_STATES: dict[str, LazyString] = {
    WAITING: _l("Waiting to be looked at"),
    ACCEPTED: _l("Published"),
    REFUSED: _l("Not published"),
    WITHDRAWN: _l("Withdrawn"),
    RELEASED: _l("Released in other words"),
}
QUESTION_KINDS: dict[str, LazyString] = {
    "choice": _l("One of several answers"),
    "yes_no": _l("Yes or no"),
    "scale": _l("Five steps from disagree to agree"),
    "text": _l("In words"),
}
PARTS: dict[str, LazyString] = {"yes": _l("Took part"), "partly": _l("Took part in some of it"), "no": _l("Did not")}
PART_KINDS = {"yes": "done", "partly": "warn", "no": "late"}
LETTER_KINDS: dict[str, LazyString] = {"launch": _l("Letter that launches it"), "follow_up": _l("Follow-up letter")}
YES_NO: dict[str, LazyString] = {"yes": _l("Yes"), "no": _l("No")}
SCALE: tuple[LazyString, ...] = (
    _l("Strongly disagree"),
    _l("Disagree"),
    _l("Neither"),
    _l("Agree"),
    _l("Strongly agree"),
)
ANSWER_STATES: dict[str, LazyString] = {
    "none": _l("Waits for an answer"),
    "draft": _l("Answer drafted"),
    "given": _l("Answered"),
}
ANSWER_STATE_KINDS = {"none": "wait", "draft": "ok", "given": "done"}
# The widest that contributions may be attributed, by how the consultation itself is.
WITHIN: dict[str | None, frozenset[str]] = {
    None: frozenset(ATTRIBUTIONS),
    "named": frozenset(ATTRIBUTIONS),
    "organisation": frozenset({"organisation", "steward", "anonymous"}),
    "non_attributed": frozenset({"steward", "anonymous"}),
}
STAGES: dict[str, LazyString] = {
    "preparing": _l("Preparing the process"),
    "inception": ROUNDS["inception"],
    "outline": ROUNDS["outline"],
    "draft": ROUNDS["draft"],
    "validation": ROUNDS["validation"],
    "adoption": _l("Adoption"),
    "monitoring": ROUNDS["monitoring"],
    "evaluation": ROUNDS["evaluation"],
}
ANSWER_DAYS = 10  # a contribution that waits longer for an answer is shown as late (response matrix)


def called(names: Mapping[str, LazyString], values: Iterable[str] | None) -> list[str]:
    """What some values are called, in their order."""
    return [str(names[value]) for value in values or () if value in names]


def listed(column: str, values: Iterable[str]) -> str:
    """The condition of the database that a column holds one of these values."""
    return f"{column} in ({', '.join(repr(value) for value in values)})"
