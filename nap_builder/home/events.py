"""What is remembered of the tasks of a plan."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

TASK_GIVEN = act("home.task.given", _l("%(actor)s wrote down who keeps a task of the plan moving (%(task)s)."))
