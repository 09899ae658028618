"""The form of the monitoring mechanism."""

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l, words_in
from nap_builder.plans.forms.pieces import OneOf, SeveralOf
from nap_builder.plans.services.mechanism import MechanismFacts

LONGEST_TEXT = 5_000


class MechanismForm(Form):
    """Who follows the plan. Give it `institutions` to choose from; its row is a MechanismFacts."""

    owner = OneOf(_l("Who answers for it"), nothing=_l("Not named yet"))
    members = SeveralOf(_l("Who takes part"))
    meets_every_months = IntegerField(
        _l("Months between its meetings"),
        validators=[Optional(), NumberRange(1, 60, _l("Write a number from 1 to 60."))],
    )
    built_on = WordsField(_l("What it is built on"), longest=LONGEST_TEXT)

    def _speak(self) -> None:
        super()._speak()
        bodies = {body.code: words_in(body.name) for body in self.given.get("institutions", ())}
        named = [self.owner.object_data, *(self.members.object_data or ())]
        bodies |= {code: code for code in named if code and code not in bodies}
        self.owner.choices = self.owner.beginning(list(bodies.items()))
        self.members.choices = list(bodies.items())

    def facts(self) -> MechanismFacts:
        """What the form says, as the service takes it."""
        return MechanismFacts(
            owner=self.owner.data,
            members=tuple(self.members.data or ()),
            meets_every_months=self.meets_every_months.data,
            built_on=self.built_on.data,
        )
