"""What the government promised beside the plan, as rooms above tell it, so that it is followed with the plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Promise:
    """Something promised that is not kept yet: in words, who keeps it, by when; `endpoint` and `parts` lead to it."""

    title: Mapping[str, str]
    owner: Institution
    due: date
    late: bool
    endpoint: str
    parts: Mapping[str, Any]


TELLERS: list[Callable[[Plan], Sequence[Promise]]] = []


def promises(plan: Plan) -> list[Promise]:
    """What is promised beside a plan and not kept yet, the earliest due first."""
    return sorted((one for tell in TELLERS for one in tell(plan)), key=lambda one: one.due)
