"""Forms about the champion, the machinery's posts and its budget."""

from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from nap_builder.kernel.fields import CurrencyField, ExactField, Form, WhenField, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.taskforce.forms import LONGEST_NAME, id_or_none, named, offered

MOST_POSTS = 10_000
LONGEST_TASK = 1_000
COUNT = NumberRange(0, MOST_POSTS, _l("Write a number from 0 to 10,000."))
SINCE = _l("Such as 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15.")


class ChampionForm(Form):
    """Which office stands up for the plan. Give it `institutions`."""

    post = WordsField(
        _l("Post"), required=True, longest=LONGEST_NAME, description=_l("Name the post, such as: Vice-President.")
    )
    institution_id = SelectField(_l("Institution"), coerce=id_or_none, validators=[Optional()])
    since = WhenField(_l("Since"), description=SINCE)
    task = WordsField(_l("Task"), longest=LONGEST_TASK, description=_l("What this office does for the plan."))

    def _speak(self) -> None:
        super()._speak()
        self.institution_id.choices = offered(named(self.given.get("institutions", ())), _("Of no institution"))

    def values(self) -> dict[str, Any]:
        """What the form says, by the row's columns."""
        return {name: self[name].data for name in ("post", "institution_id", "since", "task")}


class PostForm(Form):
    """Posts of one title."""

    title = WordsField(_l("Title of the post"), required=True, longest=LONGEST_NAME)
    filled = IntegerField(_l("Filled"), default=0, validators=[InputRequired(_l("Write a number.")), COUNT])
    vacant = IntegerField(_l("Vacant"), default=0, validators=[InputRequired(_l("Write a number.")), COUNT])

    def values(self) -> dict[str, Any]:
        """What the form says, by the row's columns."""
        return {name: self[name].data for name in ("title", "filled", "vacant")}


class BudgetForm(Form):
    """The machinery's own money in a year."""

    year = IntegerField(
        _l("Fiscal year"),
        description=_l("The year in which the budget year begins."),
        validators=[
            InputRequired(_l("Write a year from 1990 to 2100.")),
            NumberRange(1990, 2100, _l("Write a year from 1990 to 2100.")),
        ],
    )
    amount = ExactField(_l("Amount"), validators=[InputRequired(_l("Write an amount."))])
    currency = CurrencyField(_l("Currency"), validators=[InputRequired(_l("Write a currency."))])
    source = WordsField(_l("Source"), longest=LONGEST_NAME, description=_l("Such as: State budget, programme 4."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the row's columns."""
        return {name: self[name].data for name in ("year", "amount", "currency", "source")}


FORMS: dict[str, type[ChampionForm | PostForm | BudgetForm]] = {
    "champion": ChampionForm,
    "post": PostForm,
    "budget": BudgetForm,
}
