"""The agenda of a meeting, item by item."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.meetings.forms.meeting import ItemForm
from nap_builder.meetings.models import AgendaItem, Meeting
from nap_builder.meetings.routes.blueprint import rooms
from nap_builder.meetings.routes.meetings import ONE, WRITE, back_to
from nap_builder.meetings.services import meetings as services
from nap_builder.meetings.services.meetings import open_item_at, open_meeting_at
from nap_builder.plans.forms.narrative import StepForm
from nap_builder.plans.routes.saving import tried

ITEM = "/w/<slug:slug>/agenda/<key:key>"


@rooms.get(ONE + "/agenda")
@requires(WRITE, on=open_meeting_at)
def new_item(meeting: Meeting) -> str:
    """The form of a new item."""
    return _page(meeting, ItemForm(languages=meeting.plan.languages))


@rooms.post(ONE + "/agenda")
@requires(WRITE, on=open_meeting_at)
def add_item(meeting: Meeting) -> Any:
    """Adds an item to the agenda."""
    form = ItemForm(languages=meeting.plan.languages)

    def save() -> Response:
        services.add_item(actor(), meeting, form.title.data or {}, form.note.data)
        return back_to(meeting, _("The item is on the agenda."), "agenda")

    return tried(form, save) or (_page(meeting, form), 422)


@rooms.get(ITEM)
@requires(WRITE, on=open_item_at)
def edit_item(item: AgendaItem) -> str:
    """An item as a form."""
    return _page(item.meeting, ItemForm(row=item, languages=item.plan.languages), item)


@rooms.post(ITEM)
@requires(WRITE, on=open_item_at)
def save_item(item: AgendaItem) -> Any:
    """Saves an item."""
    form = ItemForm(row=item, languages=item.plan.languages)

    def save() -> Response:
        services.change_item(actor(), item, form.title.data or {}, form.note.data, seen=form.seen.data)
        return back_to(item.meeting, _("The item is saved."), "agenda")

    return tried(form, save) or (_page(item.meeting, form, item), 422)


@rooms.post(ITEM + "/step")
@requires(WRITE, on=open_item_at)
def step_item(item: AgendaItem) -> Response:
    """Moves an item one place up or down."""
    form = StepForm()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.step_item(actor(), item, int(form.step.data), seen=form.seen.data)
        return back_to(item.meeting, _("The item is moved."), "agenda")


@rooms.post(ITEM + "/remove")
@requires(WRITE, on=open_item_at)
def remove_item(item: AgendaItem) -> Response:
    """Takes an item off the agenda."""
    form, meeting = Form(), item.meeting
    with transaction():
        services.remove_item(actor(), item, seen=form.seen.data)
        return back_to(meeting, _("The item is off the agenda."), "agenda")


def _page(meeting: Meeting, form: ItemForm, item: AgendaItem | None = None) -> str:
    return page("meetings/item_form.html", plan=meeting.plan, meeting=meeting, form=form, item=item)
