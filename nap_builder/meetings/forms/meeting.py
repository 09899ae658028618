"""Forms about a meeting: when and where, its agenda, who was there, its minutes and decisions."""

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.meetings.forms.pieces import DayField, HourField
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.names import ATTENDANCE
from nap_builder.meetings.services.meetings import MeetingFacts, Words
from nap_builder.meetings.services.minutes import DecisionFacts
from nap_builder.plans.forms.narrative import LONGEST_TITLE, offer, whole_or_none
from nap_builder.taskforce.models import Institution

LONGEST_NOTE, LONGEST_LINK, LONGEST_POST = 5_000, 500, 200
SAFE_LINK = "https://"
NOT_RECORDED = "not_recorded"


class MeetingForm(Form):
    """When and where a meeting is, and what it is about."""

    number = IntegerField(
        _l("Number"),
        validators=[
            InputRequired(_l("Write the number of the meeting.")),
            NumberRange(1, 9999, _l("Write a number from 1 to 9999.")),
        ],
    )
    title = WordsField(_l("What it is about"), required=True, longest=LONGEST_TITLE)
    day = DayField(_l("Day"), missing=_l("Choose the day of the meeting."))
    begins = HourField(_l("Begins at"), validators=[InputRequired(_l("Write when it begins."))])
    until = HourField(_l("Ends at"), validators=[Optional()])
    place = WordsField(_l("Place"), longest=LONGEST_TITLE)
    link = PlainField(_l("Link to join from afar"), validators=[Optional(), Length(max=LONGEST_LINK)])

    def validate_link(self, field: PlainField) -> None:
        """A link is safe to follow and has no gap."""
        if field.data and (not field.data.startswith(SAFE_LINK) or " " in field.data or field.data == SAFE_LINK):
            raise ValidationError(_("Write a whole address that begins with https://."))

    def facts(self) -> MeetingFacts:
        """What the form says, as the service takes it."""
        return MeetingFacts(**{field.short_name: field.data for field in self.visible()})


class ItemForm(Form):
    """An item of the agenda."""

    title = WordsField(_l("Item"), required=True, longest=LONGEST_TITLE)
    note = WordsField(_l("Note"), longest=LONGEST_NOTE)


class AttendanceForm(Form):
    """Who was there: a state and a post for each institution, as `attendance_form` adds them. Its row a Meeting."""

    def __init__(self, *, row: Meeting, **given: Any) -> None:
        recorded: dict[str, Any] = {}
        for one in row.attendance:
            recorded[f"state_{one.institution_id}"] = one.state
            recorded[f"post_{one.institution_id}"] = words_in(one.post) or None
        super().__init__(row=row, **{**given, **recorded})

    def groups(self) -> list[tuple[Any, Any, Any]]:
        """Each institution with the fields of its state and its post."""
        bodies = self.given["institutions"]
        return [(body, self[f"state_{body.id}"], self[f"post_{body.id}"]) for body in bodies]

    def said(self) -> dict[int, tuple[str, Words | None]]:
        """What the form says, as the service takes it; a post is in the plan's first language."""
        return {
            body.id: (state.data, {self.languages[0]: post.data} if post.data else None)
            for body, state, post in self.groups()
            if state.data != NOT_RECORDED
        }


def attendance_form(institutions: Iterable[Institution]) -> type[AttendanceForm]:
    """The form of attendance with two fields for each of these institutions."""
    fields: dict[str, Any] = {}
    for body in institutions:
        fields[f"state_{body.id}"] = RadioField(
            _("Attendance"),
            choices=offer([(NOT_RECORDED, _l("Not recorded")), *ATTENDANCE.items()]),
            default=NOT_RECORDED,
        )
        fields[f"post_{body.id}"] = PlainField(_("Post of who came"), validators=[Optional(), Length(max=LONGEST_POST)])
    return type(AttendanceForm.__name__, (AttendanceForm,), fields)


class MinutesForm(Form):
    """The text of the minutes in each language of the plan. Its row a MinutesText."""

    minutes = WordsField(_l("Minutes"), required=True)


class ApproveForm(Form):
    """The day on which the minutes were approved."""

    approved_on = DayField(_l("Approved on"), missing=_l("Choose the day on which they were approved."))


class DecisionForm(Form):
    """What was decided, who does it, by when. Give it `institutions`."""

    text = WordsField(_l("What was decided"), required=True, longest=LONGEST_NOTE)
    owner_id = SelectField(
        _l("Who does it"), coerce=whole_or_none, validators=[InputRequired(_l("Choose an institution."))]
    )
    due = DayField(_l("By when"), missing=_l("Choose the day by which it is done."))

    def _speak(self) -> None:
        super()._speak()
        named = [(str(body.id), words_in(body.name)) for body in self.given["institutions"]]
        self.owner_id.choices = offer([("", _("Choose one")), *named])

    def facts(self) -> DecisionFacts:
        """What the form says, as the service takes it."""
        return DecisionFacts(text=self.text.data or {}, owner_id=self.owner_id.data, due=self.due.data)
