"""The form of a task."""

from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from nap_builder.home.queries.tasks import Task
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _l
from nap_builder.taskforce.forms import id_or_none, named, offered
from nap_builder.taskforce.models import Institution


class TaskForm(Form):
    """What can be said of a task. Give it the `task` and `institutions`; its row a TaskOwner or None."""

    institution_id = SelectField(_l("Kept moving by"), coerce=id_or_none, validators=[Optional()])
    finished = BooleanField(_l("We count this as finished"))

    def __init__(self, *, task: Task, row: Any = None, **given: Any) -> None:
        finished = row is not None and row.finished_at is not None
        super().__init__(row=row, **{**given, "task": task, "finished": finished})
        if not task.given:
            del self.institution_id
        if not task.closes:
            del self.finished

    def _speak(self) -> None:
        super()._speak()
        bodies = named(self.given.get("institutions", ()))
        self.institution_id.choices = offered(bodies, _("Nobody in particular"))

    def institution(self) -> Institution | None:
        """The institution that was chosen."""
        chosen = self.institution_id.data if "institution_id" in self else None
        return next((body for body in self.given["institutions"] if body.id == chosen), None)

    def is_finished(self) -> bool:
        """Whether the task counts as finished."""
        return "finished" in self and bool(self.finished.data)
