"""The tasks of a plan by phase. Phases group the work and never lock it; states come from the data where they can."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from nap_builder.home.models import TaskOwner
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

DONE, RUNNING, ATTENTION, WAITING, NOT_STARTED = "done", "ok", "warn", "wait", "none"
STATES: dict[str, LazyString] = {
    DONE: _l("Done"),
    RUNNING: _l("In progress"),
    ATTENTION: _l("Needs attention"),
    WAITING: _l("Waiting"),
    NOT_STARTED: _l("Not started"),
}


@dataclass(frozen=True)
class Task:
    """A task: its key, what is done where, how it stands, and the institution that keeps it moving.

    `status` is the word for the state; without one, the usual. A task that is not `given` has its owner elsewhere
    (a section has its own), so that none is chosen here; one that never `closes` follows the data alone. A gate is
    no `work`: that something is open before it does not mean that its phase was begun.
    """

    key: str
    label: str
    endpoint: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    state: str = NOT_STARTED
    status: str = ""
    hint: str = ""
    owner: Institution | None = None
    given: bool = True
    closes: bool = True
    work: bool = True

    @property
    def said(self) -> str:
        """The word for how it stands."""
        return self.status or str(STATES[self.state])

    @property
    def form(self) -> bool:
        """Whether something can be said of it: who keeps it moving, or that it is finished."""
        return self.given or self.closes


@dataclass(frozen=True)
class Group:
    """Tasks of one kind within a phase; without a name they need none."""

    tasks: Sequence[Task]
    name: str = ""


@dataclass(frozen=True)
class Phase:
    """One of the six phases. `to_come` says that, and when, it will begin; `over` that it lies behind."""

    key: str
    name: str
    groups: Sequence[Group]
    to_come: str = ""
    over: bool = False

    @property
    def tasks(self) -> list[Task]:
        """All tasks of the phase."""
        return [task for group in self.groups for task in group.tasks]

    @property
    def state(self) -> str:
        """How the phase stands: as its tasks do, the one that waits for somebody first."""
        states = {task.state for task in self.tasks}
        if self.to_come:
            return NOT_STARTED
        if self.over or states <= {DONE}:
            return DONE
        if WAITING in states:
            return WAITING
        begun = {task.state for task in self.tasks if task.work or task.state == DONE}
        return NOT_STARTED if begun <= {NOT_STARTED} else RUNNING

    @property
    def said(self) -> str:
        """The word for how it stands."""
        if self.to_come:
            return self.to_come
        waiting = next((task.status for task in self.tasks if task.state == WAITING and task.status), "")
        return waiting if self.state == WAITING and waiting else str(STATES[self.state])


def owners_of(plan: Plan) -> dict[str, TaskOwner]:
    """What is said of the tasks of a plan, by the task's key."""
    query = select(TaskOwner).where(TaskOwner.plan_id == plan.id)
    return {said.task: said for said in db.session.scalars(query)}


def owned(tasks: Iterable[Task], said: Mapping[str, TaskOwner]) -> list[Task]:
    """Tasks with what is said of them: who keeps each moving, and that somebody counts it as finished."""
    return [_owned(task, said[task.key]) if task.form and task.key in said else task for task in tasks]


def _owned(task: Task, said: TaskOwner) -> Task:
    owner = said.institution if task.given else task.owner
    if said.finished_at is None:
        return replace(task, owner=owner)
    return replace(task, owner=owner, state=DONE, status="")
