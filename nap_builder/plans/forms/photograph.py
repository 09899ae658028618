"""The forms of a photograph."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.kernel.uploads import MOST_MEGABYTES, Kept, opened, sealed
from nap_builder.plans.forms.narrative import offer

LONGEST_WORDS = 400
LONGEST_CREDIT = 200


class PhotographForm(Form):
    """What is said of a photograph. Give it `places`: the keys of the section's paragraphs with their words."""

    alt = WordsField(_l("What is seen on it"), required=True, longest=LONGEST_WORDS)
    caption = WordsField(_l("Words under it"), longest=LONGEST_WORDS)
    credit = PlainField(_l("Who took it"), validators=[Optional(), Length(max=LONGEST_CREDIT)])
    after = SelectField(_l("Where it stands"), validators=[Optional()])

    def _speak(self) -> None:
        self.after.choices = offer([("", _("At the head of the section")), *self.given["places"]])
        super()._speak()

    def validate_alt(self, field: WordsField) -> None:
        """What is seen is said in every language of the plan, since each is printed and listened to."""
        lacking = [tag for tag in field.languages if not (field.data or {}).get(tag, "").strip()]
        if field.data and lacking:
            raise ValidationError(_("Write it in this language too: %(language)s.", language=language_name(lacking[0])))

    def said(self) -> dict[str, Any]:
        """What the form says, by the members of `PhotographFacts`."""
        return {
            "alt": self.alt.data,
            "caption": self.caption.data,
            "credit": self.credit.data,
            "after": self.after.data or None,
        }


class NewPhotographForm(PhotographForm):
    """A new photograph, with its picture. Give it the `section` too, by its key within the plan's."""

    picture = FileField(_l("Picture"))
    kept = HiddenField()
    agreed = BooleanField(
        _l("Everybody who can be recognised on it agreed that it is printed and published"),
        validators=[InputRequired(_l("A photograph is published only if those who are seen on it agree."))],
    )

    def _speak(self) -> None:
        super()._speak()
        self.picture.description = _("A JPEG or PNG picture, up to %(size)s MB.", size=MOST_MEGABYTES)

    @property
    def _about(self) -> str:
        return f"a photograph of {self.given['section']}"

    def validate_picture(self, field: FileField) -> None:
        """A picture is chosen, or was sent before and is kept."""
        if not field.data and self.kept_picture() is None:
            raise ValidationError(_("Choose the picture."))

    def keep(self, picture: Kept) -> None:
        """Remembers, sealed, a picture that was sent, so that it need not be chosen again."""
        self.kept.data = sealed(picture, self._about)

    def kept_picture(self) -> Kept | None:
        """The picture that was sent, now or with the form before."""
        return opened(self.kept.data, self._about)
