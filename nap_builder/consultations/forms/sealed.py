"""The forms of the steward."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from nap_builder.kernel.fields import Form, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.names import THEMES

LONGEST_KEY_FILE = 2_000
LONGEST_WORDS, LONGEST_REPLY = 5_000, 2_000


class KeyForm(Form):
    """The public half of a steward's key."""

    public = StringField(
        _l("Public key"),
        validators=[InputRequired(_l("Paste the public key.")), Length(max=200)],
        description=_l("The long word behind “public” in the key file. It is no secret."),
    )


class OpenForm(Form):
    """The file with the private half, for one look. What was chosen never comes back in a page."""

    key_file = FileField(
        _l("The steward’s key file"),
        validators=[FileRequired(_l("Choose the key file."))],
        description=_l("It is used to open the comments of this one page, and is not kept."),
    )

    def text(self) -> str:
        """What the file says, as far as a key file can be long."""
        content: bytes = self.key_file.data.read(LONGEST_KEY_FILE)
        return content.decode("utf-8", "replace")


class ReleaseForm(Form):
    """The steward's own words for a confidential comment, and a reply to who wrote it."""

    words = WordsField(
        _l("In your words"),
        required=True,
        longest=LONGEST_WORDS,
        description=_l("Nothing by which the writer could be known: no place, no event, no turn of phrase of theirs."),
    )
    theme = OneOf(_l("Theme"), THEMES, nothing=_l("Not said"))
    reply = WordsField(
        _l("Reply to the writer"),
        longest=LONGEST_REPLY,
        description=_l("Only who holds the receipt reads it. It may be left empty."),
    )


class SettleForm(Form):
    """Why a confidential comment is not released, told to who wrote it."""

    why = WordsField(_l("Reply to the writer"), required=True, longest=LONGEST_REPLY)


_PARTS = {"name": _l("The name alone"), "words": _l("The name and the words")}


class EraseForm(Form):
    """Which part of which contribution is erased."""

    code = StringField(
        _l("Code of the contribution"),
        validators=[InputRequired(_l("Write the code of the contribution.")), Length(max=32)],
        description=_l("As printed in the plan or given by the secretariat, such as K12."),
    )
    what = OneOf(_l("What is erased"), _PARTS)

    def named(self) -> str:
        """What is erased, in words."""
        return str(_PARTS["name" if self.name_alone else "words"])

    @property
    def name_alone(self) -> bool:
        """Whether the words stay."""
        return bool(self.what.data == "name")
