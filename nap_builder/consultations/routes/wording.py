"""The door through which a suggested wording comes into the plan."""

from typing import Any

from flask import request, url_for

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.contributions import contribution_at
from nap_builder.consultations.queries.wording import wording_of
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, rooms
from nap_builder.consultations.routes.shown import of_queue, to_page
from nap_builder.consultations.services import wording as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing, StaleEdit
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.plans.services import undoing

WORDING = f"{CONTRIBUTIONS}/<key:key>/wording"


@rooms.get(WORDING, endpoint="wording")
@requires("consultations.wording.take", on=contribution_at)
def wording(contribution: Contribution) -> str:
    """A suggested wording beside the words as they stand, and as people read them."""
    return _page(contribution)


@rooms.post(WORDING)
@requires("consultations.wording.take", on=contribution_at)
def take_wording(contribution: Contribution) -> Any:
    """Takes a wording over; where the words changed since they were read, both are shown first."""
    form, knowing = Form(), request.form.get("knowing") == "1"
    plan = contribution.plan
    try:
        with transaction():
            services.take_over(actor(), contribution, today(plan.timezone), seen=form.seen.data, knowing=knowing)
            key = undoing.left()
            undo = url_for("plans.undo", slug=plan.slug, key=key) if key else None
            return to_page(contribution, _("The wording stands in the plan. An answer is prepared."), undo)
    except (services.ChangedSinceRead, StaleEdit):
        return _page(contribution), 409


def _page(contribution: Contribution) -> str:
    found = wording_of(contribution)
    if found is None:
        raise Missing
    given = {"wording": found, "press": Form(formdata=None)}
    return page("consultations/wording.html", plan=contribution.plan, **given, **of_queue(contribution))
