"""Who sees what needs them, and who says who keeps a task moving."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.policy import DRAFTERS

POLICY.declare(
    Rule(
        "home.read", row="A48", y=EVERYONE - {Role.PUBLIC}, anywhere=True, says=_l("See what needs one's own attention")
    ),
    Rule(
        "home.calendar.own",
        row="A48",
        y=EVERYONE - {Role.PUBLIC},
        anywhere=True,
        says=_l("Make, replace and revoke the link of one's own calendar"),
    ),
    Rule("home.task.write", row="A19", y=DRAFTERS, says=_l("Say which institution keeps a task of the plan moving")),
)
