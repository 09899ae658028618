"""Forms about institutions and task forces."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.taskforce.models import POSTS, Institution
from nap_builder.taskforce.names import KINDS, SECTORS
from nap_builder.taskforce.services import InstitutionFacts, TaskForceFacts

CODE = re.compile(r"[^\s/\\?#%<>\"']{1,32}")
LONGEST_NAME, LONGEST_SHORT, LONGEST_TEXT = 200, 40, 5_000


def id_or_none(value: Any) -> int | None:
    """A row id from a choice; None for the choice of nothing."""
    return int(value) if value not in (None, "", "None") else None


def offered(names: Mapping[Any, Any], nothing: Any = None) -> list[SelectChoice]:
    """Values and their words as the choices of a field; `nothing` are the words for none of them, which come first."""
    first = [SelectChoice("", nothing)] if nothing is not None else []
    return [*first, *(SelectChoice(value, label) for value, label in names.items())]


def named(bodies: Iterable[Institution]) -> dict[int, str]:
    """Institutions to choose from, by their row ids."""
    return {body.id: words_in(body.name) for body in bodies}


class InstitutionForm(Form):
    """What is said of an institution. Give it `institutions` to be part of; its row an Institution or None."""

    code = PlainField(
        _l("Short code"),
        description=_l("A few letters, such as MOD. It stands in addresses and files."),
        validators=[InputRequired(_l("Write a short code."))],
    )
    name = WordsField(_l("Name"), required=True, longest=LONGEST_NAME)
    short = WordsField(_l("Short name"), longest=LONGEST_SHORT)
    kind = SelectField(_l("Kind"), choices=offered(KINDS))
    sector = SelectField(_l("Field of work"), coerce=lambda value: value or "", validators=[Optional()])
    part_of_id = SelectField(_l("Part of"), coerce=id_or_none, validators=[Optional()])
    focal_post = WordsField(_l("Post of the focal point"), longest=LONGEST_NAME)
    head = WordsField(_l("The head"), longest=LONGEST_NAME)
    manager = WordsField(_l("The manager"), longest=LONGEST_NAME)
    staff = WordsField(_l("The staff"), longest=LONGEST_NAME)
    approves_reports = BooleanField(_l("The focal point approves each report"))

    def __init__(self, *, row: Any = None, **given: Any) -> None:
        said = dict(getattr(row, "accountable", None) or {})
        super().__init__(row=row, **{**given, **{name: said.get(name) for name in POSTS}})

    def _speak(self) -> None:
        super()._speak()
        self.sector.choices = offered(SECTORS, _("Not said"))
        self.part_of_id.choices = offered(named(self.given.get("institutions", ())), _("Of no other"))

    def validate_code(self, field: PlainField) -> None:
        """A code has no space, slash or quote."""
        if not CODE.fullmatch(field.data or ""):
            raise ValidationError(_("Write up to 32 letters or digits without spaces, slashes or quotes."))

    def facts(self) -> InstitutionFacts:
        """What the form says, as the service takes it."""
        posts = {name: self[name].data for name in POSTS if self[name].data}
        return InstitutionFacts(
            code=self.code.data or "",
            name=self.name.data or {},
            short=self.short.data,
            kind=self.kind.data,
            sector=self.sector.data or None,
            part_of_id=self.part_of_id.data,
            focal_post=self.focal_post.data,
            accountable=posts or None,
            approves_reports=bool(self.approves_reports.data),
        )


class TaskForceForm(Form):
    """Who sits in a task force, and its terms. Give it `institutions`; its row a TaskForceFacts."""

    chair = SelectField(_l("Chaired by"), coerce=id_or_none, validators=[Optional()])
    chair_reason = WordsField(_l("Why this chair"), longest=LONGEST_TEXT)
    members = SelectMultipleField(_l("Members"), coerce=int, validators=[Optional()])
    observers = SelectMultipleField(_l("Observers"), coerce=int, validators=[Optional()])
    meets_every_months = IntegerField(
        _l("Meets every … months"),
        validators=[Optional(), NumberRange(1, 24, _l("Write a number of months from 1 to 24."))],
    )
    mandate = WordsField(_l("Mandate"), longest=LONGEST_TEXT)

    def _speak(self) -> None:
        super()._speak()
        bodies = named(self.given.get("institutions", ()))
        self.chair.choices = offered(bodies, _("Not named yet"))
        self.members.choices = self.observers.choices = offered(bodies)

    def facts(self) -> TaskForceFacts:
        """What the form says, as the service takes it. Who chairs is a member, ticked or not."""
        return TaskForceFacts(
            chair=self.chair.data,
            members=frozenset(self.members.data or ()),
            observers=frozenset(self.observers.data or ()),
            mandate=self.mandate.data,
            chair_reason=self.chair_reason.data,
            meets_every_months=self.meets_every_months.data,
        )


class ListForm(Form):
    """Chooses an institution to be added to a plan's list. Give it `institutions` that are not in it."""

    institution_id = SelectField(
        _l("Institution"), coerce=id_or_none, validators=[InputRequired(_l("Choose an institution."))]
    )

    def _speak(self) -> None:
        super()._speak()
        self.institution_id.choices = offered(named(self.given.get("institutions", ())), _("Choose one"))
