"""Forms about letters, and about who was asked."""

from typing import Any

from wtforms import TextAreaField, ValidationError
from wtforms.validators import Optional

from nap_builder.consultations.forms.pieces import DayField
from nap_builder.consultations.names import LETTER_KINDS
from nap_builder.consultations.services.letters import Asked, LetterFacts
from nap_builder.kernel.fields import Form, ProseField, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.forms.pieces import InstitutionsField, LinesField, OneOf, SeveralOf

LONGEST_LETTER, LONGEST_NOTE, LONGEST_NAME, MOST_NAMES = 10_000, 1_000, 200, 200


class LetterForm(Form):
    """A letter."""

    kind = OneOf(_l("Kind"), LETTER_KINDS)
    on_day = DayField(_l("Day of the letter"), missing=_l("Choose the day of the letter."))
    answer_by = DayField(_l("Answer by"))
    text = WordsField(_l("Text"), required=True, longest=LONGEST_LETTER)

    def facts(self) -> LetterFacts:
        """What the form says, as the service takes it."""
        assert self.on_day.data is not None
        kind = self.kind.data or "launch"
        return LetterFacts(kind, self.on_day.data, self.answer_by.data, self.text.data or {})


class AskForm(Form):
    """Who is put on the list. Give it `institutions` and `organisations` (pairs of row id and name)."""

    institutions = InstitutionsField(_l("Institutions of the plan"))
    organisations = SeveralOf(_l("Organisations of the directory"))
    names = LinesField(_l("Others"), description=_l("One on a line. Name the post, not the person."))
    on_day = DayField(_l("Asked on"), description=_l("Leave empty where the letter is not sent yet."))

    def _speak(self) -> None:
        super()._speak()
        self.institutions.choices = [(str(body.id), words_in(body.name)) for body in self.given["bodies"]]
        self.organisations.choices = [(str(one.id), one.name) for one in self.given["groups"]]

    def validate_names(self, field: LinesField) -> None:
        """Refuses what is no name."""
        if len(field.data or ()) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in field.data or ()):
            raise ValidationError(_("Write up to 200 names, each up to 200 characters."))

    def asked(self) -> Asked:
        """What the form says, as the service takes it."""
        return Asked(self.institutions.wholes, self.organisations.wholes, self.names.data or (), self.on_day.data)


class AnsweredForm(Form):
    """The day on which one who was asked answered."""

    answered_on = DayField(_l("Answered on"), missing=_l("Choose the day of the answer."))


class AddresseeForm(Form):
    """What is noted of one who was asked."""

    asked_on = DayField(_l("Asked on"))
    answered_on = DayField(_l("Answered on"))
    note = ProseField(_l("Note"), longest=LONGEST_NOTE)


class TextToCopy(Form):
    """A text to copy, not to send."""

    text = TextAreaField(_l("Text to copy"), validators=[Optional()], render_kw={"readonly": True})

    @classmethod
    def of(cls, text: str) -> Any:
        """The form that shows a text."""
        return cls(formdata=None, text=text)
