"""Fields that the forms of the room share: a day, a language of the world, several of them, a count of people."""

from datetime import date
from typing import Any

from wtforms import DateField, ValidationError
from wtforms.validators import InputRequired, Optional

from nap_builder.consultations.tongues import called, tag_of
from nap_builder.kernel.fields import ExactField, PlainField, sensible
from nap_builder.kernel.languages import LazyString, _
from nap_builder.plans.forms.pieces import LinesField

LANGUAGES_LIST = "languages-of-the-world"
MOST_PEOPLE = 10_000_000


class DayField(DateField):
    """A calendar day of this century that has to be said, where `missing` says what to do without one."""

    data: date | None

    def __init__(self, label: Any, *, missing: LazyString | None = None, **given: Any) -> None:
        needed = Optional() if missing is None else InputRequired(missing)
        super().__init__(label, validators=[needed, sensible], **given)


class LanguageField(PlainField):
    """A language by its name or tag, any of the world; data its tag (BCP 47), or None."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label, render_kw={"list": LANGUAGES_LIST}, **given)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return called(self.data) if self.data else ""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data:
            found = tag_of(self.data)
            if found is None:
                raise ValidationError(_not_known(self.data))
            self.data = found


class LanguagesField(LinesField):
    """Several languages, one on a line, each by its name or tag; data their tags, or None."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(called(one) for one in self.data or ())

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        found = [(said, tag_of(said)) for said in self.data or ()]
        unknown = next((said for said, tag in found if tag is None), None)
        if unknown:
            raise ValidationError(_not_known(unknown))
        self.data = list(dict.fromkeys(tag for _said, tag in found if tag)) or None


class CountField(ExactField):
    """A number of people, whole and not below zero; None where it was not counted."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label, places=0, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data > MOST_PEOPLE:
            raise ValueError(_("This number is too large."))

    @property
    def whole(self) -> int | None:
        """The count as a whole number."""
        return None if self.data is None else int(self.data)


def _not_known(said: str) -> str:
    return _("We do not know the language “%(said)s”. Write its name or its code, such as Tamil or ta.", said=said[:40])
