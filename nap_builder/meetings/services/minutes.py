"""Minutes: who was there, what was said and decided, and the approval that closes them. Called in a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit, WrongState
from nap_builder.kernel.languages import _, language_name, tag
from nap_builder.meetings import events, queries
from nap_builder.meetings.models import Approval, Attendance, Decision, Meeting
from nap_builder.meetings.services.meetings import Words, refuse_closed


@dataclass(frozen=True)
class MinutesText:
    """The text of the minutes, and how often it was written: what the form of the minutes shows."""

    minutes: Words | None
    row_version: int


@dataclass(frozen=True)
class DecisionFacts:
    """What was decided, the row id of the institution that does it, and by when."""

    text: Words
    owner_id: int
    due: date


def open_decision_at(slug: str, key: str) -> Decision:
    """A decision, to be written anew. Raises Missing, and WrongState once the minutes are approved."""
    decision = queries.decision_at(slug, key)
    refuse_closed(decision.meeting)
    return decision


def text_of(meeting: Meeting) -> MinutesText:
    """The text of a meeting's minutes as it stands."""
    return MinutesText(meeting.minutes, meeting.minutes_version)


def record_attendance(
    by: Actor, meeting: Meeting, said: Mapping[int, tuple[str, Words | None]], *, seen: int | None
) -> None:
    """Says who was there: by row id of the institution, a state of `ATTENDANCE` and the post that came.

    An institution that is left out has nothing recorded. Raises StaleEdit, WrongState.
    """
    refuse_closed(meeting)
    unchanged_since(meeting, seen)
    before = _attended(meeting)
    rows = {row.institution_id: row for row in meeting.attendance}
    for gone in rows.keys() - said.keys():
        meeting.attendance.remove(rows[gone])
        db.session.delete(rows[gone])
    for institution_id, (state, post) in said.items():
        row = rows.get(institution_id)
        if row is None:
            row = Attendance(meeting=meeting, institution_id=institution_id, state=state)
            db.session.add(row)
        row.state, row.post = state, post
    touch(meeting)
    db.session.flush()
    changes = {"attendance": (before, _attended(meeting))}
    record(events.ATTENDANCE_RECORDED, by, meeting, changes=changes, number=meeting.number)


def _attended(meeting: Meeting) -> dict[str, str]:
    return {row.institution.code: row.state for row in meeting.attendance}


def write_minutes(by: Actor, meeting: Meeting, minutes: Words | None, *, seen: int | None) -> None:
    """Writes the text of the minutes. Raises StaleEdit, MalformedForm without `seen`, WrongState."""
    refuse_closed(meeting)
    if seen is None:
        raise MalformedForm
    if meeting.minutes_version != seen:
        raise StaleEdit(text_of(meeting))
    if meeting.cancelled_at is not None:
        raise WrongState(_("This meeting is cancelled, so it has no minutes."))
    changes = {"minutes": (meeting.minutes, minutes)}
    meeting.minutes, meeting.minutes_version = minutes, seen + 1
    record(events.MINUTES_WRITTEN, by, meeting, changes=changes, number=meeting.number)


def approve(by: Actor, meeting: Meeting, on: date, *, seen: int | None) -> Approval:
    """Approves the minutes as of a day; nothing in them changes after that. Raises StaleEdit, WrongState, BadInput."""
    refuse_closed(meeting)
    unchanged_since(meeting, seen)
    if meeting.cancelled_at is not None:
        raise WrongState(_("This meeting is cancelled, so it has no minutes."))
    first = meeting.plan.first_language
    if not (meeting.minutes or {}).get(first):
        name = language_name(first, tag())
        raise WrongState(_("The minutes are not written in %(language)s yet. Write them first.", language=name))
    if on < meeting.day:
        raise BadInput("approved_on", _("That is before the meeting."))
    if on > queries.today_of(meeting.plan):
        raise BadInput("approved_on", _("That day has not come yet."))
    bodies = [row.institution for row in meeting.attendance] + [row.owner for row in meeting.decisions]
    names = {str(body.id): body.name for body in bodies}
    approval = Approval(approved_on=on, approved_by=by.name, institution_names=names)
    # The last change of the meeting itself goes to the database before the row that closes it.
    touch(meeting)
    db.session.flush()
    meeting.approval = approval
    record(events.MINUTES_APPROVED, by, meeting, changes={"approved_on": (None, on)}, number=meeting.number)
    return approval


def add_decision(by: Actor, meeting: Meeting, facts: DecisionFacts) -> Decision:
    """Records what the meeting decided. Raises WrongState, and BadInput for an owner that the plan does not name."""
    refuse_closed(meeting)
    _refuse_stranger(meeting, facts.owner_id)
    last = max((one.position for one in meeting.decisions), default=-1)
    decision = Decision(meeting=meeting, position=last + 1, **_values(facts))
    db.session.add(decision)
    db.session.flush()
    _decided(events.DECISION_ADDED, by, decision, {name: (None, value) for name, value in _said(decision).items()})
    return decision


def change_decision(by: Actor, decision: Decision, facts: DecisionFacts, *, seen: int | None) -> None:
    """Writes a decision anew. Raises StaleEdit, WrongState, BadInput."""
    refuse_closed(decision.meeting)
    unchanged_since(decision, seen)
    _refuse_stranger(decision.meeting, facts.owner_id)
    before = _said(decision)
    for name, value in _values(facts).items():
        setattr(decision, name, value)
    db.session.flush()
    db.session.expire(decision, ["owner"])
    after = _said(decision)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    _decided(events.DECISION_CHANGED, by, decision, changes)


def remove_decision(by: Actor, decision: Decision, *, seen: int | None) -> None:
    """Takes a decision out of draft minutes. Raises StaleEdit, WrongState."""
    meeting = decision.meeting
    refuse_closed(meeting)
    unchanged_since(decision, seen)
    changes = {name: (value, None) for name, value in _said(decision).items()}
    _decided(events.DECISION_REMOVED, by, decision, changes)
    meeting.decisions.remove(decision)
    db.session.delete(decision)


def finish(by: Actor, decision: Decision, *, seen: int | None) -> None:
    """Marks a decision as done today, in approved minutes too. Raises StaleEdit, WrongState."""
    unchanged_since(decision, seen)
    if decision.done_on is not None:
        raise WrongState(_("This decision is marked as done already."))
    decision.done_on, decision.done_by = queries.today_of(decision.plan), by.name
    _marked(events.DECISION_DONE, by, decision, (None, decision.done_on))


def reopen(by: Actor, decision: Decision, *, seen: int | None) -> None:
    """Takes back that a decision is done. Raises StaleEdit, WrongState."""
    unchanged_since(decision, seen)
    if decision.done_on is None:
        raise WrongState(_("This decision is not marked as done."))
    before, decision.done_on, decision.done_by = decision.done_on, None, None
    _marked(events.DECISION_REOPENED, by, decision, (before, None))


def _decided(done: Any, by: Actor, decision: Decision, changes: dict[str, Any]) -> None:
    """Records an act on a decision of draft minutes, which counts as a change of the minutes that wait for approval."""
    touch(decision.meeting)
    record(done, by, decision, changes=changes, number=decision.meeting.number)


def _marked(done: Any, by: Actor, decision: Decision, pair: tuple[Any, Any]) -> None:
    record(done, by, decision, changes={"done_on": pair}, number=decision.meeting.number)


def _refuse_stranger(meeting: Meeting, owner_id: int) -> None:
    if owner_id not in {body.id for body in queries.possible_owners(meeting.plan)}:
        raise BadInput("owner_id", _("The plan does not name this institution. Choose another."))


def _values(facts: DecisionFacts) -> dict[str, Any]:
    return {"text": facts.text, "owner_id": facts.owner_id, "due": facts.due}


def _said(decision: Decision) -> dict[str, Any]:
    return {"text": decision.text, "institution": decision.owner.code, "due": decision.due}
