"""What is set on several activities at once. It stands in the address until it is saved."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from nap_builder.kernel.fields import WhenField
from nap_builder.kernel.languages import _, _l, listed, words_in
from nap_builder.plans.forms.pieces import WHEN_HINT, OneOf
from nap_builder.plans.said import span
from nap_builder.plans.services.rows import ends_first
from nap_builder.taskforce.models import Institution

NOBODY = "-"
DATES = ("starts", "ends")


class Choice(PlainForm):
    """One value for several rows, read from an address or a form.

    Each kind says its own `values` and `said`. They raise here, since the metaclass of forms leaves no room for ABC.
    """

    def __init__(self, sent: MultiDict[str, str], institutions: Iterable[Institution]) -> None:
        self.bodies = {body.code: body for body in institutions}
        super().__init__(sent)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of an activity that are set."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What is set, in words."""
        raise NotImplementedError


class LeadChoice(Choice):
    """The lead, by the code of its institution."""

    lead = OneOf(
        _l("Lead ministry"), nothing=_l("Choose one"), validators=[InputRequired(_l("Choose one of the list."))]
    )

    def __init__(self, sent: MultiDict[str, str], institutions: Iterable[Institution]) -> None:
        super().__init__(sent, institutions)
        named = [(code, words_in(body.called)) for code, body in self.bodies.items()]
        self.lead.choices = self.lead.beginning([*named, (NOBODY, _("Nobody of its own"))])

    @property
    def body(self) -> Institution | None:
        """The institution that is to lead; None for nobody."""
        return self.bodies.get(self.lead.data or "")

    @property
    def values(self) -> dict[str, Any]:
        """The lead's row id, None for nobody."""
        return {"lead_id": self.body.id if self.body else None}

    @property
    def said(self) -> str:
        """The lead in words."""
        return words_in(self.body.called) if self.body else _("nobody of its own")


class DatesChoice(Choice):
    """Dates as precise as they are known, or that there is none; what is left empty stays as it is in each row."""

    starts = WhenField(_l("From"), description=WHEN_HINT)
    no_starts = BooleanField(_l("No start: take out the one that is there"))
    ends = WhenField(_l("To"), description=_l("Leave one of them empty where it stays as it is."))
    no_ends = BooleanField(_l("No end: take out the one that is there"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether something is set, nothing twice, and the end does not lie before the start."""
        sound = super().validate(extra_validators)
        for name in DATES:
            if self[name].data and self[_none(name)].data:
                self[name].errors = [_("Write a date, or tick that there is none; not both.")]
        if sound and not self.values:
            self.starts.errors = [_("Write a start, an end, or both.")]
        elif sound and ends_first(self.starts.data, self.ends.data):
            self.ends.errors = [_("This is before the start. Choose a later date, or change the start.")]
        return not self.errors

    @property
    def values(self) -> dict[str, Any]:
        """The dates that were written, None for one that is taken out."""
        return {name: self[name].data for name in DATES if self[name].data or self[_none(name)].data}

    @property
    def said(self) -> str:
        """The dates in words."""
        out = [words for taken, words in ((self.no_starts, _("no start")), (self.no_ends, _("no end"))) if taken.data]
        return listed(filter(None, [span(self.starts.data, self.ends.data), *out]))


def _none(name: str) -> str:
    """The box that says of a date that there is none."""
    return f"no_{name}"
