"""The directory of organisations of civil society that the State knows."""

from collections.abc import Sequence

from sqlalchemy import select

from nap_builder.consultations.models.records import Organisation
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import folded


def organisations(sought: str = "", focus: str = "", region: str = "") -> list[Organisation]:
    """Those not archived, by name, with these words in name or note, a focus (a key of WITH_WHOM) and a region."""
    query = select(Organisation).where(Organisation.archived_at.is_(None)).order_by(Organisation.name)
    found = [one for one in db.session.scalars(query) if folded(sought) in folded(f"{one.name} {one.note or ''}")]
    found = [one for one in found if not focus or focus in (one.focus or ())]
    return [one for one in found if not region or one.region == region]


def archived_organisations() -> Sequence[Organisation]:
    """The archived ones, by name."""
    query = select(Organisation).where(Organisation.archived_at.is_not(None)).order_by(Organisation.name)
    return db.session.scalars(query).all()


def any_organisation_at(key: str) -> Organisation:
    """An organisation, archived or not. Raises Missing."""
    return one(select(Organisation).where(Organisation.key == key))


def organisation_at(key: str) -> Organisation:
    """An organisation that is not archived. Raises Missing."""
    found = any_organisation_at(key)
    if found.archived_at is not None:
        raise Missing
    return found


def organisation_called(name: str) -> Organisation | None:
    """The organisation of that name, archived or not."""
    return db.session.scalar(select(Organisation).where(Organisation.name == name))


def names_without_consent() -> frozenset[str]:
    """The names of those that did not agree to be named."""
    return frozenset(db.session.scalars(select(Organisation.name).where(Organisation.may_be_named.is_(False))))
