"""The doors of the State's institutions."""

from flask import Blueprint, Response, current_app

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.taskforce import policy, queries, services  # noqa: F401 - policy declares the rules
from nap_builder.taskforce.forms import InstitutionForm
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.names import KINDS, SECTORS
from nap_builder.taskforce.queries import institution_at

rooms = Blueprint("taskforce", __name__)


@rooms.get("/institutions")
@requires("taskforce.read")
def institutions() -> str:
    """All institutions of the State."""
    return page(
        "taskforce/institutions.html",
        institutions=queries.institutions(),
        kinds=KINDS,
        sectors=SECTORS,
    )


@rooms.get("/institutions/new")
@requires("taskforce.arrange")
def new_institution() -> str:
    """The form of a new institution."""
    return page("taskforce/institution_form.html", form=_form(), body=None)


@rooms.post("/institutions/new")
@requires("taskforce.arrange")
def add_institution() -> Response | tuple[str, int]:
    """Adds an institution."""
    form = _form()
    if not form.validate():
        return page("taskforce/institution_form.html", form=form, body=None), 422
    try:
        with transaction():
            body = services.add_institution(actor(), form.facts())
            return see_other("taskforce.institutions", said=_("The institution is added."), anchor=f"i-{body.id}")
    except BadInput as error:
        refused(form, error)
        return page("taskforce/institution_form.html", form=form, body=None), 422


@rooms.get("/institutions/<code:code>/edit")
@requires("taskforce.arrange", on=institution_at)
def institution(body: Institution) -> str:
    """What is said of an institution, as a form."""
    return page("taskforce/institution_form.html", form=_form(body), body=body)


@rooms.post("/institutions/<code:code>/edit")
@requires("taskforce.arrange", on=institution_at)
def save_institution(body: Institution) -> Response | tuple[str, int]:
    """Saves what is said of an institution."""
    form = _form(body)
    if not form.validate():
        return page("taskforce/institution_form.html", form=form, body=body), 422
    try:
        with transaction():
            services.change_institution(actor(), body, form.facts(), seen=form.seen.data)
            return see_other("taskforce.institutions", said=_("The institution is saved."), anchor=f"i-{body.id}")
    except BadInput as error:
        refused(form, error)
        return page("taskforce/institution_form.html", form=form, body=body), 422


def _form(body: Institution | None = None) -> InstitutionForm:
    others = [one for one in queries.institutions() if body is None or one.id != body.id]
    return InstitutionForm(row=body, languages=current_app.config["NAP"].languages, institutions=others)
