"""Forms for sections and paragraphs."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.names import PARAGRAPH_KINDS, PLACES

LONGEST_TITLE = 300


def offer(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """Values and their words as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]


def whole_or_none(value: Any) -> int | None:
    """A row id from a list of choices; None for the empty choice."""
    return int(value) if value not in (None, "", "None") else None


class ParagraphForm(Form):
    """The text of a paragraph in each language of the plan, and what kind it is."""

    text = WordsField(_l("Text"), required=True)
    kind = RadioField(_l("What it is"), choices=offer(PARAGRAPH_KINDS.items()), default="paragraph")


class NewParagraphForm(ParagraphForm):
    """As a paragraph's; `after` is the key of the paragraph that it will follow."""

    after = HiddenField(validators=[Optional(), Length(max=64)])


class SplitForm(Form):
    """The text of a paragraph, to be cut at its blank lines."""

    text = WordsField(_l("Text"), required=True)


class StepForm(Form):
    """One step up (-1) or down (1)."""

    step = IntegerField(validators=[InputRequired(), AnyOf([-1, 1])])


class SectionForm(Form):
    """What is said of a section as a whole. Give it `institutions`."""

    title = WordsField(_l("Title"), required=True, longest=LONGEST_TITLE)
    place = RadioField(_l("Where it stands"), choices=offer(PLACES.items()), default="body")
    owner_id = SelectField(_l("Who writes it"), coerce=whole_or_none, validators=[Optional()])
    restricted = BooleanField(_l("Only for those who write it"))

    def _speak(self) -> None:
        super()._speak()
        named = [(str(body.id), words_in(body.name)) for body in self.given.get("institutions", ())]
        self.owner_id.choices = offer([("", _("The secretariat")), *named])
