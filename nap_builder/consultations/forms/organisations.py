"""The form of an organisation, and what the directory shows."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length

from nap_builder.consultations.names import WITH_WHOM
from nap_builder.consultations.services.organisations import OrganisationFacts
from nap_builder.kernel.fields import Form, PlainField, ProseField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.pieces import OneOf, Pair, SeveralOf

LONGEST_NAME, LONGEST_NOTE = 200, 1_000


class OrganisationForm(Form):
    """An organisation. Give it `regions`."""

    name = PlainField(_l("Name"), validators=[InputRequired(_l("Write its name.")), Length(max=LONGEST_NAME)])
    focus = SeveralOf(_l("Whom it works with or for"), WITH_WHOM)
    region = OneOf(_l("Region"), nothing=_l("Not said"))
    may_be_named = BooleanField(
        _l("It agrees to be named"), description=_l("Without this, its name is on no page that everybody may read.")
    )
    note = ProseField(
        _l("Note"),
        longest=LONGEST_NOTE,
        description=_l("No person and no address: the directory is no list of members."),
    )

    def _speak(self) -> None:
        super()._speak()
        regions: Sequence[Pair] = self.given.get("regions", ())
        kept: str = self.region.object_data or ""
        missing = [(kept, kept)] if kept and kept not in {code for code, _name in regions} else []
        self.region.choices = self.region.beginning([*regions, *missing])

    def facts(self) -> OrganisationFacts:
        """What the form says, as the service takes it."""
        return OrganisationFacts(
            name=self.name.data or "",
            focus=self.focus.data or None,
            region=self.region.data,
            may_be_named=bool(self.may_be_named.data),
            note=self.note.data,
        )


class DirectoryFilter(PlainForm):
    """What the directory shows; it stands in the address."""

    q = StringField(_l("Find"))
    focus = OneOf(_l("Whom it works with or for"), WITH_WHOM, nothing=_l("Any"))
    region = OneOf(_l("Region"), nothing=_l("Any"))

    def offer(self, regions: Sequence[Any]) -> None:
        """Says which regions there are."""
        self.region.choices = self.region.beginning(list(regions))
