"""Who may take a plan out as data, and bring one in."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import in_drafting, speaks_for_an_institution

DRAFTERS = frozenset({Role.SECRETARIAT, Role.CHAIR})


POLICY.declare(
    Rule(
        "exchange.file.export",
        row="A35",
        y=DRAFTERS | {Role.AUDITOR},
        o={Role.OFFICIAL, Role.FOCAL_POINT},
        own=speaks_for_an_institution,
        says=_l("Take the working plan out as a file"),
    ),
    Rule(
        "exchange.file.import",
        row="A36",
        y=DRAFTERS,
        o={Role.FOCAL_POINT},
        own=speaks_for_an_institution,
        when=in_drafting,
        says=_l("Take a file in over a plan in drafting"),
    ),
)


def import_reach(who: Actor, plan: Plan) -> frozenset[int] | None:
    """The institutions (row ids) whose rows of a plan a person may change with a file; None for the whole plan."""
    return POLICY["exchange.file.import"].reach_in(who, plan.id)


def reading_reach(who: Actor, plan: Plan) -> frozenset[int] | None:
    """The institutions (row ids) whose restricted rows of a plan a person may read; None for all.

    Those who may read all keep the record of consultations too (a test holds the two together).
    """
    return POLICY["plans.restricted.read"].reach_in(who, plan.id)
