"""Who was at a meeting, its minutes, and their approval."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.meetings import queries
from nap_builder.meetings.forms.meeting import ApproveForm, AttendanceForm, MinutesForm, attendance_form
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.routes.blueprint import rooms
from nap_builder.meetings.routes.meetings import ONE, WRITE, back_to
from nap_builder.meetings.services import minutes as services
from nap_builder.meetings.services.meetings import open_meeting_at
from nap_builder.plans.routes.saving import tried


@rooms.get(ONE + "/attendance")
@requires(WRITE, on=open_meeting_at)
def attendance(meeting: Meeting) -> str:
    """Who was there, as a form."""
    return _attendance_page(meeting, _attendance_form(meeting))


@rooms.post(ONE + "/attendance")
@requires(WRITE, on=open_meeting_at)
def save_attendance(meeting: Meeting) -> Any:
    """Saves who was there."""
    form = _attendance_form(meeting)

    def save() -> Response:
        services.record_attendance(actor(), meeting, form.said(), seen=form.seen.data)
        return back_to(meeting, _("Attendance is recorded."), "attendance")

    return tried(form, save) or (_attendance_page(meeting, form), 422)


def _attendance_form(meeting: Meeting) -> AttendanceForm:
    bodies = queries.asked_to_meet(meeting)
    return attendance_form(bodies)(row=meeting, languages=meeting.plan.languages, institutions=bodies)


def _attendance_page(meeting: Meeting, form: AttendanceForm) -> str:
    return page("meetings/attendance_form.html", plan=meeting.plan, meeting=meeting, form=form)


@rooms.get(ONE + "/minutes")
@requires(WRITE, on=open_meeting_at)
def minutes(meeting: Meeting) -> str:
    """The minutes, as a form."""
    return _minutes_page(meeting, _minutes_form(meeting))


@rooms.post(ONE + "/minutes")
@requires(WRITE, on=open_meeting_at)
def save_minutes(meeting: Meeting) -> Any:
    """Saves the minutes."""
    form = _minutes_form(meeting)

    def save() -> Response:
        services.write_minutes(actor(), meeting, form.minutes.data, seen=form.seen.data)
        return back_to(meeting, _("The minutes are saved."), "minutes")

    return tried(form, save) or (_minutes_page(meeting, form), 422)


def _minutes_form(meeting: Meeting) -> MinutesForm:
    return MinutesForm(row=services.text_of(meeting), languages=meeting.plan.languages)


def _minutes_page(meeting: Meeting, form: MinutesForm) -> str:
    return page("meetings/minutes_form.html", plan=meeting.plan, meeting=meeting, form=form)


@rooms.get(ONE + "/approve")
@requires(WRITE, on=open_meeting_at)
def approve(meeting: Meeting) -> str:
    """What approval means, what is missing, and the day of it."""
    form = ApproveForm(row=meeting)
    form.approved_on.data = queries.today_of(meeting.plan)
    return _approve_page(meeting, form)


@rooms.post(ONE + "/approve")
@requires(WRITE, on=open_meeting_at)
def save_approval(meeting: Meeting) -> Any:
    """Approves the minutes."""
    form = ApproveForm(row=meeting)

    def save() -> Response:
        services.approve(actor(), meeting, form.approved_on.data, seen=form.seen.data)
        return back_to(meeting, _("The minutes are approved."))

    return tried(form, save) or (_approve_page(meeting, form), 422)


def _approve_page(meeting: Meeting, form: ApproveForm) -> str:
    return page("meetings/approve.html", plan=meeting.plan, meeting=meeting, form=form)
