"""Forms of a question, and of how often each answer was given."""

from typing import Any

from wtforms import BooleanField, ValidationError

from nap_builder.consultations.forms.pieces import CountField
from nap_builder.consultations.models.questionnaires import SEXES, Question
from nap_builder.consultations.names import QUESTION_KINDS
from nap_builder.consultations.names import SEXES as SEX_NAMES
from nap_builder.consultations.queries.questions import Counted
from nap_builder.consultations.services.questions import QuestionFacts
from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.forms.pieces import OneOf

LONGEST_QUESTION, LONGEST_OPTIONS = 500, 3_000


class QuestionForm(Form):
    """A question. The answers to choose from stand one on a line, in the same order in each language."""

    text = WordsField(_l("Question"), required=True, longest=LONGEST_QUESTION)
    kind = OneOf(_l("How it is answered"), QUESTION_KINDS)
    options = WordsField(
        _l("Answers to choose from"),
        longest=LONGEST_OPTIONS,
        description=_l("One on a line, in the same order in each language. Only for one of several answers."),
    )

    sensitive = BooleanField(
        _l("It is about violence, ethnicity or disability"),
        description=_l(
            "Counts under ten are then shown only to those who keep the record; of other questions, under five."
        ),
    )

    def __init__(self, *, row: Question | None = None, **given: Any) -> None:
        super().__init__(row=row, **given)

    def _speak(self) -> None:
        row_options = self.options.object_data
        if not isinstance(row_options, dict):
            self.options.object_data = self.given.get("options_said")
        super()._speak()

    def validate_options(self, field: WordsField) -> None:
        """Each language has the same number of answers."""
        if len({len(lines(text)) for text in (field.data or {}).values()}) > 1:
            raise ValidationError(_("Write the same number of answers in each language."))

    def facts(self) -> QuestionFacts:
        """What the form says, as the service takes it."""
        by_language = {tag: lines(text) for tag, text in (self.options.data or {}).items()}
        count = max((len(texts) for texts in by_language.values()), default=0)
        options = [{tag: texts[n] for tag, texts in by_language.items()} for n in range(count)]
        kind, sensitive = self.kind.data or "text", bool(self.sensitive.data)
        return QuestionFacts(self.text.data or {}, kind, options or None, sensitive)


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def options_said(question: Question) -> dict[str, str] | None:
    """The answers to choose from as the form shows them: one text a language."""
    tags = dict.fromkeys(tag for option in question.options or () for tag in option)
    return {tag: "\n".join(option.get(tag, "") for option in question.options or ()) for tag in tags} or None


class TallyForm(Form):
    """How often each answer was given; made by `tally_form`, which adds a field for each count."""

    counted: tuple[Counted, ...] = ()

    def rows(self) -> list[tuple[Counted, list[CountField]]]:
        """Each answer with the fields of its counts by sex."""
        return [(one, [self[f"n_{one.option}_{sex}"] for sex in SEXES]) for one in self.counted]

    def counts(self) -> dict[int, dict[str, int]]:
        """What the form says, as the service takes it; empty means nobody."""
        return {
            one.option: {sex: field.whole or 0 for sex, field in zip(SEXES, fields, strict=True)}
            for one, fields in self.rows()
        }


def tally_form(counted: list[Counted]) -> type[TallyForm]:
    """The form with a field for each answer and sex, filled with what is counted so far."""
    fields: dict[str, Any] = {"counted": tuple(counted)}
    for one in counted:
        for sex, count in zip(SEXES, one.by_sex, strict=True):
            fields[f"n_{one.option}_{sex}"] = CountField(SEX_NAMES[sex], default=count or None)
    return type(TallyForm.__name__, (TallyForm,), fields)
