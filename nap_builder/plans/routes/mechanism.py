"""Who follows the plan, as a form. The page that shows it stands with the reporting periods."""

from typing import Any

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.forms.mechanism import MechanismForm
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.services import mechanism as services

HOME = "/w/<slug:slug>/settings/mechanism"


@rooms.get(HOME)
@requires("plans.plan.write", on=plan_at)
def mechanism(plan: Plan) -> str:
    """The mechanism, as a form."""
    return page("plans/mechanism.html", plan=plan, form=_form(plan))


@rooms.post(HOME)
@requires("plans.plan.write", on=plan_at)
def save_mechanism(plan: Plan) -> Any:
    """Saves it."""
    form = _form(plan)

    def save() -> Any:
        services.write_mechanism(actor(), plan, form.facts(), seen=form.seen.data)
        return see_other("monitoring.periods", slug=plan.slug, said=_("The mechanism is saved."))

    return tried(form, save) or (page("plans/mechanism.html", plan=plan, form=form), 422)


def _form(plan: Plan) -> MechanismForm:
    return MechanismForm(row=services.facts_of(plan), languages=plan.languages, institutions=named_institutions(plan))
