"""Who may read and name the State's institutions."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import STAFF, Role
from nap_builder.kernel.languages import _l

POLICY.declare(
    Rule("taskforce.read", row="A04", y=STAFF, anywhere=True, says=_l("Read the list of the State's institutions")),
    Rule(
        "taskforce.arrange",
        row="A19",
        y={Role.SECRETARIAT, Role.CHAIR},
        says=_l("Add institutions and change what is said of them"),
    ),
    Rule(
        "taskforce.machinery.write",
        row="A33",
        y={Role.SECRETARIAT, Role.CHAIR},
        says=_l("Name the high-level champion, and write down the machinery's own posts and budget"),
    ),
)
