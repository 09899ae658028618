"""What a plan says of the State, of reports and of its foreword: one page."""

from typing import Any

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.forms.following import FollowingForm
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.services import following as services


@rooms.get("/w/<slug:slug>/settings/reports")
@requires("plans.plan.write", on=plan_at)
def following(plan: Plan) -> str:
    """The facts, as a form."""
    return page("plans/following.html", plan=plan, form=_form(plan))


@rooms.post("/w/<slug:slug>/settings/reports")
@requires("plans.plan.write", on=plan_at)
def save_following(plan: Plan) -> Any:
    """Saves them."""
    form = _form(plan)

    def save() -> Any:
        services.write_following(actor(), plan, form.facts(), seen=form.seen.data)
        return see_other("plans.following", slug=plan.slug, said=_("The plan's facts are saved."))

    return tried(form, save) or (page("plans/following.html", plan=plan, form=form), 422)


def _form(plan: Plan) -> FollowingForm:
    return FollowingForm(row=services.following_of(plan), languages=plan.languages)
