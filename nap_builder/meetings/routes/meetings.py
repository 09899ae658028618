"""The list of meetings, a meeting, and when and where it is."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, choose, tag
from nap_builder.kernel.paragraphs import to_html
from nap_builder.kernel.web import page, see_other
from nap_builder.meetings import checks, ical, policy, queries  # noqa: F401 - declare the rules and the check
from nap_builder.meetings.forms.meeting import MeetingForm
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.names import ATTENDANCE, MEETING_STATES
from nap_builder.meetings.queries import meeting_at
from nap_builder.meetings.routes.blueprint import calendar_file, rooms
from nap_builder.meetings.services import meetings as services
from nap_builder.meetings.services.meetings import open_meeting_at
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

WRITE = "meetings.meeting.write"
LIST = "/w/<slug:slug>/meetings"
ONE = "/w/<slug:slug>/meeting/<key:key>"


@rooms.get(LIST)
@requires("plans.draft.read", on=plan_at)
def meetings(plan: Plan) -> str:
    """All meetings, what waits to be written or approved, and the decisions that are open."""
    return page(
        "meetings/meetings.html",
        plan=plan,
        meetings=queries.meetings_of(plan),
        to_write=queries.minutes_to_write(plan),
        to_approve=queries.minutes_to_approve(plan),
        decisions=queries.open_decisions(plan),
        today=queries.today_of(plan),
        states=MEETING_STATES,
        form=Form(),
    )


@rooms.get(LIST + "/new")
@requires(WRITE, on=plan_at)
def new_meeting(plan: Plan) -> str:
    """The form of a new meeting."""
    form = MeetingForm(languages=plan.languages)
    form.number.data = queries.next_number(plan)
    return _form_page(plan, form)


@rooms.post(LIST + "/new")
@requires(WRITE, on=plan_at)
def add_meeting(plan: Plan) -> Any:
    """Calls a meeting."""
    form = MeetingForm(languages=plan.languages)

    def save() -> Response:
        called = services.call_meeting(actor(), plan, form.facts())
        return see_other("meetings.meeting", slug=plan.slug, key=called.key, said=_("The meeting is in the list."))

    return tried(form, save) or (_form_page(plan, form), 422)


@rooms.get(ONE)
@requires("plans.draft.read", on=meeting_at)
def meeting(meeting: Meeting) -> str:
    """A meeting with its agenda, who was there, its minutes and its decisions."""
    today = queries.today_of(meeting.plan)
    return page(
        "meetings/meeting.html",
        plan=meeting.plan,
        meeting=meeting,
        attendance=queries.attendance_of(meeting),
        stands=meeting.state_on(today),
        states=MEETING_STATES,
        presence=ATTENDANCE,
        today=today,
        form=Form(),
        html=to_html,
        shown_in=lambda text: choose(text, tag(), meeting.plan.first_language),
    )


@rooms.get(ONE + "/edit")
@requires(WRITE, on=open_meeting_at)
def edit_meeting(meeting: Meeting) -> str:
    """When and where a meeting is, as a form."""
    return _form_page(meeting.plan, MeetingForm(row=meeting, languages=meeting.plan.languages), meeting)


@rooms.post(ONE + "/edit")
@requires(WRITE, on=open_meeting_at)
def save_meeting(meeting: Meeting) -> Any:
    """Saves when and where a meeting is."""
    form = MeetingForm(row=meeting, languages=meeting.plan.languages)

    def save() -> Response:
        services.change_meeting(actor(), meeting, form.facts(), seen=form.seen.data)
        return back_to(meeting, _("The meeting is saved."))

    return tried(form, save) or (_form_page(meeting.plan, form, meeting), 422)


def _form_page(plan: Plan, form: MeetingForm, meeting: Meeting | None = None) -> str:
    return page("meetings/meeting_form.html", plan=plan, form=form, meeting=meeting)


@rooms.get(ONE + "/cancel")
@requires(WRITE, on=open_meeting_at)
def confirm_cancel(meeting: Meeting) -> str:
    """Asks whether a meeting is to be cancelled."""
    return page("meetings/cancel.html", plan=meeting.plan, meeting=meeting, form=Form(row=meeting))


@rooms.post(ONE + "/cancel")
@requires(WRITE, on=open_meeting_at)
def cancel(meeting: Meeting) -> Response:
    """Cancels a meeting."""
    form = Form(row=meeting)
    with transaction():
        services.cancel(actor(), meeting, seen=form.seen.data)
        return back_to(meeting, _("The meeting is cancelled. Send the invitation again, so that calendars show it."))


@rooms.post(ONE + "/reinstate")
@requires(WRITE, on=open_meeting_at)
def reinstate(meeting: Meeting) -> Response:
    """Takes back that a meeting is cancelled."""
    form = Form(row=meeting)
    with transaction():
        services.reinstate(actor(), meeting, seen=form.seen.data)
        return back_to(meeting, _("The meeting takes place after all."))


@rooms.get(ONE + ".ics")
@requires("plans.draft.read", on=meeting_at)
def invitation(meeting: Meeting) -> Response:
    """A meeting for calendars, in the language of the address."""
    return calendar_file(ical.invitation(meeting), f"{meeting.plan.slug}-meeting-{meeting.number}.ics")


def back_to(meeting: Meeting, said: str, anchor: str | None = None) -> Response:
    """The answer that leads to a meeting."""
    return see_other("meetings.meeting", slug=meeting.plan.slug, key=meeting.key, said=said, anchor=anchor)
