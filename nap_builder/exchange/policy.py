"""Who may take a plan out as data, and bring one in."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.languages import _l
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


def import_reach(who: Actor) -> frozenset[int] | None:
    """The institutions (row ids) whose rows a person may change with a file; None for the whole plan."""
    return _reach("exchange.file.import", who)


def reading_reach(who: Actor) -> frozenset[int] | None:
    """The institutions (row ids) whose restricted rows a person may read; None for all."""
    return _reach("plans.restricted.read", who)


def _reach(action: str, who: Actor) -> frozenset[int] | None:
    marks = {POLICY[action].mark(role) for role in who.roles}
    if "y" in marks:
        return None
    return POLICY[action].reach(who) if "o" in marks else frozenset()
