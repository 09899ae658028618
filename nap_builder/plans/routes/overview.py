"""The list of plans, a new plan, the workspace of a plan, and its facts."""

from typing import Any

from flask import Response, redirect, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans import policy  # noqa: F401 - declares the rules
from nap_builder.plans.forms.plan import FactsForm
from nap_builder.plans.lifecycle import STATES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import plan as queries
from nap_builder.plans.queries.family import possible_above, titles_above
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.services import plan as services
from nap_builder.taskforce.queries import institutions


@rooms.get("/w")
@requires("plans.draft.read")
def overview() -> Any:
    """Leads to the plan that stands, or to the list while there is none."""
    plan = next(iter(queries.readable_plans()), None)
    return redirect(url_for("home.workspace", slug=plan.slug) if plan else url_for("plans.plans"))


@rooms.get("/plans")
@requires("plans.draft.read")
def plans() -> str:
    """All plans of the installation."""
    found = queries.readable_plans()
    counts, above = queries.counts(found), titles_above(found)
    return page("plans/plans.html", plans=found, counts=counts, above=above, states=STATES)


@rooms.get("/w/<slug:slug>/settings")
@requires("plans.plan.write", on=plan_at)
def settings(plan: Plan) -> str:
    """The facts of a plan, as a form."""
    return page("plans/plan_settings.html", form=_facts_form(plan), plan=plan)


@rooms.post("/w/<slug:slug>/settings")
@requires("plans.plan.write", on=plan_at)
def save_settings(plan: Plan) -> Response | tuple[str, int]:
    """Saves the facts of a plan."""
    form = _facts_form(plan)
    if not form.validate():
        return page("plans/plan_settings.html", form=form, plan=plan), 422
    try:
        with transaction():
            services.write_facts(actor(), plan, form.facts(), seen=form.seen.data)
            return see_other("home.workspace", slug=plan.slug, said=_("The plan's facts are saved."))
    except BadInput as error:
        refused(form, error)
        return page("plans/plan_settings.html", form=form, plan=plan), 422


def _facts_form(plan: Plan) -> FactsForm:
    return FactsForm(
        row=services.facts_of(plan), languages=plan.languages, institutions=institutions(), above=possible_above(plan)
    )
