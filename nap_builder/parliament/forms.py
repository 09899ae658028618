"""Forms of the record of parliament."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from nap_builder.kernel.fields import Form, PlainField, WordsField, sensible
from nap_builder.kernel.languages import _, _l, day, language_name, tag, words_in
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.names import REFERENCES, RHYTHMS, SAYS
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.taskforce.models import Institution

LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINE = 300, 4_000, 200
MOST_NUMBERS = 40
OF_SOME_KINDS = frozenset().union(*SAYS.values())


class NumbersField(StringField):
    """Printed numbers of rows, with commas or spaces between; data a list, each once, or None."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        parts = (valuelist[0] if valuelist else "").replace(",", " ").replace("،", " ").replace(";", " ").split()
        self.data = list(dict.fromkeys(parts)) or None

    def pre_validate(self, form: Any) -> None:
        if len(self.data or ()) > MOST_NUMBERS:
            raise ValidationError(_("Name %(count)s at most.", count=MOST_NUMBERS))
        if any(not one.isprintable() for one in self.data or ()):
            raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))


class EntryForm(Form):
    """An entry of one `kind`. Give it `versions`, `debates` and `bodies` (institutions) of the plan."""

    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day.")), sensible])
    title = WordsField(_l("In one line"), required=True, longest=LONGEST_TITLE)
    body = WordsField(_l("Committee or chamber"), longest=LONGEST_LINE)
    embargoed_until = DateField(_l("Embargoed until"), validators=[Optional(), sensible])
    asked_by = PlainField(_l("Asked by"))
    text = WordsField(_l("In full"), longest=LONGEST_TEXT)
    answer = WordsField(_l("Answer of the government"), longest=LONGEST_TEXT)
    answered_on = DateField(_l("Answered on"), validators=[Optional(), sensible])
    owner_id = OneOf(_l("Who keeps it"))
    due = DateField(_l("By when"), validators=[InputRequired(_l("Choose the day.")), sensible])
    debate_id = OneOf(_l("Said in this debate"), nothing=_l("In none that is recorded"))
    version = OneOf(_l("Version of the plan"), nothing=_l("None in particular"))
    paragraphs = NumbersField(_l("Paragraphs"))
    activities = NumbersField(_l("Activities"))
    indicators = NumbersField(_l("Indicators"))
    source = PlainField(_l("Where the record of the house has it"))
    public = BooleanField(_l("Show it to everybody on the page for parliament"))

    def __init__(self, *, kind: str, **given: Any) -> None:
        super().__init__(**given, kind=kind)
        for name in OF_SOME_KINDS - SAYS[kind]:
            del self[name]

    def _speak(self) -> None:
        super()._speak()
        versions: Sequence[PlanVersion] = self.given["versions"]
        named = [(str(one.number), _said_of(one)) for one in versions]
        self.version.choices = self.version.beginning(named)
        debates: Sequence[HouseEntry] = self.given["debates"]
        held = [(str(one.id), _("%(day)s: %(title)s", day=day(one.day), title=words_in(one.title))) for one in debates]
        self.debate_id.choices = self.debate_id.beginning(held)
        bodies: Sequence[Institution] = self.given["bodies"]
        self.owner_id.choices = [(str(body.id), words_in(body.name)) for body in bodies]

    def validate_source(self, field: PlainField) -> None:
        """Refuses a place that is no line."""
        _refuse_long(field)

    def validate_asked_by(self, field: PlainField) -> None:
        """Refuses a name that is no name."""
        _refuse_long(field)

    def values(self) -> dict[str, Any]:
        """What the form says, by the members of the facts."""
        names = (
            *("day", "title", "text", "source", "public", "body", "embargoed_until", "asked_by"),
            *("answer", "answered_on", "due"),
        )
        about = [f"{kind}:{code}" for kind in REFERENCES for code in self[_field_of(kind)].data or ()]
        chosen = {name: self[name].whole for name in ("version", "debate_id", "owner_id") if name in self}
        return {**{name: self[name].data for name in names if name in self}, **chosen, "about": about or None}


def _field_of(kind: str) -> str:
    return {"paragraph": "paragraphs", "activity": "activities", "indicator": "indicators"}[kind]


def _said_of(version: PlanVersion) -> str:
    return _("Version %(number)s, frozen on %(day)s", number=version.number, day=day(version.frozen_at.date()))


def _refuse_long(field: PlainField) -> None:
    if len(field.data or "") > LONGEST_LINE:
        raise ValidationError(_("This text is too long. Keep it under %(count)s characters.", count=LONGEST_LINE))


class KeptForm(Form):
    """That an undertaking is kept: the day, and how one can see it."""

    kept_on = DateField(_l("Kept on"), validators=[InputRequired(_l("Choose the day.")), sensible])
    kept_note = WordsField(_l("How it was kept"), longest=LONGEST_TEXT)

    def said(self) -> tuple[date, dict[str, str] | None]:
        """The day and the note."""
        assert self.kept_on.data is not None
        return self.kept_on.data, self.kept_note.data


class PackForm(Form):
    """In which language the tabling pack is made."""

    written_in = OneOf(_l("Language"))

    def _speak(self) -> None:
        super()._speak()
        self.written_in.choices = [(one, language_name(one, tag())) for one in self.languages]


class RhythmForm(Form):
    """How often parliament reviews the plan."""

    months = OneOf(_l("Parliament reviews the plan"), RHYTHMS, nothing=_l("Nothing is agreed"))
