"""The doors to what shows that an update is true."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import can, demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm, Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.uploads import served
from nap_builder.kernel.web import see_other
from nap_builder.monitoring.models import Evidence
from nap_builder.monitoring.queries.evidence import evidence_at
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.places import place_of
from nap_builder.monitoring.services import evidence as services

ONE, ENTER = HOME + "/evidence/<key:key>", "monitoring.update.enter"


@rooms.get(ONE, endpoint="evidence")
@requires("plans.draft.read", on=evidence_at)
def evidence(found: Evidence) -> Response:
    """A file that an update shows, to be saved."""
    if found.stored_as is None:
        raise Missing
    answer: Response = served(found.stored_as, f"evidence-{found.key[:8]}")
    return answer


@rooms.post(ONE + "/remove")
@requires("plans.draft.read", on=evidence_at)
def remove_evidence(found: Evidence) -> Any:
    """Takes a link or file from an update that is not approved yet."""
    enters = found.update.unconfirmed and not found.update.is_its_own and can(ENTER, found.update)
    own = "monitoring.update.correct" if found.update.is_open_correction else "monitoring.update.write"
    demand(ENTER if enters else own, found.update)
    form = Form()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.remove(actor(), found, seen=form.seen.data)
        endpoint = "monitoring.enter" if enters else "monitoring.update"
        return see_other(endpoint, **place_of(found.update), said=_("“%(title)s” is taken away.", title=found.title))
