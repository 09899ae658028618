"""Forms about commitments. Those that answer carry what the page showed, sealed: nothing else is answered for."""

from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from nap_builder.commitments.names import ABOUT, DATES, SOURCES, TEXTS
from nap_builder.commitments.services.answering import CameBy, Wanted
from nap_builder.kernel.clock import today
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.fields import Form, PlainField, ProseField, WhenField
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.plans.forms.narrative import offer
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.models.plan import ACCEPTED, CHANGE_ASKED, Commitment
from nap_builder.plans.promises import Values

LONGEST_POST, LONGEST_TEXT = 200, 5_000
TAKE, FOLLOW, LEAVE = "take", "follow", "leave"
ANSWERS = {ACCEPTED: _l("It accepts what is shown here"), CHANGE_ASKED: _l("It asks for a change")}


def sealed(values: Values) -> str:
    """Values as a form carries them: compressed and signed."""
    return str(_seal().dumps(values))


def opened(text: str | None) -> Values:
    """The values that a form carries. Raises MalformedForm where they are not as this installation wrote them."""
    try:
        values: Values = _seal().loads(text or "")
    except BadData as error:
        raise MalformedForm from error
    return values


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="commitment")


class PostField(PlainField):
    """The post of who answers."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and len(self.data) > LONGEST_POST:
            raise ValidationError(_("This text is too long. Keep it under %(count)s characters.", count=LONGEST_POST))


class ShownForm(Form):
    """A form that says which values the page showed, and which version of the commitment."""

    shown = HiddenField()

    def show(self, values: Values, commitment: Commitment | None) -> None:
        """Says that these are the values that the page shows now."""
        self.shown.data = sealed(values)
        self.seen.data, self.seen.raw_data = commitment.row_version if commitment else None, None

    def read(self) -> dict[str, Any]:
        """What the page showed, as the services take it. Raises MalformedForm."""
        return {"shown": opened(self.shown.data), "seen": self.seen.data}


class AcceptForm(ShownForm):
    """Accepts exactly what is shown."""

    post = PostField(_l("Your post"), validators=[DataRequired(_l("Write your post, such as Director of planning."))])


class WishForm(ShownForm):
    """A change that is asked for. Give it the `tongues` (tags) of the plan and its `bodies` (pairs of key and name)."""

    about = OneOf(_l("What should change"), ABOUT, nothing=_l("Choose one"))
    language = OneOf(_l("In which language"), nothing=_l("Choose one"))
    lead = OneOf(_l("Which institution should lead"), nothing=_l("Choose one"))
    when = WhenField(_l("Which date it should be"))
    proposed = ProseField(_l("What it should say"))
    reason = ProseField(_l("Why"))

    def _speak(self) -> None:
        super()._speak()
        self.lead.choices = self.lead.beginning(self.given.get("bodies", ()))
        tongues = self.given.get("tongues", ())
        if len(tongues) < 2:
            del self["language"]
        else:
            self["language"].choices = [(tag, language_name(tag)) for tag in tongues]

    def wished(self) -> bool:
        """Whether the form asks for a change at all."""
        return True

    def validate_about(self, field: OneOf) -> None:
        """Something has to change."""
        if self.wished() and not field.data:
            raise ValidationError(_("Choose what should change."))

    def validate_proposed(self, field: ProseField) -> None:
        """What is proposed must be possible in its place."""
        if self.wished() and self.about.data not in DATES | {"lead"} and not field.data:
            raise ValidationError(_("Write what it should say."))

    def validate_lead(self, field: OneOf) -> None:
        """Another lead is one of the institutions."""
        if self.wished() and self.about.data == "lead" and not field.data:
            raise ValidationError(_("Choose which institution should lead."))

    def validate_when(self, field: WhenField) -> None:
        """Another date is one that the plan can say."""
        if self.wished() and self.about.data in DATES and not field.data:
            raise ValidationError(_("Write the date that it should be."))

    def validate_reason(self, field: ProseField) -> None:
        """The secretariat has to know why."""
        if self.wished() and not field.data:
            raise ValidationError(_("Say why."))

    def wanted(self) -> Wanted:
        """The change, as the service takes it."""
        about, proposed = self.about.data or "", self.proposed.data or ""
        language = None
        if about in DATES:
            proposed = self.when.data or ""
        elif about == "lead":
            proposed = self.lead.data or ""
        elif about in TEXTS:
            language = self["language"].data if "language" in self else next(iter(self.given["tongues"]))
            proposed = " ".join(proposed.split()) if about == "title" else proposed
        return Wanted(about, proposed, self.reason.data or "", language)


class ChangeForm(WishForm):
    """A focal point asks for a change."""

    post = PostField(_l("Your post"), validators=[DataRequired(_l("Write your post, such as Director of planning."))])


class EnterForm(WishForm):
    """What a ministry answered by letter, call or paper. Give it `fixed`: whether the text can no longer change."""

    answer = RadioField(
        _l("What it answered"),
        choices=offer(ANSWERS.items()),
        validators=[InputRequired(_l("Say what it answered."))],
    )
    source = RadioField(
        _l("How the answer came"),
        choices=offer(SOURCES.items()),
        validators=[InputRequired(_l("Say how the answer came."))],
    )
    on = DateField(_l("On which day"), validators=[InputRequired(_l("Choose the day of the answer."))])
    who = PostField(_l("Who gave it"), validators=[DataRequired(_l("Write who gave the answer."))])
    post = PostField(_l("Their post"))

    def _speak(self) -> None:
        super()._speak()
        if self.given.get("fixed"):
            self.answer.choices = offer([(ACCEPTED, ANSWERS[ACCEPTED])])

    def wished(self) -> bool:
        return bool(self.answer.data == CHANGE_ASKED)

    def validate_on(self, field: DateField) -> None:
        """No answer comes tomorrow."""
        if field.data and not date(2000, 1, 1) <= field.data <= today(self.given.get("timezone")):
            raise ValidationError(_("Choose a day that is not in the future."))

    def came(self, post: dict[str, str] | None) -> CameBy:
        """How the answer came, as the service takes it."""
        assert self.on.data is not None
        return CameBy(self.source.data, self.on.data, self.who.data or "", post)


class DecideForm(ShownForm):
    """The secretariat decides a change. Give it `literal`: whether it can be made word for word; `fixed`: whether the
    text of the plan can no longer change at all.

    It also says which version of the activity the page showed, since a change may be about more than what is promised.
    """

    row = IntegerField(widget=HiddenInput(), validators=[Optional()])

    choice = RadioField(_l("What becomes of it"), validators=[InputRequired(_l("Choose one."))])
    reason = ProseField(
        _l("What the ministry is told"), description=_l("Needed where the change is not made as asked.")
    )

    def _speak(self) -> None:
        super()._speak()
        made = [(TAKE, _("Make this change, word for word"))] if self.given.get("literal") else []
        made.append((FOLLOW, _("We changed the activity: ask the ministry again")))
        left = (LEAVE, _("Do not make it so, and ask again"))
        self.choice.choices = offer([left] if self.given.get("fixed") else [*made, left])

    def show_row(self, version: int) -> None:
        """Says that this is the version of the activity that the page shows now."""
        self.row.data, self.row.raw_data = version, None

    def validate_reason(self, field: ProseField) -> None:
        """A ministry that asked is told why not."""
        if self.choice.data == LEAVE and not field.data:
            raise ValidationError(_("Tell the ministry why."))


class AskForm(Form):
    """Which activities to ask for, and by when."""

    rows = SelectMultipleField(_l("Activities"), validate_choice=False)
    due = DateField(_l("Answer by"), validators=[InputRequired(_l("Choose the day by which you need the answer."))])


class RemindForm(Form):
    """One button. The text that it speaks of is copied, not sent."""

    text = ProseField(_l("Text to copy"), validators=[Optional()])
