"""What is remembered of meetings and of the process calendar."""

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l
from nap_builder.meetings.names import STEPS
from nap_builder.plans.member_names import MEMBERS

CALLED = act("meetings.meeting.called", _l("%(actor)s called meeting %(number)s of the task force."))
CHANGED = act("meetings.meeting.changed", _l("%(actor)s changed when or where meeting %(number)s is."))
CANCELLED = act("meetings.meeting.cancelled", _l("%(actor)s cancelled meeting %(number)s."))
REINSTATED = act("meetings.meeting.reinstated", _l("%(actor)s took back that meeting %(number)s is cancelled."))
AGENDA_CHANGED = act("meetings.agenda.changed", _l("%(actor)s changed the agenda of meeting %(number)s."))
ATTENDANCE_RECORDED = act("meetings.attendance.recorded", _l("%(actor)s recorded who was at meeting %(number)s."))
MINUTES_WRITTEN = act("meetings.minutes.written", _l("%(actor)s wrote the minutes of meeting %(number)s."))
MINUTES_APPROVED = act("meetings.minutes.approved", _l("%(actor)s approved the minutes of meeting %(number)s."))
DECISION_ADDED = act("meetings.decision.added", _l("%(actor)s recorded a decision of meeting %(number)s."))
DECISION_CHANGED = act("meetings.decision.changed", _l("%(actor)s changed a decision of meeting %(number)s."))
DECISION_REMOVED = act("meetings.decision.removed", _l("%(actor)s removed a decision of meeting %(number)s."))
DECISION_DONE = act("meetings.decision.done", _l("%(actor)s marked a decision of meeting %(number)s as done."))
DECISION_REOPENED = act("meetings.decision.reopened", _l("%(actor)s opened a decision of meeting %(number)s again."))
CALENDAR_MADE = act("meetings.calendar.made", _l("%(actor)s made the calendar of the process."))
STEP_ADDED = act("meetings.step.added", _l("%(actor)s added a step to the calendar of the process: %(step)s."))
STEP_NAMED = act("meetings.step.named", _l("%(actor)s changed what a step of the process is called: %(step)s."))
STEP_MOVED = act("meetings.step.moved", _l("%(actor)s moved a step of the process to another day: %(step)s."))
STEP_MARKED = act("meetings.step.marked", _l("%(actor)s said how a step of the process stands: %(step)s."))

reads("step", lambda step: str(STEPS.get(step, step)))

STEP_MEMBER = "step_"  # a step of the process, among the members whose change the trail tells
MEMBERS.update({STEP_MEMBER + kind: words for kind, words in STEPS.items()})
MEMBERS.update(
    day=_l("Day"),
    begins=_l("Begins at"),
    until=_l("Ends at"),
    link=_l("Link"),
    agenda=_l("Agenda"),
    attendance=_l("Attendance"),
    minutes=_l("Minutes"),
    approved_on=_l("Approved on"),
    phase=_l("Phase"),
)
