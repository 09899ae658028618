"""What people do with their own account."""

from collections.abc import Mapping

from nap_builder.accounts.events import PASSWORD_CHANGED, PROFILE_CHANGED
from nap_builder.accounts.models import Person
from nap_builder.accounts.services.sessions import end_all
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import unchanged_since


def change_profile(by: Actor, person: Person, after: Mapping[str, str | None], *, seen: int | None) -> None:
    """Changes name, post, language and how often letters remind (`name`, `post`, `language`, `letters`).

    Raises StaleEdit.
    """
    unchanged_since(person, seen)
    changes = {
        field: (getattr(person, field), value) for field, value in after.items() if getattr(person, field) != value
    }
    for field, value in after.items():
        setattr(person, field, value)
    if changes:
        record(PROFILE_CHANGED, by, person, changes=changes)


def change_password(by: Actor, person: Person, password_hash: str) -> None:
    """Keeps a new password and ends every session; the caller opens a new one here."""
    person.password = password_hash
    end_all(person)
    record(PASSWORD_CHANGED, by, person)
