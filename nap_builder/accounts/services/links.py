"""One-time links: for an invitation, and for a new password."""

from datetime import timedelta

from sqlalchemy import update

from nap_builder.accounts.events import INVITATION_ACCEPTED, PASSWORD_RESET
from nap_builder.accounts.models import INVITATION, RESET, OneTimeLink, Person
from nap_builder.accounts.queries import actor_of, link_at
from nap_builder.accounts.services.sessions import end_all
from nap_builder.accounts.tokens import digest_of, new_token
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import Gone
from nap_builder.kernel.languages import _

INVITATION_WORKS = timedelta(days=7)
MAILED_RESET_WORKS = timedelta(minutes=30)
HANDED_RESET_WORKS = timedelta(hours=24)


def make(person: Person, *, mailed: bool = False) -> str:
    """Makes a link and returns its token, of which only a digest is kept. Links made earlier stop working.

    Whoever has no password yet gets an invitation, anybody else a way to choose a new one.
    """
    purpose = RESET if person.password else INVITATION
    reset_works = MAILED_RESET_WORKS if mailed else HANDED_RESET_WORKS
    works_for = INVITATION_WORKS if purpose == INVITATION else reset_works
    end_links(person)
    token = new_token()
    db.session.add(
        OneTimeLink(
            token_digest=digest_of(token),
            person_id=person.id,
            purpose=purpose,
            made_at=now(),
            expires_at=now() + works_for,
        )
    )
    return token


def end_links(person: Person) -> None:
    """Makes a person's links stop working."""
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
        .values(expires_at=now())
    )


def accept(token: str, password_hash: str, name: str | None) -> Person:
    """Uses an invitation: the person gets a name and a password. Raises Gone where the link does not work."""
    person = _use(token, INVITATION)
    person.name, person.password = name or person.name, password_hash
    record(INVITATION_ACCEPTED, actor_of(person), person)
    return person


def choose_password(token: str, password_hash: str) -> Person:
    """Uses a link for a new password; every session ends. The second factor stays. Raises Gone as `accept`."""
    person = _use(token, RESET)
    person.password = password_hash
    end_all(person)
    record(PASSWORD_RESET, actor_of(person), person)
    return person


def _use(token: str, purpose: str) -> Person:
    link = link_at(digest_of(token))
    if link is None or link.purpose != purpose:
        raise Gone(_("This link has been used, or is too old. Ask for a new one."))
    link.used_at = now()
    return link.person
