"""Who keeps the record of parliament, and who says that an undertaking is kept."""

from typing import Any

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import STAFF, Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.parliament.models import HouseEntry
from nap_builder.plans.policy import DRAFTERS, MINISTRIES


def owns_undertaking(who: Actor, subject: Any) -> bool:
    """Whether the undertaking is for the person's institution to keep."""
    return isinstance(subject, HouseEntry) and subject.owner_id in who.institutions


POLICY.declare(
    Rule(
        "parliament.tabled.read",
        row="A05",
        y=(STAFF - {Role.OFFICIAL}) | {Role.PARLIAMENTARIAN},
        hidden=True,
        anywhere=True,
        says=_l("Read a version that was tabled under embargo"),
    ),
    Rule("parliament.record.write", row="A34", y=DRAFTERS, says=_l("Keep the record of what happens in parliament")),
    Rule(
        "parliament.undertaking.close",
        row="A33",
        y=DRAFTERS,
        o=MINISTRIES,
        own=owns_undertaking,
        says=_l("Say that an undertaking to parliament is kept"),
    ),
)
