"""Forms of reporting periods: laid out, by hand, withdrawn, filtered, and the text that reminds."""

from datetime import timedelta

from wtforms import DateField, IntegerField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from nap_builder.kernel.fields import Form, PlainField, sensible
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.monitoring.models import PLANNED
from nap_builder.monitoring.names import STANDINGS
from nap_builder.monitoring.progress.rhythm import DAYS_TO_HAND_IN
from nap_builder.monitoring.services.periods import Days
from nap_builder.plans.forms.pieces import OneOf

LONGEST_REASON = 500


class LayOutForm(Form):
    """In how many days after the end of a period reports are handed in."""

    days = IntegerField(
        _l("Days to hand in reports"),
        default=DAYS_TO_HAND_IN,
        description=_l("Counted from the last day of each period. You can set another day for each period later."),
        validators=[
            InputRequired(_l("Write a whole number of days.")),
            NumberRange(0, 366, _l("Write a number from 0 to 366.")),
        ],
    )


def _a_day(label: LazyString, missing: LazyString) -> DateField:
    return DateField(label, validators=[InputRequired(missing), sensible])


class PeriodForm(Form):
    """The days of a period. Its row a ReportingPeriod: of one that was opened only the day to hand in is asked."""

    starts = _a_day(_l("First day"), _l("Choose the first day of the period."))
    ends = _a_day(_l("Last day"), _l("Choose the last day of the period."))
    due = DateField(_l("Reports are due on"), validators=[Optional(), sensible])

    def _speak(self) -> None:
        super()._speak()
        row = self.given.get("period")
        if row is not None and row.state != PLANNED:
            del self["starts"], self["ends"]

    def days(self) -> Days:
        """What the form says; without a day to hand in, it is thirty days after the end."""
        row = self.given.get("period")
        starts, ends = (self[name].data if name in self else getattr(row, name) for name in ("starts", "ends"))
        return Days(starts, ends, self.due.data or ends + timedelta(days=DAYS_TO_HAND_IN))


class WithdrawForm(Form):
    """Why the progress of a period is taken from the public."""

    reason = PlainField(
        _l("Why it is withdrawn"),
        validators=[
            DataRequired(_l("Write why, in a sentence that may be read by everybody.")),
            Length(max=LONGEST_REASON, message=_l("Keep it under 500 characters.")),
        ],
    )


class TextToCopy(Form):
    """One button. The text that it speaks of is copied, not sent."""

    text = TextAreaField(_l("Text to copy"), validators=[Optional()])


class CycleFilter(PlainForm):
    """What the page of a period shows; it stands in the address."""

    institution = OneOf(_l("Institution"), nothing=_l("All"))
    state = OneOf(_l("State"), STANDINGS, nothing=_l("Any"))
