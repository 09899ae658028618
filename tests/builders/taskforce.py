"""Institutions and task forces for tests, made through the services."""

from typing import Any

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.taskforce import queries, services
from nap_builder.taskforce.models import Institution, TaskForce


def institution(*, code: str = "FIN", name: str = "Ministry of Finance", **said: Any) -> Institution:
    """An institution of the State; a ministry of finance unless said otherwise."""
    given = {"kind": "ministry", "sector": "finance", **said}
    return services.add_institution(INSTALLATION, services.InstitutionFacts(code=code, name={"en": name}, **given))


def task_force(plan: Any, *, chair: Institution, members: list[Institution] | None = None, **said: Any) -> TaskForce:
    """Seats a plan's task force, whatever it was before."""
    present = queries.seats(plan.id)
    facts = services.TaskForceFacts(chair=chair.id, members=[body.id for body in members or []], **said)
    seen = present.body.row_version if present.body else None
    return services.seat_task_force(INSTALLATION, plan.id, plan.slug, facts, seen=seen)
