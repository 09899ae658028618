"""Forms of publishing."""

import re

from wtforms import FileField
from wtforms import Form as PlainForm

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l

SHA256 = re.compile(r"[0-9a-f]{64}")


class PressForm(Form):
    """A form that is one button."""


class FreezeForm(Form):
    """What a version is for."""

    note = WordsField(_l("What this version is for"), longest=1000)


class VerifyForm(PlainForm):
    """A file, or the fingerprint of one, to be looked up. It belongs to nobody's session."""

    file = FileField(_l("The file"), description=_l("It is looked at and not kept."))
    fingerprint = PlainField(
        _l("Or its fingerprint"),
        render_kw={"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"},
        description=_l("SHA-256: 64 letters and figures. Spaces do not matter."),
    )

    @property
    def digest(self) -> str:
        """The fingerprint without spaces, in lower case."""
        return re.sub(r"\s", "", self.fingerprint.data or "").lower()

    def takes(self, content: bytes) -> bool:
        """Whether a file with these bytes came, or else something that can be a fingerprint; if not, says so."""
        if content or SHA256.fullmatch(self.digest):
            return True
        if self.digest:
            self.fingerprint.errors = [_("This is no SHA-256. It has 64 letters and figures, from 0 to 9 and a to f.")]
        else:
            self.file.errors = [_("Choose a file, or write its fingerprint.")]
        return False
