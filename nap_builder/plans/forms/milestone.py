"""The form of a milestone."""

from typing import Any

from nap_builder.kernel.fields import WhenField, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.pieces import WHEN_HINT, CodeField, InstitutionField, OneOf, RowForm
from nap_builder.plans.names import MILESTONE_KINDS


class MilestoneForm(RowForm):
    """Something that will have happened by a date."""

    title = WordsField(_l("What will have happened"), required=True)
    code = CodeField()
    kind = OneOf(_l("Kind"), MILESTONE_KINDS, default="other")
    due = WhenField(_l("Due"), description=WHEN_HINT)
    responsible_id = InstitutionField(_l("Who sees to it"), nothing=_l("Not said"))

    def values(self) -> dict[str, Any]:
        """What the form says, by the milestone's columns."""
        return {
            **self.words("title", "code", "due"),
            "kind": self.kind.data or "other",
            "responsible_id": self.responsible_id.whole,
        }
