"""Forms of a contribution that staff enter, of several at once, and what the list shows."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Form as PlainForm
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from nap_builder.consultations.forms.pieces import DayField, LanguageField
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import ANSWER_STATES, ATTRIBUTIONS, CHANNELS
from nap_builder.consultations.queries.about import KINDS
from nap_builder.consultations.services.contributions import ContributionFacts
from nap_builder.kernel.fields import Form, PlainField, ProseField, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.forms.pieces import OneOf, Pair, SeveralOf
from nap_builder.plans.names import THEMES

LONGEST_SAID, LONGEST_MANY, LONGEST_NAME, MOST_AT_ONCE = 20_000, 200_000, 200, 200
APART = re.compile(r"\n\s*\n")
BY_STAFF = {channel: name for channel, name in CHANNELS.items() if channel != "online"}


class SharedForm(Form):
    """What contributions share that are entered one by one or together. Give it `within`: attributions that may be."""

    language = LanguageField(
        _l("Language in which it was said"), validators=[InputRequired(_l("Write the language in which it was said."))]
    )
    channel = OneOf(_l("How it came"), BY_STAFF, nothing=_l("Not said"))
    held_on = DayField(_l("Said on"), description=_l("The day on which it was said. The day of entry is kept apart."))
    attribution = OneOf(_l("How it is attributed"), ATTRIBUTIONS, default="anonymous")
    by = PlainField(
        _l("Name of the person or organisation"),
        validators=[Optional(), Length(max=LONGEST_NAME)],
        description=_l("Only with consent, and only where it is attributed to a name."),
    )
    theme = OneOf(_l("Theme"), THEMES, nothing=_l("Not said"))

    def _speak(self) -> None:
        super()._speak()
        online = self.given.get("online", False)
        if online:
            self.channel.choices = [("online", CHANNELS["online"])]
        within = self.given["within"]
        kept = self.attribution.object_data
        self.attribution.choices = [pair for pair in ATTRIBUTIONS.items() if pair[0] in within or pair[0] == kept]

    def shared(self, text: dict[str, str], proposed: str | None = None) -> ContributionFacts:
        """What the form says around a text."""
        plain = {name: self[name].data for name in ("channel", "held_on", "by", "theme")}
        return ContributionFacts(
            text=text,
            language=self.language.data or "en",
            attribution=self.attribution.data or "anonymous",
            proposed=proposed,
            **plain,
        )


class ContributionForm(SharedForm):
    """One contribution, with translations of it beside."""

    said = ProseField(_l("What was said"), longest=LONGEST_SAID, validators=[InputRequired(_l("Write what was said."))])
    translation = WordsField(
        _l("Translation"),
        longest=LONGEST_SAID,
        description=_l("Into the languages of the plan; the original stays beside it."),
    )
    proposed = ProseField(_l("Suggested wording"), longest=LONGEST_SAID)

    def __init__(self, *, row: Contribution | None = None, **given: Any) -> None:
        super().__init__(row=row, **{**given, **_of(row)})

    def validate_translation(self, field: WordsField) -> None:
        """A translation is into another language than the original."""
        own = self.language.data
        if own in (field.data or {}):
            raise ValidationError(_("Write the language in which it was said above; here only the others."))

    def facts(self) -> ContributionFacts:
        """What the form says, as the service takes it."""
        text = {self.language.data or "en": self.said.data or "", **(self.translation.data or {})}
        return self.shared(text, self.proposed.data)


def _of(row: Contribution | None) -> dict[str, Any]:
    """The original and its translations apart."""
    if row is None:
        return {}
    own = row.language if row.language in row.text else next(iter(row.text))
    rest = {tag: text for tag, text in row.text.items() if tag != own}
    return {"said": row.text[own], "translation": rest or None}


class ManyForm(SharedForm):
    """Several contributions that share all but their text, one paragraph each."""

    texts = ProseField(
        _l("What was said"),
        longest=LONGEST_MANY,
        validators=[InputRequired(_l("Write what was said."))],
        description=_l("One paragraph each, with an empty line between them."),
    )

    def paragraphs(self) -> list[str]:
        """The texts, one of each paragraph."""
        return [part.strip() for part in APART.split(self.texts.data or "") if part.strip()]

    def validate_texts(self, _field: ProseField) -> None:
        """Refuses more than a page can show, and what is too long for one."""
        found = self.paragraphs()
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(_("Enter up to %(count)s at once.", count=MOST_AT_ONCE))
        if any(len(part) > LONGEST_SAID for part in found):
            raise ValidationError(
                _("One of these is too long. Keep each under %(count)s characters.", count=LONGEST_SAID)
            )


class AboutForm(Form):
    """Which parts of the plan a contribution is about. Give it `parts` (pairs of reference and words)."""

    about = SeveralOf(_l("What it is about"))

    def _speak(self) -> None:
        super()._speak()
        self.about.choices = list(self.given["parts"])


class AboutFilter(PlainForm):
    """Which parts of the plan are offered; it stands in the address."""

    q = StringField(_l("Find"))
    kind = OneOf(_l("What it is"), KINDS, nothing=_l("Anything"))


class ContributionFilter(PlainForm):
    """What the list of contributions shows; it stands in the address."""

    q = StringField(_l("Find"))
    consultation = OneOf(_l("Consultation"), nothing=_l("All"))
    theme = OneOf(_l("Theme"), THEMES, nothing=_l("Any"))
    state = OneOf(_l("Answer"), ANSWER_STATES, nothing=_l("Any"))
    asked = OneOf(_l("Who is asked to answer"), nothing=_l("Any"))
    late = OneOf(_l("Waiting"), {"y": _l("Over ten days")}, nothing=_l("Any time"))

    def offer(self, consultations: Sequence[Pair], asked: Sequence[Pair]) -> None:
        """Says which consultations (by key) and institutions (by code) there are."""
        self.consultation.choices = self.consultation.beginning(consultations)
        self.asked.choices = self.asked.beginning(asked)

    def chosen(self, name: str) -> str:
        """What is chosen of a list; empty for what the list does not have."""
        return next((choice.value for choice in self[name].iter_choices() if choice.selected), "")
