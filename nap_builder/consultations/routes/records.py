"""The doors of the record: which consultations there are."""

from nap_builder.consultations.names import KINDS, RISK_KINDS, RISKS, ROUNDS
from nap_builder.consultations.queries import records as queries
from nap_builder.consultations.routes.blueprint import HOME, rooms
from nap_builder.consultations.window import STATE_KINDS, STATES, state_of
from nap_builder.kernel.access import requires
from nap_builder.kernel.web import page
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at

WORDS = {"kinds": KINDS, "rounds": ROUNDS, "risks": RISKS, "risk_kinds": RISK_KINDS}
STATE_WORDS = {"states": STATES, "state_kinds": STATE_KINDS, "state_of": state_of}


@rooms.get(HOME)
@requires("consultations.record.read", on=plan_at)
def consultations(plan: Plan) -> str:
    """The consultations of a plan, the newest first."""
    return page(
        "consultations/consultations.html",
        plan=plan,
        found=queries.consultations(plan),
        counts=queries.counted(plan),
        sees_where=queries.sees_where,
        **WORDS,
        **STATE_WORDS,
    )
