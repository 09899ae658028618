"""Forms of the settings page."""

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l


class StateForm(Form):
    """The names that stand in every head."""

    state_name = WordsField(_l("Name of the State"), required=True, longest=120)
    service_name = WordsField(_l("Name of this service"), longest=120)


class PressForm(Form):
    """A form that is one button."""
