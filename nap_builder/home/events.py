"""What is remembered of the tasks of a plan, and of the links of calendars."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

TASK_GIVEN = act("home.task.given", _l("%(actor)s wrote down who keeps a task of the plan moving (%(task)s)."))
CALENDAR_LINK_MADE = act("home.calendar_link.made", _l("%(actor)s made a link for their own calendar."))
CALENDAR_LINK_REVOKED = act("home.calendar_link.revoked", _l("%(actor)s revoked the link of their own calendar."))
