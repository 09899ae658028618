"""Forms about requests for support."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, ValidationError
from wtforms.validators import InputRequired

from nap_builder.kernel.fields import CurrencyField, ExactField, Form, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.forms.pieces import OneOf, Pair
from nap_builder.support.names import STATES
from nap_builder.taskforce.models import Institution

LONGEST_TITLE, LONGEST_NEED, LONGEST_CHANGE, LONGEST_LINE, LONGEST_NOTE = 160, 700, 400, 200, 1_000
FIRST_YEAR, LAST_YEAR = 1990, 2100


class RequestForm(Form):
    """A request. Give it `owners`, `givers` (institutions) and `rows` (pairs of `kind:key` and words)."""

    title = WordsField(
        _l("What is asked for"), required=True, longest=LONGEST_TITLE, description=_l("One line, as a donor reads it.")
    )
    need = WordsField(_l("Why it is needed"), required=True, longest=LONGEST_NEED)
    change = WordsField(_l("What it would change"), longest=LONGEST_CHANGE)
    reference = OneOf(_l("For which part of the plan"), nothing=_l("For the plan as a whole"))
    addressee_id = OneOf(_l("Who is asked"), nothing=_l("Another, named below"))
    addressee = WordsField(_l("Who is asked, in words"), longest=LONGEST_LINE)
    amount = ExactField(_l("Amount asked for"))
    currency = CurrencyField(_l("Currency"), description=_l("Three capital letters; empty means the plan’s own."))
    owner_id = OneOf(_l("Whose request it is"))
    contact = WordsField(
        _l("Whom to contact"),
        longest=LONGEST_LINE,
        description=_l("Name the post, not the person: posts outlast people."),
    )

    def _speak(self) -> None:
        super()._speak()
        self.owner_id.choices = _called(self.given.get("owners", ()))
        self.addressee_id.choices = self.addressee_id.beginning(_called(self.given.get("givers", ())))
        self.reference.choices = self.reference.beginning(list(self.given.get("rows", ())))

    def values(self) -> dict[str, Any]:
        """What the form says, by the members of the facts; the row of the plan is found by whoever asks."""
        said = {name: self[name].data for name in ("title", "need", "change", "contact", "addressee")}
        money = {name: self[name].data for name in ("amount", "currency")}
        return {**said, **money, "owner_id": self.owner_id.whole, "addressee_id": self.addressee_id.whole}


def _called(bodies: Sequence[Institution]) -> list[Pair]:
    return [(str(body.id), words_in(body.name)) for body in bodies]


class StepForm(Form):
    """A state that a request came into."""

    state = OneOf(_l("It is now"), STATES)
    on_day = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day."))])
    note = WordsField(
        _l("Note"), longest=LONGEST_NOTE, description=_l("Such as the number of the letter, or a reason.")
    )

    def validate_on_day(self, field: DateField) -> None:
        """Refuses a day that no request can be of."""
        if isinstance(field.data, date) and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(_("Write a year from 1990 to 2100."))
