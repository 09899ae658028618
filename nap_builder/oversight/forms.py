"""Forms of the settings page."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired, Regexp

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.kernel.uploads import MOST_MEGABYTES


def _colour() -> list[Any]:
    return [
        InputRequired(_l("Write the colour.")),
        Regexp(r"#[0-9a-f]{6}\Z", message=_l("Write the colour as # and six signs from 0 to 9 and A to F.")),
    ]


class ColourField(PlainField):
    """A colour by its six signs; data as `#rrggbb` in small letters, None when empty."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label, validators=_colour(), render_kw={"dir": "ltr"}, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = f"#{self.data.lower().removeprefix('#')}" if self.data else None


class StateForm(Form):
    """The names that stand in every head."""

    state_name = WordsField(_l("Name of the State"), required=True, longest=120)
    service_name = WordsField(_l("Name of this service"), longest=120)


class ColoursForm(Form):
    """The colours of the State."""

    brand = ColourField(
        _l("Main colour"),
        description=_l("Behind the head of every page and on the cover of the plan. White must be well read on it."),
    )
    accent = ColourField(_l("Second colour"), description=_l("For lines and marks, and darker for numbers."))


class CrestForm(Form):
    """The crest of the State, as a picture."""

    crest = FileField(_l("Crest"), validators=[FileRequired(_l("Choose the picture."))])

    def _speak(self) -> None:
        super()._speak()
        self.crest.description = _(
            "A PNG or JPEG picture up to %(size)s MB, the one for white paper. It is shown on a white square.",
            size=MOST_MEGABYTES,
        )


class PressForm(Form):
    """A form that is one button."""
