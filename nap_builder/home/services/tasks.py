"""Saying who keeps a task of a plan moving, and that it is finished."""

from nap_builder.home.events import TASK_GIVEN
from nap_builder.home.models import TaskOwner
from nap_builder.home.queries.tasks import owners_of
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import StaleEdit
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution


def give_task(
    by: Actor, plan: Plan, task: str, institution: Institution | None, *, finished: bool, seen: int | None
) -> TaskOwner:
    """Says which institution keeps a task moving, and whether it counts as finished. It is no change of the plan.

    `seen` is the version of what was said before; None where nothing was. Raises StaleEdit.
    """
    said = owners_of(plan).get(task)
    if said is None:
        said = TaskOwner(plan_id=plan.id, task=task)
        db.session.add(said)
    elif seen is None:
        raise StaleEdit(said)
    else:
        unchanged_since(said, seen)
    before = (said.institution.code if said.institution else None, said.finished_at is not None)
    said.institution, said.institution_id = institution, institution.id if institution else None
    if finished != before[1]:
        said.finished_at = now() if finished else None
    after = (institution.code if institution else None, finished)
    pairs = zip(("institution", "finished"), before, after, strict=True)
    changes = {name: (was, comes) for name, was, comes in pairs if was != comes}
    record(TASK_GIVEN, by, said, changes=changes, plan=plan.slug, task=task)
    return said
