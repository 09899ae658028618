"""Forms of those who judge reports, and of the rule by which progress is judged."""

from wtforms import IntegerField, SelectField, StringField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import TextArea

from nap_builder.kernel.fields import CONTROL, Form
from nap_builder.kernel.languages import _, _l
from nap_builder.monitoring.services.rule import RuleFacts

LONGEST_REASON = 2_000


class ReasonField(StringField):
    """Why something is done, in a few lines; data empty where nothing is written."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].replace("\r\n", "\n").strip() if valuelist else ""

    def pre_validate(self, form: object) -> None:
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


def _whole(label: str, most: int) -> IntegerField:
    wanted = [InputRequired(_l("Write a whole number.")), NumberRange(1, most, _l("Write a number within the limits."))]
    return IntegerField(label, validators=wanted)


class RuleForm(Form):
    """The numbers of the rule by which progress is judged. Its row is a StatusRule."""

    on_track = _whole(_l("On track from … per cent of the expected way"), 100)
    at_risk = _whole(_l("At risk from … per cent of the expected way"), 99)
    late_days = _whole(_l("A milestone is gravely late after … days"), 3_660)
    jump = _whole(_l("A change of more than … per cent is flagged"), 10_000)
    stale_years = _whole(_l("A source older than … years is flagged"), 100)

    def facts(self) -> RuleFacts:
        """What the form says, as the service takes it."""
        names = ("on_track", "at_risk", "late_days", "jump", "stale_years")
        return RuleFacts(**{name: int(self[name].data) for name in names})


class StepFilter(PlainForm):
    """Which milestones to show; read from the address."""

    show = SelectField(
        _l("Milestones"),
        choices=[("", _l("All")), ("overdue", _l("Overdue")), ("soon", _l("Due in the next 90 days"))],
        validators=[Optional()],
    )
    institution = SelectField(_l("Institution"), validators=[Optional()])
