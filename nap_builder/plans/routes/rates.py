"""The rates of exchange that a plan states."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.forms.money import NewRateForm, RateForm
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.rates import StatedRate, rate_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.services import rates as services


@rooms.get("/w/<slug:slug>/rates/new")
@requires("plans.plan.write", on=plan_at)
def new_rate(plan: Plan) -> str:
    """The form of a rate for one more currency."""
    form = NewRateForm(languages=plan.languages)
    form.currency.data = request.args.get("currency", "")[:3]
    return _page(plan, None, form)


@rooms.post("/w/<slug:slug>/rates/new")
@requires("plans.plan.write", on=plan_at)
def add_rate(plan: Plan) -> Any:
    """States a rate."""
    form = NewRateForm(languages=plan.languages)

    def save() -> Response:
        services.state_rate(actor(), plan, form.currency.data or "", form.values())
        return _back(plan, _("The rate is stated. Its money is counted."))

    return tried(form, save) or (_page(plan, None, form), 422)


@rooms.get("/w/<slug:slug>/rates/<code:currency>")
@requires("plans.plan.write", on=rate_at)
def edit_rate(rate: StatedRate) -> str:
    """A rate as a form."""
    return _page(rate.plan, rate, RateForm(row=rate, languages=rate.plan.languages))


@rooms.post("/w/<slug:slug>/rates/<code:currency>")
@requires("plans.plan.write", on=rate_at)
def save_rate(rate: StatedRate) -> Any:
    """Saves a rate."""
    form = RateForm(row=rate, languages=rate.plan.languages)

    def save() -> Response:
        services.change_rate(actor(), rate_at(rate.plan.slug, rate.currency), form.values(), seen=form.seen.data)
        return _back(rate.plan, _("The rate is saved."))

    return tried(form, save) or (_page(rate.plan, rate, form), 422)


@rooms.post("/w/<slug:slug>/rates/<code:currency>/remove")
@requires("plans.plan.write", on=rate_at)
def remove_rate(rate: StatedRate) -> Response:
    """Removes a rate; its money stands apart again."""
    form, plan = Form(), rate.plan
    with transaction():
        services.remove_rate(actor(), rate_at(plan.slug, rate.currency), seen=form.seen.data)
        return _back(plan, _("The rate is removed. Money in %(code)s stands apart.", code=rate.currency))


def _page(plan: Plan, rate: StatedRate | None, form: RateForm) -> str:
    return page("plans/rate_form.html", plan=plan, rate=rate, form=form)


def _back(plan: Plan, said_so: str) -> Response:
    return see_other("plans.costs", slug=plan.slug, said=said_so, anchor="rates")
