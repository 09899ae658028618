"""Saying that a check, or one row of it, does not apply to a plan, and taking that back."""

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.events.plan import CHECK_COUNTED, CHECK_EXCEPTED
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.touch import changed


def except_check(by: Actor, plan: Plan, name: str, reason: dict[str, str]) -> None:
    """Says why a check does not apply. Raises WrongState where somebody said so already, or the plan is adopted."""
    listed = plan.not_applicable or []
    if any(one["check"] == name for one in listed):
        raise WrongState(_("Somebody has given a reason for this check already."))
    plan.not_applicable = [*listed, {"check": name, "reason": reason}]
    record(CHECK_EXCEPTED, by, plan, changes={"reason": (None, reason)}, check=name)
    changed(plan)


def count_again(by: Actor, plan: Plan, name: str) -> None:
    """Lets a check apply again. Raises WrongState where it does, or the plan is adopted."""
    listed = plan.not_applicable or []
    former = next((one for one in listed if one["check"] == name), None)
    if former is None:
        raise WrongState(_("This check applies already."))
    plan.not_applicable = [one for one in listed if one is not former] or None
    record(CHECK_COUNTED, by, plan, changes={"reason": (former["reason"], None)}, check=name)
    changed(plan)
