"""The doors of the directory of organisations."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.consultations.forms.organisations import DirectoryFilter, OrganisationForm
from nap_builder.consultations.models.records import Organisation
from nap_builder.consultations.names import WITH_WHOM, called
from nap_builder.consultations.queries import organisations as queries
from nap_builder.consultations.routes.blueprint import rooms
from nap_builder.consultations.services import organisations as services
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import go_to, page, see_other, sought
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.wording import spoken

READ, WRITE = "consultations.record.read", "consultations.record.write"
HOME = "/w/<slug:slug>/organisations"
ONE = f"{HOME}/<key:key>"


@rooms.get(HOME)
@requires(READ, on=plan_at)
def organisations(plan: Plan) -> str:
    """The directory, as far as the filter of the address lets pass."""
    filters = DirectoryFilter(request.args)
    filters.offer(_regions(plan))
    filters.q.data = sought()
    chosen = filters.focus.data or "", filters.region.data or ""
    writes = can(WRITE, plan)
    return page(
        "consultations/organisations.html",
        plan=plan,
        filters=filters,
        filtered=bool(sought() or any(chosen)),
        found=queries.organisations(sought(), *chosen),
        archived=queries.archived_organisations() if writes else (),
        writes=writes,
        regions=dict(_regions(plan)),
        with_whom=WITH_WHOM,
        called=called,
        press=Form(),
    )


@rooms.get(f"{HOME}/add")
@requires(WRITE, on=plan_at)
def add_organisation(plan: Plan) -> str:
    """The form of a new organisation."""
    return _form_page(plan, OrganisationForm(regions=_regions(plan)), None)


@rooms.post(f"{HOME}/add")
@requires(WRITE, on=plan_at)
def save_new_organisation(plan: Plan) -> Any:
    """Adds it."""
    form = OrganisationForm(regions=_regions(plan))

    def save() -> Response:
        services.add(actor(), form.facts())
        return see_other("consultations.organisations", slug=plan.slug, said=_("It is in the directory."))

    return tried(form, save) or (_form_page(plan, form, None), 422)


@rooms.get(f"{ONE}/edit")
@requires(WRITE, on=plan_at)
def edit_organisation(plan: Plan, key: str) -> str:
    """An organisation as a form."""
    one = queries.organisation_at(key)
    return _form_page(plan, OrganisationForm(row=one, regions=_regions(plan)), one)


@rooms.post(f"{ONE}/edit")
@requires(WRITE, on=plan_at)
def save_organisation(plan: Plan, key: str) -> Any:
    """Saves it."""
    one = queries.organisation_at(key)
    form = OrganisationForm(row=one, regions=_regions(plan))

    def save() -> Response:
        services.change(actor(), one, form.facts(), seen=form.seen.data)
        return see_other("consultations.organisations", slug=plan.slug, said=_("It is saved."))

    return tried(form, save) or (_form_page(plan, form, one), 422)


@rooms.post(f"{ONE}/archive")
@requires(WRITE, on=plan_at)
def archive_organisation(plan: Plan, key: str) -> Response:
    """Takes it out of the directory; the words come with a button that brings it back."""
    form = Form()
    with transaction():
        services.archive(actor(), queries.organisation_at(key), seen=form.seen.data)
        back = url_for("consultations.restore_organisation", slug=plan.slug, key=key)
        home = url_for("consultations.organisations", slug=plan.slug)
        return go_to(home, said=_("The organisation is archived."), undo=back)


@rooms.post(f"{ONE}/restore")
@requires(WRITE, on=plan_at)
def restore_organisation(plan: Plan, key: str) -> Response:
    """Brings it back."""
    with transaction():
        services.restore(actor(), queries.any_organisation_at(key))
        return see_other("consultations.organisations", slug=plan.slug, said=_("It is in the directory again."))


def _regions(plan: Plan) -> list[tuple[str, Any]]:
    return [(region["code"], spoken(region["name"])) for region in plan.regions or ()]


def _form_page(plan: Plan, form: OrganisationForm, one: Organisation | None) -> str:
    return page("consultations/organisation_form.html", plan=plan, form=form, one=one)
