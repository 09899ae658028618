"""The doors of the State's crest and colours: chosen by few, seen by everybody."""

from typing import Any, cast

from flask import Blueprint, Response

from nap_builder.kernel import storage
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.oversight.forms import ColoursForm, CrestForm, PressForm
from nap_builder.taskforce import identity as services
from nap_builder.taskforce import queries
from nap_builder.taskforce.colours import sheet
from nap_builder.taskforce.models import Installation

rooms = Blueprint("identity", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


def _state() -> Installation:
    """The State of the installation. Raises Missing before it is named."""
    if (state := queries.installation()) is None:
        raise Missing(_("Name the State first."))
    return state


@rooms.get("/settings/identity")
@requires("oversight.settings.write")
def identity() -> str:
    """The crest and the colours, to choose and to look at."""
    return _shown(_colours(_state()), CrestForm())


@rooms.post("/settings/identity/colours")
@requires("oversight.settings.write")
def save_colours() -> Any:
    """Chooses the colours."""
    state = _state()
    form = _colours(state)
    if not form.validate():
        return _shown(form, CrestForm()), 422
    try:
        with transaction():
            brand, accent = str(form.brand.data), str(form.accent.data)
            services.choose_colours(actor(), state, brand, accent, seen=form.seen.data)
            return see_other("identity.identity", said=_("The colours are saved."))
    except BadInput as error:
        refused(form, error)
        return _shown(form, CrestForm()), 422


@rooms.post("/settings/identity/crest")
@requires("oversight.settings.write")
def save_crest() -> Any:
    """Puts a crest in place."""
    state, form = _state(), CrestForm()
    if not form.validate():
        return _shown(_colours(state), form), 422
    try:
        with transaction():
            services.put_crest(actor(), state, cast("Any", form.crest.data).stream)
            return see_other("identity.identity", said=_("The crest is in place."))
    except BadInput as error:
        refused(form, error)
        return _shown(_colours(state), form), 422


@rooms.get("/settings/identity/crest/remove")
@requires("oversight.settings.write")
def confirm_no_crest() -> str:
    """Asks whether the crest shall go."""
    if _state().crest is None:
        raise Missing
    return page("oversight/crest_remove.html", form=PressForm())


@rooms.post("/settings/identity/crest/remove")
@requires("oversight.settings.write")
def remove_crest() -> Response:
    """Takes the crest away."""
    state = _state()
    with transaction():
        services.remove_crest(actor(), state)
        return see_other("identity.identity", said=_("The crest is removed."))


@rooms.get("/identity/<mark>.css")
@requires("accounts.doors")
def theme(mark: str) -> Response:
    """The colours as a stylesheet, at an address that changes with them."""
    css = sheet(services.shades(services.chosen(queries.installation())))
    if mark != services.fingerprint(css):
        raise Missing
    return _kept_for_ever(css.encode(), "text/css")


@rooms.get("/identity/<mark>.png")
@requires("accounts.doors")
def crest(mark: str) -> Response:
    """The crest as a picture, at an address that changes with it."""
    state = queries.installation()
    if state is None or state.crest is None or mark != services.crest_mark(state):
        raise Missing
    return _kept_for_ever(storage.get(state.crest), "image/png")


def _kept_for_ever(content: bytes, kind: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


def _colours(state: Installation) -> ColoursForm:
    """The form of the colours; where none are chosen, with the usual ones."""
    form = ColoursForm(row=state)
    form.brand.data = form.brand.data or services.BRAND
    form.accent.data = form.accent.data or services.ACCENT
    return form


def _shown(colours: ColoursForm, crest: CrestForm) -> str:
    return page("oversight/identity.html", form=colours, crest=crest)
