"""Who may take a plan through a gate, say that a check does not apply, and set the numbers of checks."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import _l

POLICY.declare(
    Rule("readiness.gate.pass", row="A30", f={Role.CHAIR}, says=_l("Take a plan through a gate, with a reason")),
    Rule("readiness.check.except", row="A30", f={Role.CHAIR}, says=_l("Say that a check does not apply, and why")),
    Rule(
        "readiness.threshold.write",
        row="A44",
        f={Role.CHAIR, Role.ADMINISTRATOR},
        says=_l("Change settings: the numbers of the readiness checks"),
    ),
)
