"""The doors for those who have no internet: a form to print, what it says entered for them, and its confirmation."""

from dataclasses import replace
from typing import Any

from flask import Response

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm, Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.monitoring.forms.update import UpdateForm, update_form
from nap_builder.monitoring.models import ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.queries.periods import period_at
from nap_builder.monitoring.routes.blueprint import CYCLE, files_limited, rooms
from nap_builder.monitoring.routes.opened import vocabulary
from nap_builder.monitoring.routes.places import place_of
from nap_builder.monitoring.routes.updates import ROW, due_here, tried, update_page
from nap_builder.monitoring.services import updates
from nap_builder.monitoring.services.content import Content
from nap_builder.taskforce.queries import institution_at

ENTER = "monitoring.update.enter"


@rooms.get(ROW + "/enter")
@requires(ENTER, on=due_here)
def enter(due: Due) -> str:
    """The form for what an institution said by letter, call or on paper."""
    return update_page(due, update_form(due, entered=True))


@rooms.post(ROW + "/enter")
@requires(ENTER, on=due_here)
@files_limited
def save_entered(due: Due) -> Any:
    """Enters it for the institution."""
    form = update_form(due, entered=True)

    def act(fresh: Due, content: Content, seen: int | None) -> ProgressUpdate:
        return updates.enter(actor(), fresh, content, seen=seen, **_came(form))

    return tried(due, form, act, _entered, whole=True)


def _came(form: UpdateForm) -> dict[str, Any]:
    return {"source": form.source.data, "source_note": form.source_note.data}


def _entered(due: Due, _update: ProgressUpdate) -> Response:
    said = _("%(code)s is entered. It is marked so until the institution confirms it.", code=due.row.code)
    return see_other("monitoring.enter", said=said, **place_of(due))


@rooms.post(ROW + "/confirm")
@requires("monitoring.update.confirm", on=due_here)
def confirm(due: Due) -> Response:
    """Confirms for the institution what was entered for it."""
    form, place = Form(), place_of(due)
    if not form.validate():
        raise MalformedForm
    with transaction():
        fresh = due_here(**place)
        if fresh.update is None:
            raise Missing
        updates.confirm(actor(), fresh.update, seen=form.seen.data)
        return see_other("home.my", said=_("The report on %(code)s is confirmed.", code=fresh.row.code))


@rooms.get(CYCLE + "/form/<code:code>")
@requires("plans.draft.read", on=period_at)
def paper_form(period: ReportingPeriod, code: str) -> str:
    """All that an institution still owes in a period as a form to print, to fill by hand and to send back.

    It shows what was said last and never a draft; it is for the institution, and for those who enter what comes back.
    """
    body, who = institution_at(code), actor()
    if body.id not in who.institutions and not can(ENTER, period):
        raise Missing
    due = Asked(period, who, {body.id}).waiting
    forms = [update_form(replace(one, update=None), formdata=None) for one in due]
    given = {"plan": period.plan, "period": period, "institution": body, "forms": forms}
    return page("monitoring/paper_form.html", **given, **vocabulary())
