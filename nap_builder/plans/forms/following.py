"""The form of what a plan says of the State, of reports and of its foreword."""

from zoneinfo import available_timezones

from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.plans.forms.narrative import LONGEST_TITLE
from nap_builder.plans.forms.pieces import OneOf, SeveralOf
from nap_builder.plans.forms.plan import LANGUAGES
from nap_builder.plans.names import CIVIL_SOCIETY_ROLES, CONTEXTS
from nap_builder.plans.services.following import FollowingFacts

CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
UTC = "UTC"
CITIES = sorted(zone for zone in available_timezones() if zone.startswith(CONTINENTS))


class FollowingForm(Form):
    """Its row is a FollowingFacts."""

    context = SeveralOf(_l("Situation of the State"), CONTEXTS)
    reporting_months = IntegerField(
        _l("Months between reports"),
        validators=[
            InputRequired(_l("Write a whole number of months.")),
            NumberRange(1, 60, _l("Write a number from 1 to 60.")),
        ],
    )
    timezone = OneOf(_l("Time zone"))
    civil_society_role = OneOf(_l("Part of civil society"), CIVIL_SOCIETY_ROLES, nothing=_l("Not said"))
    required_languages = SeveralOf(_l("Must be published in"))
    foreword_name = WordsField(_l("Who signs the foreword"), longest=LONGEST_TITLE)
    foreword_post = WordsField(_l("Post"), longest=LONGEST_TITLE)
    foreword_on = DateField(_l("Signed on"), validators=[Optional()])

    def _speak(self) -> None:
        super()._speak()
        present = self.timezone.object_data
        cities = CITIES if present in {None, UTC, *CITIES} else [present, *CITIES]
        greenwich = (UTC if present == UTC else "", _("UTC, the time of Greenwich"))
        self.timezone.choices = [greenwich, *((city, city.replace("_", " ")) for city in cities)]
        present = self.required_languages.object_data or ()
        tags = dict.fromkeys([*self.languages, *LANGUAGES, *present])
        self.required_languages.choices = [(tag, language_name(tag)) for tag in tags]

    def facts(self) -> FollowingFacts:
        """What the form says, as the service takes it."""
        return FollowingFacts(
            context=tuple(self.context.data or ()),
            reporting_months=self.reporting_months.data or 0,
            timezone=self.timezone.data,
            civil_society_role=self.civil_society_role.data,
            required_languages=tuple(self.required_languages.data or ()),
            foreword_name=self.foreword_name.data,
            foreword_post=self.foreword_post.data,
            foreword_on=self.foreword_on.data,
        )
