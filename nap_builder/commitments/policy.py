"""Who asks ministries for what the plan asks of them, who answers, and who decides."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.policy import DRAFTERS, in_drafting, leads_row

POLICY.declare(
    Rule(
        "commitments.ask",
        row="A18",
        y=DRAFTERS,
        when=in_drafting,
        says=_l("Ask ministries to accept activities, and remind them"),
    ),
    Rule(
        "commitments.answer",
        row="A20",
        o={Role.FOCAL_POINT},
        own=leads_row,
        says=_l("Accept an activity for one's ministry, ask for a change, confirm an answer that was entered"),
    ),
    Rule(
        "commitments.decide",
        row="A21",
        y=DRAFTERS,
        says=_l("Decide a change that a ministry asked for, and say that only spelling was corrected"),
    ),
    Rule(
        "commitments.enter",
        row="A23",
        y=DRAFTERS,
        says=_l("Enter a ministry's answer that came by letter, call or paper"),
    ),
)
