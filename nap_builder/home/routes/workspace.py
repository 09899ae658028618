"""The doors of a plan's workspace: its phases with their tasks, and who keeps each moving."""

from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from nap_builder.home.forms import TaskForm
from nap_builder.home.queries import phases
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.needs import needs_in
from nap_builder.home.queries.tasks import Task, owners_of
from nap_builder.home.routes.blueprint import rooms
from nap_builder.home.routes.needs import shown
from nap_builder.home.services.tasks import give_task
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, day
from nap_builder.kernel.web import page, see_other
from nap_builder.meetings.queries import NextDate, next_dates
from nap_builder.plans.gates import READY
from nap_builder.plans.history import told
from nap_builder.plans.lifecycle import STATES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.family import family
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.readiness.routes import GRAVITY_KINDS

NEXT_DATES = 5


@rooms.get("/w/<slug:slug>")
@requires("plans.draft.read", on=plan_at)
def workspace(plan: Plan) -> str:
    """Where a plan stands: its phases, what needs the reader now, the tasks of a phase, and what was done last."""
    facts = Facts(plan, actor())
    found = phases.phases_of(facts)
    here = phases.phase_now(plan, found)
    return page(
        "home/workspace.html",
        plan=plan,
        stands=STATES[plan.state],
        standing=facts.readiness,
        ready=READY,
        gravity_kinds=GRAVITY_KINDS,
        dates=[_dated(one) for one in next_dates(plan, NEXT_DATES)],
        counts=facts.counts,
        family=family(plan),
        phases=found,
        here=here,
        open=next((phase for phase in found if phase.key == request.args.get("phase")), here),
        needs=[shown(need) for need in needs_in(actor(), facts)],
        changes=[told(entry, changes=False) for entry in plans.last_changes(plan)],
    )


@rooms.get("/w/<slug:slug>/tasks")
@requires("plans.draft.read", on=plan_at)
def tasks(plan: Plan) -> str:
    """Every task of the plan, with the institution that keeps it moving."""
    return page("home/tasks.html", plan=plan, phases=phases.phases_of(Facts(plan, actor())))


@rooms.get("/w/<slug:slug>/tasks/<slug:task>")
@requires("home.task.write", on=plan_at)
def task(plan: Plan, task: str) -> str:
    """Who keeps a task moving, as a form."""
    found = _task(plan, task)
    return _task_page(plan, found, _form(plan, found))


@rooms.post("/w/<slug:slug>/tasks/<slug:task>")
@requires("home.task.write", on=plan_at)
def save_task(plan: Plan, task: str) -> Response | tuple[str, int]:
    """Saves who keeps a task moving."""
    found = _task(plan, task)
    form = _form(plan, found)
    if not form.validate():
        return _task_page(plan, found, form), 422
    with transaction():
        give_task(actor(), plan, task, form.institution(), finished=form.is_finished(), seen=form.seen.data)
        return see_other("home.tasks", slug=plan.slug, said=_("The task is saved."), anchor=f"t-{task}")


def _dated(one: NextDate) -> tuple[str, Markup]:
    """A day to come with the page about it, as a list of dates takes it."""
    href = url_for(one.endpoint, _anchor=one.anchor, **one.parts)
    said = _("%(title)s, %(time)s", title=one.title, time=one.begins) if one.begins else one.title
    return day(one.day), Markup('<a href="{}">{}</a>').format(href, said)


def _task(plan: Plan, key: str) -> Task:
    """A task of the plan of which something can be said. Raises Missing."""
    found = (task for phase in phases.phases_of(Facts(plan, actor())) for task in phase.tasks)
    task = next((task for task in found if task.key == key and task.form), None)
    if task is None:
        raise Missing
    return task


def _form(plan: Plan, task: Task) -> TaskForm:
    return TaskForm(row=owners_of(plan).get(task.key), task=task, institutions=named_institutions(plan))


def _task_page(plan: Plan, task: Task, form: Any) -> str:
    return page("home/task.html", plan=plan, task=task, form=form)
