"""Who may ask for support in the plan's name."""

from typing import Any

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _l
from nap_builder.plans.policy import DRAFTERS, MINISTRIES
from nap_builder.support.models import SupportRequest


def asks_for_own(who: Actor, subject: Any) -> bool:
    """Whether the request is the person's institution's; a new one always is, for whoever speaks for one."""
    if isinstance(subject, SupportRequest):
        return subject.owner_id in who.institutions
    return bool(who.institutions)


POLICY.declare(
    Rule(
        "support.request.write",
        row="A33",
        y=DRAFTERS,
        o=MINISTRIES,
        own=asks_for_own,
        says=_l("Write requests for support, and note how far they have come"),
    ),
)
