"""Fields that the forms of the framework share: one or several of a list, an institution, lines, codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import Choice
from wtforms.validators import InputRequired

from nap_builder.kernel.fields import CONTROL, Form, PlainField
from nap_builder.kernel.languages import LazyString, _, _l, words_in
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.schema import SCHEMA
from nap_builder.plans.wording import spoken
from nap_builder.taskforce.models import Institution

CODE = re.compile(SCHEMA["$defs"]["code"]["pattern"])
LONGEST_CODE = SCHEMA["$defs"]["code"]["maxLength"]
WHEN_HINT = _l("Such as 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15.")
Pair = tuple[str, Any]


@dataclass(frozen=True)
class Offered:
    """What a form about a row can choose from: the institutions and regions of the plan."""

    institutions: Sequence[Pair] = ()
    regions: Sequence[Pair] = ()
    assigns: bool = False
    restricts: bool = False
    more: Mapping[str, Sequence[Pair]] = field(default_factory=dict)


def offered(plan: Plan, institutions: Iterable[Institution], **given: Any) -> Offered:
    """What a form offers in a plan that names these institutions."""
    return Offered(
        institutions=[(str(body.id), words_in(body.called)) for body in institutions],
        regions=[(region["code"], spoken(region["name"])) for region in plan.regions or ()],
        **given,
    )


class OneOf(SelectField):
    """One of a few values, or none; data None where nothing is chosen."""

    def __init__(
        self, label: Any, names: Mapping[str, Any] | None = None, *, nothing: LazyString | None = None, **given: Any
    ) -> None:
        self.nothing = nothing
        super().__init__(label, **given)
        self.choices = self.beginning(list((names or {}).items()))

    def beginning(self, choices: Sequence[Pair]) -> list[Pair]:
        """The choices, with that for nothing first, where there is one."""
        return [*([("", self.nothing)] if self.nothing is not None else []), *choices]

    def process_data(self, value: Any) -> None:
        self.data = None if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = valuelist[0] or None

    def has_groups(self) -> bool:
        return False

    def iter_choices(self) -> list[Choice]:
        return [Choice(value, label, value == (self.data or ""), {}) for value, label in self.choices or ()]

    def pre_validate(self, form: Any) -> None:
        if (self.data or "") not in {value for value, _label in self.choices or ()}:
            raise ValidationError(_("Choose one of the list."))

    @property
    def whole(self) -> int | None:
        """The choice as a number: an institution's row id, a marker."""
        return int(self.data) if self.data else None


class SeveralOf(SelectMultipleField):
    """Several of a few values; data a list: what was chosen before in its order, then the others as offered."""

    def __init__(self, label: Any, names: Mapping[str, Any] | None = None, **given: Any) -> None:
        super().__init__(label, validate_choice=False, **given)
        self.choices = list((names or {}).items())

    def has_groups(self) -> bool:
        return False

    def iter_choices(self) -> list[Choice]:
        return [Choice(value, label, value in (self.data or ()), {}) for value, label in self.choices or ()]

    def process_data(self, value: Any) -> None:
        self.data = [str(one) for one in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        before = [str(one) for one in self.object_data or ()]
        kept = [one for one in before if one in valuelist]
        self.data = kept + [one for one in dict.fromkeys(valuelist) if one not in kept]

    def pre_validate(self, form: Any) -> None:
        if set(self.data or ()) - {value for value, _label in self.choices or ()}:
            raise ValidationError(_("Choose from the list."))

    @property
    def wholes(self) -> list[int]:
        """The choices as numbers: institutions' row ids."""
        return [int(one) for one in self.data or ()]

    @property
    def chosen(self) -> list[Any]:
        """What is chosen, as it is called."""
        return [label for value, label in self.choices or () if value in (self.data or ())]


class LinesField(TextAreaField):
    """Short texts, one on a line; data a list, each once, or None where there is none."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [line.strip() for line in (valuelist[0] if valuelist else "").splitlines()]
        self.data = list(dict.fromkeys(line for line in lines if line)) or None

    def pre_validate(self, form: Any) -> None:
        if any(CONTROL.search(line) for line in self.data or ()):
            raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))


class CodeField(PlainField):
    """The number of a row as it is printed, such as 2.1.4; written from left to right in every language."""

    def __init__(self, label: Any = None, **given: Any) -> None:
        needed = [InputRequired(_l("Give it a number."))]
        super().__init__(label or _l("Number"), validators=needed, render_kw={"dir": "ltr"}, **given)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        code = self.data or ""
        if len(code) > LONGEST_CODE or not CODE.search(code):
            raise ValidationError(_("Write a number without spaces or slashes, up to 32 signs, such as 2.1.4."))


class InstitutionField(OneOf):
    """One institution of the plan, by its row id."""


class InstitutionsField(SeveralOf):
    """Several institutions of the plan, by their row ids."""


class RowForm(Form):
    """A form about a row of the plan. `offers` says what can be chosen; who is involved comes as keyword arguments."""

    def _speak(self) -> None:
        super()._speak()
        offers: Offered = self.given.get("offers") or Offered()
        for one in self:
            if isinstance(one, InstitutionField):
                one.choices = one.beginning(offers.institutions)
            elif isinstance(one, InstitutionsField):
                one.choices = list(offers.institutions)
            elif one.short_name in offers.more:
                more = offers.more[one.short_name]
                one.choices = one.beginning(more) if isinstance(one, OneOf) else list(more)
        if not offers.assigns:
            for name in ("lead_id", "co_leads", "supporting"):
                if name in self:
                    del self[name]

    def words(self, *names: str) -> dict[str, Any]:
        """The data of fields that are stored as they are, empty lists as nothing."""
        return {name: self[name].data or None for name in names}

    def involved(self) -> dict[str, list[int]] | None:
        """The institutions of each part, where the form may assign them."""
        if "co_leads" not in self:
            return None
        parts = {"co_lead": self["co_leads"].wholes}
        return {**parts, "supporting": self["supporting"].wholes} if "supporting" in self else parts

    def led(self) -> dict[str, int | None]:
        """The lead, where the form may assign it."""
        return {"lead_id": self["lead_id"].whole} if "lead_id" in self else {}
