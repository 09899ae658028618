"""What needs a person now, drawn from what the installation holds, and cut to what their roles can do about it."""

from nap_builder.home.queries.drafting import of_drafters, of_ministries
from nap_builder.home.queries.installation import of_the_installation
from nap_builder.home.queries.need import GRAVITY, WAIT, Need
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import DRAFTERS, MINISTRIES

MOST_NEEDS = 7


def needs_of(who: Actor, plan: Plan | None) -> list[Need]:
    """What needs a person now, by who waits and how grave it is, seven at most. `plan` is the one being written."""
    found: list[Need] = []
    if plan is not None and who.roles & DRAFTERS:
        found += of_drafters(plan)
    if plan is not None and who.roles & MINISTRIES:
        found += of_ministries(who, plan)
    if plan is None and who.roles & DRAFTERS:
        found.append(Need(_("Start a plan"), WAIT, _("To do"), _("No plan is in drafting."), "plans.plans"))
    found += of_the_installation(who)
    return sorted(found, key=lambda need: (need.wait, GRAVITY.index(need.kind)))[:MOST_NEEDS]
