"""Fields that the forms of meetings and of the calendar share."""

import re
from typing import Any

from wtforms import DateField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import TimeInput

from nap_builder.kernel.fields import sensible
from nap_builder.kernel.languages import LazyString, _

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")


class HourField(StringField):
    """An hour of the day as HH:MM; data None when empty."""

    widget = TimeInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (valuelist[0].strip() or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if not HOUR.fullmatch(self.data):
            raise ValidationError(_("Write the hour and the minute, such as 09:30."))
        self.data = self.data[: len("09:30")]


class DayField(DateField):
    """A calendar day of this century that has to be said."""

    def __init__(self, label: Any, *, missing: LazyString, **given: Any) -> None:
        super().__init__(label, validators=[InputRequired(missing), sensible], **given)
