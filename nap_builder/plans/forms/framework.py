"""The forms of pillars, objectives and outputs, and those that arrange rows."""

from typing import Any

from nap_builder.kernel.fields import WordsField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.pieces import (
    CodeField,
    InstitutionField,
    InstitutionsField,
    LinesField,
    OneOf,
    RowForm,
    SeveralOf,
)
from nap_builder.plans.names import AREAS, THEMES, TOPICS


class PillarForm(RowForm):
    """A pillar."""

    code = CodeField()
    title = WordsField(_l("What it is called"), required=True)
    goal = WordsField(_l("Goal"), description=_l("What should be so when the plan ends."))
    theme = OneOf(_l("Theme"), THEMES, nothing=_l("Not said"))
    also_themes = SeveralOf(_l("Other themes"), THEMES)
    areas = SeveralOf(_l("Areas of the 2005–2007 plan of action"), AREAS)

    def values(self) -> dict[str, Any]:
        """What the form says, by the pillar's columns."""
        return self.words("code", "title", "goal", "theme", "also_themes", "areas")


class ObjectiveForm(RowForm):
    """An objective."""

    code = CodeField()
    title = WordsField(_l("What it is called"), required=True)
    lead_id = InstitutionField(_l("Lead ministry"), nothing=_l("Nobody"))
    co_leads = InstitutionsField(_l("Leads together with"))
    supporting = InstitutionsField(_l("With"))
    description = WordsField(_l("Description"))
    partners = WordsField(_l("Partners, in words"))
    change_for_women = WordsField(_l("The change for women and girls"))
    achieved_when = WordsField(_l("It is reached when"))
    theme = OneOf(_l("Theme"), THEMES, nothing=_l("Not said"))
    topics = SeveralOf(_l("Topics"), TOPICS)
    mandates = LinesField(_l("Obligations it answers"), description=_l("One on a line, such as S/RES/1325 OP8."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the objective's columns."""
        texts = ("title", "description", "partners", "change_for_women", "achieved_when")
        return {**self.words("code", *texts, "theme", "topics", "mandates"), **self.led()}


class OutputForm(RowForm):
    """An output."""

    code = CodeField()
    title = WordsField(_l("What it is called"), required=True)
    lead_id = InstitutionField(
        _l("Lead ministry"),
        nothing=_l("Nobody of its own"),
        description=_l("Without a lead of its own, the nearest row above leads."),
    )
    co_leads = InstitutionsField(_l("Leads together with"))
    partners = WordsField(_l("Partners, in words"))

    def values(self) -> dict[str, Any]:
        """What the form says, by the output's columns."""
        return {**self.words("code", "title", "partners"), **self.led()}


class MoveForm(RowForm):
    """Where a row is to stand. The place is behind a sibling, by its key, or first."""

    place = OneOf(_l("Place"))
    code = CodeField()


FORMS = {"pillar": PillarForm, "objective": ObjectiveForm, "output": OutputForm}
