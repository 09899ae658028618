"""Forms of those who judge reports, and of the rule by which progress is judged."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import TextArea

from nap_builder.kernel.fields import CONTROL, Form
from nap_builder.kernel.languages import _, _l, number
from nap_builder.monitoring.services.rule import RuleFacts
from nap_builder.plans.forms.pieces import OneOf

LONGEST_REASON = 2_000


class ReasonField(StringField):
    """Why something is done, in a few lines; data empty where nothing is written."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].replace("\r\n", "\n").strip() if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if CONTROL.search(self.data or ""):
            raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))
        if len(self.data or "") > LONGEST_REASON:
            raise ValidationError(_("This text is too long. Keep it under %(count)s characters.", count=LONGEST_REASON))


class PressForm(Form):
    """A form that is one button. Its row is the update that the page shows."""


class ReturnForm(Form):
    """Why a report goes back."""

    reason = ReasonField(_l("Why it goes back"))


class CorrectForm(Form):
    """Why a record is corrected."""

    why = ReasonField(_l("What was wrong, and how you know"))


class WholeField(IntegerField):
    """A whole number from 1 to `most`."""

    def __init__(self, label: Any, most: int, **given: Any) -> None:
        super().__init__(label, validators=[InputRequired(_l("Write a whole number."))], **given)
        self.most = most

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not 1 <= self.data <= self.most:
            raise ValidationError(_("Write a whole number from 1 to %(most)s.", most=number(self.most)))


class RuleForm(Form):
    """The numbers of the rule by which progress is judged. Its row is a StatusRule."""

    on_track = WholeField(_l("On track from … per cent of the expected way"), 100)
    at_risk = WholeField(_l("At risk from … per cent of the expected way"), 99)
    late_days = WholeField(_l("A milestone is gravely late after … days"), 3_660)
    jump = WholeField(_l("A change of more than … per cent is flagged"), 10_000)
    stale_years = WholeField(_l("A source older than … years is flagged"), 100)

    def facts(self) -> RuleFacts:
        """What the form says, as the service takes it."""
        names = ("on_track", "at_risk", "late_days", "jump", "stale_years")
        return RuleFacts(**{name: int(self[name].data) for name in names})


class StepFilter(PlainForm):
    """Which milestones to show; read from the address."""

    show = OneOf(
        _l("Milestones"), {"overdue": _l("Overdue"), "soon": _l("Due in the next 90 days")}, nothing=_l("All of them")
    )
    institution = OneOf(_l("Institution"), nothing=_l("Any"))
