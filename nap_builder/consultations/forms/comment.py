"""The public forms: a comment, and the number of a receipt. They need no cookie, so they are no forms of the house.

What a person typed is told apart from what the page put into the box: a suggested wording that is the paragraph itself
suggests nothing.
"""

from typing import Any

from markupsafe import Markup
from wtforms import FileField, Form, HiddenField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired

from nap_builder.consultations.ways import ANONYMOUS, NAMED, ORGANISATION, STEWARD
from nap_builder.kernel.fields import PlainField, ProseField
from nap_builder.kernel.languages import LazyString, _, _l, direction, language_name, tag

LONGEST_COMMENT, LONGEST_WORDING, LONGEST_NAME, LONGEST_RECEIPT = 2_000, 5_000, 120, 100
WAYS: dict[str, tuple[LazyString, LazyString]] = {
    NAMED: (_l("Published with your name"), _l("You choose the name that is shown")),
    ORGANISATION: (_l("Published with your organisation’s name"), _l("No name of a person is shown")),
    ANONYMOUS: (_l("Published without a name"), _l("Shown as “A person or group who did not give a name”")),
    STEWARD: (
        _l("For the steward alone"),
        _l("Not published. It is locked on arrival, and only the steward can open it"),
    ),
}


class CommentForm(Form):
    """A comment on one row. Give it `ways` (keys of WAYS), the `wording` of the row, and whether it `takes_files`.

    `wording_in` is the tag of the wording's language where that is not the page's.
    """

    text = ProseField(
        _l("Your comment"),
        longest=LONGEST_COMMENT,
        validators=[InputRequired(_l("Write your comment."))],
        description=_l("Say what you would change and why. Any language is fine."),
    )
    proposed = ProseField(
        _l("Your wording, if you want to suggest one"),
        longest=LONGEST_WORDING,
        description=_l("Change the text in the box. Leave it as it is to suggest nothing."),
    )
    attribution = RadioField(_l("Who may see it?"), default=ANONYMOUS)
    name = PlainField(
        _l("Name to be shown"), description=_l("Only where you chose to be named. Leave it empty otherwise.")
    )
    picture = FileField(
        _l("A picture"), description=_l("JPEG or PNG. We write it anew without place, time and device.")
    )
    website = StringField(_l("Leave this box empty"))
    token = HiddenField()

    def __init__(
        self, sent: Any = None, *, ways: tuple[str, ...], wording: str, wording_in: str | None, takes_files: bool
    ) -> None:
        super().__init__(sent)
        self.wording, self.for_steward = wording, STEWARD in ways
        choices = [(way, Markup("{}<br><span class='small muted'>{}</span>").format(*WAYS[way])) for way in ways]
        self.attribution.choices = choices
        if wording_in is not None:
            self._ask_in(wording_in)
        if not takes_files:
            del self.picture
        if sent is None and self.proposed.data is None:
            self.proposed.data = wording

    def _ask_in(self, language: str) -> None:
        """Says in which language a wording is suggested, where the row is not in that of the page."""
        name = language_name(language, tag())
        told = _("Write it in this language: %(language)s. The text is not translated yet.", language=name)
        self.proposed.description = f"{told} {self.proposed.description}"
        self.proposed.render_kw = {"lang": language, "dir": direction(language)}

    @property
    def suggested(self) -> str | None:
        """The wording that is suggested; None where the box holds what it was given."""
        words = self.proposed.data
        return None if words is None or words.split() == self.wording.split() else words

    @property
    def shown_name(self) -> str | None:
        """The name to show; None where the person chose none, whatever stands in the box."""
        return None if self.attribution.data == ANONYMOUS else self.name.data

    def validate_name(self, field: PlainField) -> None:
        """Refuses a named comment without a name."""
        if self.attribution.data in (NAMED, ORGANISATION) and not field.data:
            raise ValidationError(_("Write the name that is to be shown, or choose “without a name”."))
        if field.data and len(field.data) > LONGEST_NAME:
            raise ValidationError(_("This text is too long. Keep it under %(count)s characters.", count=LONGEST_NAME))

    def validate_website(self, field: StringField) -> None:
        """Refuses what a program filled in that fills in everything."""
        if field.data:
            raise ValidationError(_("Leave this box empty. It is there to catch programs."))


class NumberField(StringField):
    """What was typed as a number, without what cannot be seen; cut where no number is as long."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0][:LONGEST_RECEIPT] if valuelist else ""
        self.data = "".join(sign for sign in typed if sign.isprintable()).strip()


class ReceiptForm(Form):
    """The number of a receipt, as it was typed."""

    number = NumberField(
        _l("Your number"),
        render_kw={"dir": "ltr"},
        description=_l("24 letters and figures in six groups. Small letters and missing spaces do not matter."),
    )
