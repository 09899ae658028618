"""Who may adopt a plan, each their half, and who moves and amends it."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import _l

POLICY.declare(
    Rule(
        "adoption.plan.propose",
        row="A31",
        two={Role.CHAIR},
        says=_l("Propose the adoption of a plan, and withdraw the proposal"),
    ),
    Rule(
        "adoption.plan.confirm",
        row="A31",
        two={Role.FOCAL_POINT},
        says=_l("Confirm the adoption of a plan for another member, or decline it"),
    ),
    Rule(
        "adoption.plan.move",
        row="A32",
        f={Role.CHAIR},
        says=_l("Move a plan from state to state, begin an amendment and give it up"),
    ),
)
