"""Forms of publishing."""

import re

from wtforms import FileField, ValidationError
from wtforms import Form as PlainForm

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l, language_name, tag
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.publishing.edition import COMPARED, EDITIONS, EXTRACT, FULL, Which

SHA256 = re.compile(r"[0-9a-f]{64}")


class PressForm(Form):
    """A form that is one button."""


class FreezeForm(Form):
    """What a version is for."""

    note = WordsField(_l("What this version is for"), longest=1000)


class EditionForm(Form):
    """Which edition is to be made. Give it `versions`, the numbers of earlier ones, and `institutions`, by code."""

    edition = OneOf(_l("Edition"), {kind: said for kind, said in EDITIONS.items() if kind != FULL})
    against = OneOf(_l("Redline or correction slip: since which version"), nothing=_l("Neither"))
    institution = OneOf(_l("Extract: of which institution"), nothing=_l("Not an extract"))
    written_in = OneOf(_l("Language"))

    def _speak(self) -> None:
        super()._speak()
        self.written_in.choices = [(one, language_name(one, tag())) for one in self.languages]
        earlier = [(str(number), _("Version %(number)s", number=number)) for number in self.given["versions"]]
        self.against.choices = self.against.beginning(earlier)
        self.institution.choices = self.institution.beginning(self.given["institutions"])

    def validate_against(self, field: OneOf) -> None:
        """Refuses to compare with nothing."""
        if self.edition.data in COMPARED and not field.data:
            raise ValidationError(_("Choose the version since which the changes are marked."))

    def validate_institution(self, field: OneOf) -> None:
        """Refuses an extract of nobody."""
        if self.edition.data == EXTRACT and not field.data:
            raise ValidationError(_("Choose the institution."))

    @property
    def which(self) -> Which:
        """The edition that was chosen; what another kind would need is left aside."""
        kind = self.edition.data or ""
        against = self.against.whole if kind in COMPARED else None
        return Which(kind, against, self.institution.data if kind == EXTRACT else None)


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
