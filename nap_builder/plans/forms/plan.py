"""Forms for a plan as a whole."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from nap_builder.kernel.fields import CurrencyField, Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l, language_name, words_in
from nap_builder.plans.forms.narrative import LONGEST_TITLE, offer, whole_or_none
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.models.plan import NATIONAL
from nap_builder.plans.names import PLAN_LEVELS
from nap_builder.plans.services.plan import PlanFacts

LANGUAGES = (
    "en fr ar es pt ru zh am az bg bn bs cs da de el et fa fi ga he hi hr hu hy id is it ja ka kk km ko ky lo lt lv "
    "mk mn ms mt my ne nl no pl ps ro rw si sk sl so sq sr sv sw ta tg th ti tr uk ur uz vi"
).split()


def upper(text: str | None) -> str | None:
    """A code in capital letters."""
    return text.upper() if text else text


class FactsOfEveryPlan(Form):
    """The facts that a plan begins with, also on its page of facts. Give it `above`, the plans it may stand under."""

    title = WordsField(_l("Title"), required=True, longest=LONGEST_TITLE)
    starts = DateField(_l("First day"), validators=[InputRequired(_l("Choose the first day of the plan."))])
    ends = DateField(_l("Last day"), validators=[InputRequired(_l("Choose the last day of the plan."))])
    level = RadioField(_l("Level"), choices=offer(PLAN_LEVELS.items()), default=NATIONAL)
    under = OneOf(_l("Part of"), nothing=_l("No other plan here"))
    under_title = WordsField(_l("Or of a plan that is not here: its title"), longest=LONGEST_TITLE)
    own_language = SelectField(_l("The plan's own language"), default="en")
    other_languages = SelectMultipleField(_l("Other languages"), validators=[Optional()])
    currency = CurrencyField(
        _l("Currency"),
        default="USD",
        description=_l("Three letters, such as USD or XOF."),
        validators=[InputRequired(_l("Write the currency's three letters."))],
    )

    fiscal_year_starts = PlainField(
        _l("The fiscal year begins on"),
        default="01-01",
        description=_l("Month and day, such as 01-01 or 07-01."),
        validators=[InputRequired(_l("Write the month and the day, such as 07-01."))],
    )
    regions = WordsField(_l("Regions"), longest=20_000)
    called_pillar = WordsField(_l("First level"), longest=60)
    called_objective = WordsField(_l("Second level"), longest=60)
    called_output = WordsField(_l("Optional level"), longest=60)
    called_activity = WordsField(_l("What is done"), longest=60)
    called_indicator = WordsField(_l("What is measured"), longest=60)
    called_milestone = WordsField(_l("What is reached by a date"), longest=60)

    def validate_fiscal_year_starts(self, field: Any) -> None:
        """Refuses what is no day of every year."""
        try:
            written = date.fromisoformat(f"2027-{field.data}").strftime("%m-%d")
        except ValueError:
            written = None
        if field.data and written != field.data:
            raise ValidationError(_("Write the month and the day, such as 07-01."))

    def _speak(self) -> None:
        super()._speak()
        self._offer_plans()
        offered = _offered([self.own_language.object_data, *(self.other_languages.object_data or ())])
        self.own_language.choices = offered
        self.other_languages.choices = offered

    def _offer_plans(self) -> None:
        """The plans that this one may stand under; one of elsewhere that it stands under already is among them."""
        named = [(plan.slug, words_in(plan.title)) for plan in self.given.get("above", ())]
        present = self.under.object_data
        if present and present not in dict(named):
            named.append((present, present))
        self.under.choices = self.under.beginning(named)


SHORT_NAME = (
    InputRequired(_l("Write a short name.")),
    Length(max=64),
    Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Use small letters, digits and single dashes only.")),
)


class StartForm(FactsOfEveryPlan):
    """What every new plan begins with."""

    slug = PlainField(
        _l("Short name in addresses"),
        description=_l("Small letters, digits and dashes, such as nap-2. It cannot be changed later."),
        validators=SHORT_NAME,
    )
    country = PlainField(
        _l("Country code"),
        filters=[upper],
        description=_l("Three letters, such as KEN for Kenya."),
        validators=[
            InputRequired(_l("Write the country's three letters.")),
            Regexp(r"[A-Z]{3}\Z", message=_l("Write three letters, such as KEN.")),
        ],
    )

    def facts(self) -> PlanFacts:
        """What the form says, as the service takes it. A language that somebody wrote in is one of the plan's."""
        written = [tag for field in self if isinstance(field, WordsField) for tag in _newly_in(field)]
        names = ("starts", "ends", "level", "under", "under_title", "own_language", "fiscal_year_starts", "regions")
        called = [field.short_name for field in self if field.short_name.startswith("called_")]
        return PlanFacts(
            title=self.title.data or {},
            **{name: self[name].data for name in (*names, *called)},
            other_languages=(*(self.other_languages.data or ()), *written),
            currency=self.currency.data or "USD",
        )


class FactsForm(FactsOfEveryPlan):
    """All facts of a plan that the page of its facts shows. Give it `institutions`; its row is a PlanFacts."""

    subtitle = WordsField(_l("Subtitle"), longest=LONGEST_TITLE)
    reference = PlainField(_l("Reference"), validators=[Optional(), Length(max=64)])
    issuing_body_id = SelectField(_l("Issued by"), coerce=whole_or_none, validators=[Optional()])
    vision = WordsField(_l("Vision"), longest=5_000)
    abbreviations = WordsField(_l("Abbreviations"), longest=20_000)

    def _speak(self) -> None:
        super()._speak()
        named = [(str(body.id), words_in(body.name)) for body in self.given.get("institutions", ())]
        self.issuing_body_id.choices = offer([("", _("Not named yet")), *named])

    def facts(self) -> PlanFacts:
        """What the form says, as the service takes it."""
        said = {field.short_name: field.data for field in self.visible()}
        said["other_languages"] = tuple(self.other_languages.data or ())
        return PlanFacts(**said)


def _newly_in(field: WordsField) -> list[str]:
    """The languages in which a field says what it did not say when it was shown."""
    shown = field.object_data or {}
    return [tag for tag, words in (field.data or {}).items() if words != shown.get(tag)]


def _offered(present: Sequence[str | None]) -> list[Any]:
    """The languages to choose from: the usual ones, and any that the plan has already."""
    tags = [*LANGUAGES, *(tag for tag in present if tag and tag not in LANGUAGES)]
    return offer((tag, language_name(tag)) for tag in tags)
