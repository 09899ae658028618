"""The doors of the window: what everybody will see and when, opened and closed by the chair."""

from typing import Any

from flask import Response, url_for

from nap_builder.consultations.forms.records import WindowForm
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ACCESSES
from nap_builder.consultations.queries import records as queries
from nap_builder.consultations.queries.letters import count_invited
from nap_builder.consultations.routes.blueprint import ONE, rooms
from nap_builder.consultations.routes.records import STATE_WORDS, to_one
from nap_builder.consultations.services import windows as services
from nap_builder.consultations.window import obstacles, state_of
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.checks import CONSULT
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.plans.queries.versions import passed
from nap_builder.plans.routes.saving import tried

OPENS = "consultations.window.open"


@rooms.get(f"{ONE}/window")
@requires(OPENS, on=queries.consultation_at)
def window(one: Consultation) -> str:
    """What stands open or will, from when to when, and the buttons for it."""
    return _page(one, WindowForm(row=one))


@rooms.post(f"{ONE}/window/open")
@requires(OPENS, on=queries.consultation_at)
def open_window(one: Consultation) -> Any:
    """Opens it."""
    form = WindowForm(row=one)

    def save() -> Response:
        services.open_window(actor(), one, takes_files=bool(form.takes_files.data), seen=form.seen.data)
        return to_one(one, _("The window is opened."))

    return tried(form, save) or (_page(one, form), 422)


@rooms.post(f"{ONE}/window/close")
@requires(OPENS, on=queries.consultation_at)
def close_window(one: Consultation) -> Response:
    """Closes it."""
    form = Form()
    with transaction():
        services.close_window(actor(), one, seen=form.seen.data)
        return to_one(one, _("The window is closed."))


@rooms.post(f"{ONE}/window/pictures")
@requires(OPENS, on=queries.consultation_at)
def take_files(one: Consultation) -> Any:
    """Says whether pictures may be attached."""
    form = WindowForm(row=one)

    def save() -> Response:
        services.take_files(actor(), one, takes=bool(form.takes_files.data), seen=form.seen.data)
        return to_one(one, _("It is noted."))

    return tried(form, save) or (_page(one, form), 422)


def _page(one: Consultation, form: WindowForm) -> str:
    plan = one.plan
    return page(
        "consultations/window.html",
        plan=plan,
        one=one,
        form=form,
        press=Form(),
        state_now=state_of(one),
        obstacles=obstacles(one) if one.opened_at is None else (),
        gate=None if passed(plan, CONSULT) else url_for("readiness.gate", slug=plan.slug, gate=CONSULT),
        zone=plan.timezone or "UTC",
        today=today(plan.timezone),
        accesses=ACCESSES,
        invited=count_invited(one),
        **STATE_WORDS,
    )
