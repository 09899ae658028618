"""Who may keep the meetings, their decisions and the process calendar."""

from typing import Any

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _l
from nap_builder.meetings.models import Decision
from nap_builder.plans.policy import DRAFTERS, MINISTRIES


def owns_decision(who: Actor, subject: Any) -> bool:
    """Whether the decision is for the person's institution to carry out."""
    return isinstance(subject, Decision) and subject.owner_id in who.institutions


POLICY.declare(
    Rule(
        "meetings.meeting.write",
        row="A33",
        y=DRAFTERS,
        says=_l("Call meetings, write their agenda and minutes, and approve them"),
    ),
    Rule(
        "meetings.decision.close",
        row="A33",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_decision,
        says=_l("Mark a decision of a meeting as done"),
    ),
    Rule("meetings.calendar.write", row="A19", y=DRAFTERS, says=_l("Make and change the calendar of the process")),
)
