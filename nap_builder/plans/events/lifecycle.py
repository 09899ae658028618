"""The audited moves of a plan."""

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l
from nap_builder.plans.lifecycle import STATES

PLAN_MOVED = act("plans.plan.moved", _l("%(actor)s moved the plan. It is now: %(state)s."))
PLAN_MOVED_BY_TWO = act(
    "plans.plan.moved_by_two",
    _l("%(proposer)s proposed and %(actor)s confirmed to move the plan. It is now: %(state)s."),
)
reads("state", lambda state: str(STATES.get(state, state)))
