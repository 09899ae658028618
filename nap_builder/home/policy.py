"""Who has a home page."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, Role
from nap_builder.kernel.languages import _l

POLICY.declare(
    Rule(
        "home.read", row="A48", y=EVERYONE - {Role.PUBLIC}, anywhere=True, says=_l("See what needs one's own attention")
    ),
)
