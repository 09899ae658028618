"""What the values of the room's lists are called, with the kind of tag that each wears."""

from nap_builder.kernel.languages import LazyString, _l
from nap_builder.monitoring.models import APPROVED, CLOSED, DRAFT, ONLINE, OPEN, PLANNED, RETURNED, SUBMITTED, VERIFIED

UPDATE_STATES: dict[str, LazyString] = {
    DRAFT: _l("Draft"),
    SUBMITTED: _l("Submitted"),
    APPROVED: _l("Approved"),
    RETURNED: _l("Returned"),
    VERIFIED: _l("Verified"),
}
UPDATE_KINDS = {DRAFT: "none", SUBMITTED: "wait", APPROVED: "wait", RETURNED: "warn", VERIFIED: "done"}
NOTHING, TO_APPROVE, TO_VERIFY = "nothing", "to_approve", "to_verify"
# How what is due stands: the states of an update as who waits for it reads them.
STANDINGS: dict[str, LazyString] = {
    NOTHING: _l("Nothing written"),
    DRAFT: _l("Draft"),
    RETURNED: _l("Returned"),
    TO_APPROVE: _l("To be approved"),
    TO_VERIFY: _l("To be verified"),
    VERIFIED: _l("Verified"),
}
STANDING_KINDS = {
    NOTHING: "none",
    DRAFT: "none",
    RETURNED: "warn",
    TO_APPROVE: "wait",
    TO_VERIFY: "wait",
    VERIFIED: "done",
}
PERIOD_STATES: dict[str, LazyString] = {PLANNED: _l("Planned"), OPEN: _l("Open"), CLOSED: _l("Closed")}
PERIOD_KINDS = {PLANNED: "none", OPEN: "wait", CLOSED: "done"}
SOURCES: dict[str, LazyString] = {
    ONLINE: _l("By the institution itself"),
    "letter": _l("Letter"),
    "call": _l("Telephone call"),
    "paper": _l("Paper form"),
}
QUALITIES: dict[str, LazyString] = {
    "provisional": _l("Provisional"),
    "estimate": _l("Estimate"),
    VERIFIED: _l("Verified"),
}
SUBJECTS = ("activity", "indicator", "milestone")  # what an update may be about
DOUBTS: dict[str, LazyString] = {  # by their codes in `progress.doubts`, the gravest first
    "disagree": _l("The parts and the whole disagree"),
    "women_above": _l("More women than people"),
    "fraction": _l("The value is not what its parts make"),
    "test_row": _l("Looks typed to try the form"),
    "jump": _l("A sudden change"),
    "same": _l("The same value again and again"),
    "no_sex": _l("People are not counted by sex"),
    "old_source": _l("An old source"),
}
