"""The State's own table of unit costs."""

from typing import Any

from flask import Response, current_app

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans import said
from nap_builder.plans.forms.money import UnitCostForm
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.queries import unit_costs as queries
from nap_builder.plans.queries.unit_costs import archived_unit_cost_at, unit_cost_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.services import unit_costs as services


@rooms.get("/unit-costs")
@requires("plans.draft.read")
def unit_costs() -> str:
    """The whole table, with what is archived below."""
    archived = queries.unit_costs(archived=True)
    return page("plans/unit_costs.html", rows=queries.unit_costs(), archived=archived, form=Form(), said_as=said)


@rooms.get("/unit-costs/new")
@requires("plans.unit_cost.write")
def new_unit_cost() -> str:
    """The form of a new unit cost."""
    return _page(None, _form(None))


@rooms.post("/unit-costs/new")
@requires("plans.unit_cost.write")
def add_unit_cost() -> Any:
    """Adds a unit cost."""
    form = _form(None)

    def save() -> Response:
        return _back(services.add_unit_cost(actor(), form.values()), _("The unit cost is added."))

    return tried(form, save) or (_page(None, form), 422)


@rooms.get("/unit-costs/<key:key>")
@requires("plans.unit_cost.write", on=unit_cost_at)
def unit_cost(row: UnitCost) -> str:
    """A unit cost as a form."""
    return _page(row, _form(row))


@rooms.post("/unit-costs/<key:key>")
@requires("plans.unit_cost.write", on=unit_cost_at)
def save_unit_cost(row: UnitCost) -> Any:
    """Saves a unit cost."""
    form = _form(row)

    def save() -> Response:
        services.change_unit_cost(actor(), row, form.values(), seen=form.seen.data)
        return _back(row, _("The unit cost is saved. Budget lines keep what they took before."))

    return tried(form, save) or (_page(row, form), 422)


@rooms.post("/unit-costs/<key:key>/archive")
@requires("plans.unit_cost.write", on=unit_cost_at)
def archive_unit_cost(row: UnitCost) -> Response:
    """Takes a unit cost off the table."""
    form = Form()
    with transaction():
        services.archive_unit_cost(actor(), row, seen=form.seen.data)
        return _back(row, _("The unit cost is archived. It can be restored below."))


@rooms.post("/unit-costs/<key:key>/restore")
@requires("plans.unit_cost.write", on=archived_unit_cost_at)
def restore_unit_cost(row: UnitCost) -> Any:
    """Puts an archived unit cost back."""
    form = Form()

    def save() -> Response:
        services.restore_unit_cost(actor(), row, seen=form.seen.data)
        return _back(row, _("The unit cost is restored."))

    return tried(form, save) or (_page(row, form), 422)


def _form(row: UnitCost | None) -> UnitCostForm:
    return UnitCostForm(row=row, languages=current_app.config["NAP"].languages)


def _page(row: UnitCost | None, form: Any) -> str:
    return page("plans/unit_cost_form.html", row=row, form=form)


def _back(row: UnitCost, told: str) -> Response:
    return see_other("plans.unit_costs", said=told, anchor=f"u-{row.key}")
