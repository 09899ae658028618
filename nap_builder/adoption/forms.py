"""The forms of an adoption, of the answer to it, and of an amendment."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, RadioField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from nap_builder.kernel.fields import Form, PlainField, ProseField, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.kernel.uploads import MOST_MEGABYTES, Kept, opened, sealed
from nap_builder.plans.forms.narrative import offer
from nap_builder.plans.names import ADOPTERS

LONGEST_LINE = 300
LONGEST_REASON = 2_000


class AdoptionForm(Form):
    """What the act says by which a plan, or with `amends` its amendment, is adopted.

    With `open` checks before it, or gates left out, it asks why.
    """

    level = RadioField(
        _l("Who adopts it"),
        choices=offer(ADOPTERS.items()),
        validators=[InputRequired(_l("Choose who adopts the plan."))],
    )
    instrument = WordsField(
        _l("By which act"), required=True, longest=LONGEST_LINE, description=_l("Such as: Decree of the cabinet.")
    )
    number = PlainField(_l("Number of the act"), validators=[Optional(), Length(max=LONGEST_LINE)])
    date = DateField(_l("Adopted on"), validators=[InputRequired(_l("Choose the day of the act."))])
    gazette = PlainField(_l("Official gazette"), validators=[Optional(), Length(max=LONGEST_LINE)])
    summary = WordsField(_l("What the amendment changes"), required=True, longest=LONGEST_REASON)
    gate_reason = WordsField(_l("Why the plan is adopted although something is open"), longest=LONGEST_REASON)
    scan = FileField(_l("Scan of the act"))
    kept = HiddenField()

    def _speak(self) -> None:
        if not self.given.get("amends"):
            del self.summary
        if not self.given.get("open"):
            del self.gate_reason
        self.scan.description = _("A PDF, or a picture as JPEG or PNG, up to %(size)s MB.", size=MOST_MEGABYTES)
        super()._speak()

    def why_open(self) -> dict[str, str] | None:
        """Why the plan is adopted although something is open."""
        return self.gate_reason.data if "gate_reason" in self else None

    def validate_scan(self, field: FileField) -> None:
        """A scan is chosen, or was sent before and is kept."""
        if not field.data and self.kept_scan() is None:
            raise ValidationError(_("Choose the scan of the act."))

    def keep(self, scan: Kept) -> None:
        """Remembers, sealed, a scan that was sent, so that it need not be chosen again."""
        self.kept.data = sealed(scan, f"the act of {self.given['about']}")

    def kept_scan(self) -> Kept | None:
        """The scan that was sent with the form before."""
        return opened(self.kept.data, f"the act of {self.given['about']}")

    def record(self) -> dict[str, Any]:
        """What the act says, as the exchange format names it."""
        said = {name: self[name].data for name in ("level", "instrument", "number", "gazette")}
        said["date"] = self.date.data.isoformat() if self.date.data else None
        said["summary"] = self.summary.data if "summary" in self else None
        return {name: value for name, value in said.items() if value}


class ConfirmForm(Form):
    """The half of the other member."""

    compared = BooleanField(
        _l("I read this version of the plan, and the record says what the scan says"),
        validators=[InputRequired(_l("Confirm only what you have read and compared."))],
    )


class DeclineForm(Form):
    """Why another member does not confirm."""

    reason = ProseField(
        _l("Why not"),
        longest=LONGEST_REASON,
        validators=[InputRequired(_l("Write why you decline. The chair reads it."))],
    )


class AmendForm(Form):
    """Why an adopted plan is changed."""

    reason = WordsField(_l("Why the plan is amended"), required=True, longest=LONGEST_REASON)
