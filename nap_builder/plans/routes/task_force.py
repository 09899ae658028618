"""The task force of a plan, and the institutions that the plan names."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans import policy  # noqa: F401 - declares the rules
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.services import task_force as services
from nap_builder.taskforce import queries
from nap_builder.taskforce.forms import ListForm, TaskForceForm
from nap_builder.taskforce.machinery.queries import machinery_of
from nap_builder.taskforce.names import KINDS, SECTORS
from nap_builder.taskforce.queries import Seats
from nap_builder.taskforce.services import CHAIR_SECTOR, facts_of

HOME = "/w/<slug:slug>/task-force"


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def task_force(plan: Plan) -> str:
    """Who sits in the task force, which of the four it needs are missing, and every institution of the plan."""
    seats = queries.seats(plan.id)
    return _page(plan, seats, _list_form(seats) if can("plans.plan.write", plan) else None)


@rooms.post(HOME + "/institutions")
@requires("plans.plan.write", on=plan_at)
def list_institution(plan: Plan) -> Response | tuple[str, int]:
    """Adds an institution to the plan's list."""
    seats = queries.seats(plan.id)
    form = _list_form(seats)
    if not form.validate():
        return _page(plan, seats, form), 422
    chosen = next(body for body in form.given["institutions"] if body.id == form.institution_id.data)
    try:
        with transaction():
            services.name_institution(actor(), plan, chosen)
            return see_other("plans.task_force", slug=plan.slug, said=_("The institution is in the list."))
    except BadInput as error:
        refused(form, error)
        return _page(plan, seats, form), 422


@rooms.get(HOME + "/edit")
@requires("plans.plan.write", on=plan_at)
def edit_task_force(plan: Plan) -> str:
    """The form of the task force."""
    return _form_page(plan, _form(plan))


@rooms.post(HOME)
@requires("plans.plan.write", on=plan_at)
def save_task_force(plan: Plan) -> Response | tuple[str, int]:
    """Saves who sits in the task force, and its terms."""
    form = _form(plan)
    if not form.validate():
        return _form_page(plan, form), 422
    try:
        with transaction():
            services.seat(actor(), plan, form.facts(), seen=form.seen.data)
            return see_other("plans.task_force", slug=plan.slug, said=_("The task force is saved."))
    except BadInput as error:
        refused(form, error)
        return _form_page(plan, form), 422


def _form(plan: Plan) -> TaskForceForm:
    facts = facts_of(queries.seats(plan.id))
    return TaskForceForm(row=facts, languages=plan.languages, institutions=queries.institutions())


def _form_page(plan: Plan, form: TaskForceForm) -> str:
    return page("plans/task_force_form.html", plan=plan, form=form)


def _list_form(seats: Seats) -> ListForm:
    there = {seat.institution_id for seat in seats.memberships}
    return ListForm(institutions=[body for body in queries.institutions() if body.id not in there])


def _page(plan: Plan, seats: Seats, form: Any) -> str:
    return page(
        "plans/task_force.html",
        plan=plan,
        seats=seats,
        form=form,
        machinery=machinery_of(plan.id),
        keeps=can("taskforce.machinery.write", plan),
        press=Form(),
        missing=[SECTORS[sector] for sector in seats.missing_sectors],
        kinds=KINDS,
        odd_chair=any(body.sector != CHAIR_SECTOR for body in seats.chairs),
    )
