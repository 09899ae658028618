"""The levels of a results framework, by the names that addresses and the exchange format use."""

from typing import Any

from nap_builder.plans import names
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.wording import spoken

LEVELS: dict[str, Any] = {"pillar": Pillar, "objective": Objective, "output": Output, "activity": Activity}
ROWS: dict[str, Any] = {**LEVELS, "indicator": Indicator, "milestone": Milestone}
MAY_STAND_UNDER = {
    "objective": ("pillar",),
    "output": ("objective",),
    "activity": ("pillar", "objective", "output"),
}


def kind_of(row: Any) -> str:
    """The level of a row: pillar, objective, output, activity, indicator or milestone."""
    return str(row.__tablename__)


def own_name(plan: Plan, kind: str) -> str:
    """What this State calls a level, where it says so; empty where it does not."""
    return spoken((plan.labels or {}).get(kind))


def level_name(plan: Plan, kind: str) -> str:
    """What a level is called on this plan's pages: the State's own name, or ours."""
    return own_name(plan, kind) or str(names.ROWS[kind])


def ref(row: Any) -> str:
    """A row as references name it: `activity:KEY`."""
    return f"{kind_of(row)}:{row.key}"
