"""The decisions of a meeting: recorded with its minutes, carried out after it."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.meetings import queries
from nap_builder.meetings.forms.meeting import DecisionForm
from nap_builder.meetings.models import Decision, Meeting
from nap_builder.meetings.queries import decision_at
from nap_builder.meetings.routes.blueprint import rooms
from nap_builder.meetings.routes.meetings import ONE, WRITE, back_to
from nap_builder.meetings.services import minutes as services
from nap_builder.meetings.services.meetings import open_meeting_at
from nap_builder.meetings.services.minutes import open_decision_at
from nap_builder.plans.routes.saving import tried

CLOSE = "meetings.decision.close"
DECISION = "/w/<slug:slug>/decision/<key:key>"


@rooms.get(ONE + "/decision")
@requires(WRITE, on=open_meeting_at)
def new_decision(meeting: Meeting) -> str:
    """The form of a new decision."""
    return _page(meeting, _form(meeting))


@rooms.post(ONE + "/decision")
@requires(WRITE, on=open_meeting_at)
def add_decision(meeting: Meeting) -> Any:
    """Records a decision."""
    form = _form(meeting)

    def save() -> Response:
        services.add_decision(actor(), meeting, form.facts())
        return back_to(meeting, _("The decision is recorded."), "decisions")

    return tried(form, save) or (_page(meeting, form), 422)


@rooms.get(DECISION)
@requires(WRITE, on=open_decision_at)
def edit_decision(decision: Decision) -> str:
    """A decision as a form."""
    return _page(decision.meeting, _form(decision.meeting, decision), decision)


@rooms.post(DECISION)
@requires(WRITE, on=open_decision_at)
def save_decision(decision: Decision) -> Any:
    """Saves a decision."""
    form = _form(decision.meeting, decision)

    def save() -> Response:
        services.change_decision(actor(), decision, form.facts(), seen=form.seen.data)
        return back_to(decision.meeting, _("The decision is saved."), "decisions")

    return tried(form, save) or (_page(decision.meeting, form, decision), 422)


@rooms.post(DECISION + "/remove")
@requires(WRITE, on=open_decision_at)
def remove_decision(decision: Decision) -> Response:
    """Takes a decision out of the minutes."""
    form, meeting = Form(), decision.meeting
    with transaction():
        services.remove_decision(actor(), decision, seen=form.seen.data)
        return back_to(meeting, _("The decision is removed."), "decisions")


@rooms.post(DECISION + "/done")
@requires(CLOSE, on=decision_at)
def finish_decision(decision: Decision) -> Response:
    """Marks a decision as done."""
    form = Form()
    with transaction():
        services.finish(actor(), decision, seen=form.seen.data)
        return back_to(decision.meeting, _("The decision is marked as done."), "decisions")


@rooms.post(DECISION + "/reopen")
@requires(CLOSE, on=decision_at)
def reopen_decision(decision: Decision) -> Response:
    """Takes back that a decision is done."""
    form = Form()
    with transaction():
        services.reopen(actor(), decision, seen=form.seen.data)
        return back_to(decision.meeting, _("The decision is open again."), "decisions")


def _form(meeting: Meeting, decision: Decision | None = None) -> DecisionForm:
    bodies = queries.possible_owners(meeting.plan)
    return DecisionForm(row=decision, languages=meeting.plan.languages, institutions=bodies)


def _page(meeting: Meeting, form: DecisionForm, decision: Decision | None = None) -> str:
    return page("meetings/decision_form.html", plan=meeting.plan, meeting=meeting, form=form, decision=decision)
