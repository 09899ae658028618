"""Forms of readiness."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l

LONGEST_REASON = 2_000
FAR = 1_000_000


class ExceptionForm(Form):
    """Why a check, or one row of it, does not apply."""

    reason = WordsField(_l("Not applicable, because …"), required=True, longest=LONGEST_REASON)


class GateForm(Form):
    """Why a plan goes through a gate as it stands."""

    reason = WordsField(_l("Reason"), longest=LONGEST_REASON)


class ThresholdForm(Form):
    """The number of a check."""

    value = IntegerField(
        _l("Number"),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(-FAR, FAR, _l("Write a smaller number.")),
        ],
    )


class PressForm(Form):
    """A form that is one button."""
