"""Who may begin a plan from an earlier one, and make templates."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.policy import DRAFTERS

POLICY.declare(
    Rule("starting.plan.follow", row="A32", f={Role.CHAIR}, says=_l("Start the next plan from an earlier one")),
    Rule("starting.template.write", row="A19", y=DRAFTERS, says=_l("Save a plan as a template, and archive templates")),
)
