"""Organisations put into the directory, changed, put away and brought back."""

from dataclasses import dataclass

from nap_builder.consultations.events import organisations as events
from nap_builder.consultations.models.records import Organisation
from nap_builder.consultations.queries.organisations import organisation_called
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _


@dataclass(frozen=True)
class OrganisationFacts:
    """What is known of an organisation; `focus` holds keys of WITH_WHOM."""

    name: str
    focus: list[str] | None = None
    region: str | None = None
    may_be_named: bool = False
    note: str | None = None


def add(by: Actor, facts: OrganisationFacts) -> Organisation:
    """Adds an organisation. Raises BadInput where one of that name is there."""
    _refuse_twin(facts, None)
    organisation = Organisation(**vars(facts))
    db.session.add(organisation)
    db.session.flush()
    _record(events.ADDED, by, organisation)
    return organisation


def change(by: Actor, organisation: Organisation, facts: OrganisationFacts, *, seen: int | None) -> None:
    """Writes what is known of it, which was read at version `seen`. Raises StaleEdit, BadInput."""
    unchanged_since(organisation, seen)
    _refuse_twin(facts, organisation)
    for name, value in vars(facts).items():
        setattr(organisation, name, value)
    _record(events.CHANGED, by, organisation)


def archive(by: Actor, organisation: Organisation, *, seen: int | None) -> None:
    """Takes it out of the directory; where it took part, it stays. Raises StaleEdit, WrongState."""
    unchanged_since(organisation, seen)
    if organisation.archived_at is not None:
        raise WrongState(_("This was done already."))
    organisation.archived_at = now()
    _record(events.ARCHIVED, by, organisation)


def restore(by: Actor, organisation: Organisation) -> None:
    """Brings it back. Raises WrongState."""
    if organisation.archived_at is None:
        raise WrongState(_("This was done already."))
    organisation.archived_at = None
    _record(events.RESTORED, by, organisation)


def _refuse_twin(facts: OrganisationFacts, own: Organisation | None) -> None:
    twin = organisation_called(facts.name)
    if twin is not None and twin is not own:
        raise BadInput("name", _("An organisation of this name is in the directory, perhaps archived."))


def _record(done: Act, by: Actor, organisation: Organisation) -> None:
    record(done, by, organisation, number=organisation.id)
