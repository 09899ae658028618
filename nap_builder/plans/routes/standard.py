"""Looking up what others report and what obliges the State: an indicator begun from a standard one, a mandate added."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, sought
from nap_builder.plans.levels import kind_of, ref
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.indicators import measured_row
from nap_builder.plans.routes.saving import done, words
from nap_builder.plans.services import rows
from nap_builder.reference import queries as reference
from nap_builder.reference.names import REPORTERS

ANSWERING = "any(objective, activity)"


@rooms.get("/w/<slug:slug>/indicators/standard")
@requires("plans.draft.read", on=plan_at)
def standard_indicators(plan: Plan) -> str:
    """The standard indicators, each with a link that begins an indicator of the row that the address names."""
    row = measured_row(plan)
    found = reference.search_indicators(sought())
    given = {"row": row, "under": ref(row), "entries": found, "sought": sought(), "reporters": REPORTERS}
    return page("plans/indicator_standard.html", plan=plan, **given, **words(plan))


@rooms.get(f"/w/<slug:slug>/row/<{ANSWERING}:kind>/<key:key>/mandates")
@requires("plans.row.write", on=framework.row_at)
def mandates(row: Any) -> str:
    """What an objective or activity may answer, each with a button that adds it to the row."""
    given = {"row": row, "form": Form(row=row), "entries": reference.search_mandates(sought()), "sought": sought()}
    return page("plans/mandates.html", plan=row.plan, **given, **words(row.plan))


@rooms.post(f"/w/<slug:slug>/row/<{ANSWERING}:kind>/<key:key>/mandates")
@requires("plans.row.write", on=framework.row_at)
def add_mandate(row: Any) -> Response:
    """Adds a mandate to a row."""
    form, citation = Form(), request.form.get("citation", "")
    if citation not in reference.mandate_titles():
        raise MalformedForm
    with transaction():
        answered = list(dict.fromkeys([*(row.mandates or ()), citation]))
        rows.change(actor(), row, {"mandates": answered}, seen=form.seen.data)
        told = _("%(citation)s is added to %(code)s.", citation=citation, code=row.code)
        return done("plans.mandates", slug=row.plan.slug, kind=kind_of(row), key=row.key, q=sought(), said=told)
