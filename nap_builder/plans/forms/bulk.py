"""What is set on several activities at once. It stands in the address until it is saved."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from nap_builder.kernel.fields import WhenField
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.plans.forms.pieces import WHEN_HINT, OneOf
from nap_builder.plans.said import span
from nap_builder.plans.services.rows import ends_first
from nap_builder.taskforce.models import Institution

NOBODY = "-"


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
    """Dates as precise as they are known; one that is left empty stays as it is in each row."""

    starts = WhenField(_l("From"), description=WHEN_HINT)
    ends = WhenField(_l("To"), description=_l("Leave one of them empty where it stays as it is."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is a date, and the end does not lie before the start."""
        sound = super().validate(extra_validators)
        if sound and not self.values:
            self.starts.errors = [_("Write a start, an end, or both.")]
        elif sound and ends_first(self.starts.data, self.ends.data):
            self.ends.errors = [_("This is before the start. Choose a later date, or change the start.")]
        return not self.errors

    @property
    def values(self) -> dict[str, Any]:
        """The dates that were written."""
        return {name: self[name].data for name in ("starts", "ends") if self[name].data}

    @property
    def said(self) -> str:
        """The dates in words."""
        return span(self.starts.data, self.ends.data)
