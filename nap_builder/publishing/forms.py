"""Forms of publishing."""

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l


class PressForm(Form):
    """A form that is one button."""


class FreezeForm(Form):
    """What a version is for."""

    note = WordsField(_l("What this version is for"), longest=1000)
