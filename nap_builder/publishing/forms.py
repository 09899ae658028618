"""Forms of publishing."""

from nap_builder.kernel.fields import Form


class PressForm(Form):
    """A form that is one button."""
