"""The forms of reports."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l, day
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.plans.forms.narrative import offer
from nap_builder.reports.models import PILLARS, THEMES
from nap_builder.reports.names import KINDS
from nap_builder.reports.places import Place


class MakeForm(Form):
    """Which report is made. Give it the `periods` that have begun."""

    period = SelectField(_l("Reporting period to"), validators=[InputRequired(_l("Choose a reporting period."))])
    kind = RadioField(_l("Kind"), choices=offer(KINDS.items()), validators=[InputRequired(_l("Choose a kind."))])
    grouped_by = RadioField(
        _l("The progress report goes"),
        choices=offer([(PILLARS, _l("By pillar")), (THEMES, _l("By theme"))]),
        default=PILLARS,
    )

    def _speak(self) -> None:
        super()._speak()
        periods: Sequence[ReportingPeriod] = self.given.get("periods", ())
        self.period.choices = offer((period.ends.isoformat(), day(period.ends)) for period in periods)


class WithdrawForm(Form):
    """Why a report is withdrawn."""

    reason = TextAreaField(_l("Why it is withdrawn"), validators=[InputRequired(_l("Write why.")), Length(max=1000)])


class TextsForm(Form):
    """The texts of a report, whose row it is given; `form_of` adds a field for each place."""

    def __init__(self, *, row: Any = None, **given: Any) -> None:
        super().__init__(row=row, **{**given, **(row.texts if row is not None else {})})


def form_of(places: Sequence[Place]) -> type[TextsForm]:
    """A form with these places."""

    class Written(TextsForm):
        pass

    for place in places:
        label = f"{place.about}: {place.label}" if place.about else place.label
        setattr(Written, place.name, WordsField(label, longest=place.longest, description=str(place.hint)))
    return Written
