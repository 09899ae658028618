"""Sessions: opened, confirmed, ended; and the tries that failed."""

from uuid import uuid4

from sqlalchemy import delete, update

from nap_builder.accounts.events import CONFIRMED, SIGNED_IN, SIGNED_OUT, SIGNED_OUT_EVERYWHERE
from nap_builder.accounts.models import FailedTry, Person, RememberedDevice, SignIn
from nap_builder.accounts.queries import KEPT_FAILURES, LONGEST_SESSION, actor_of
from nap_builder.accounts.tokens import digest_of, new_token
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db


def open_session(person: Person, *, confirmed: bool = True) -> str:
    """Opens a session and returns its token, which only the browser keeps. Fresh from the start unless said."""
    token = new_token()
    db.session.add(
        SignIn(token_digest=digest_of(token), person_id=person.id, confirmed_at=now() if confirmed else None)
    )
    return token


def sign_in(person: Person, account: str, source: str) -> str:
    """Lets a person in: opens a session, forgives the failures made here, forgets what is out of date."""
    forgive(account, source)
    _forget_old()
    token = open_session(person)
    record(SIGNED_IN, actor_of(person), person)
    return token


def sign_out(by: Actor, person: Person, token_digest: str) -> None:
    """Ends one session on the server, so that no copy of its cookie works."""
    db.session.execute(
        update(SignIn).where(SignIn.token_digest == token_digest, SignIn.ended_at.is_(None)).values(ended_at=now())
    )
    record(SIGNED_OUT, by, person)


def sign_out_everywhere(by: Actor, person: Person) -> None:
    """Ends every session of a person, and forgets every device."""
    end_all(person)
    record(SIGNED_OUT_EVERYWHERE, by, person)


def end_all(person: Person) -> None:
    """Ends every session and every sign-in half way, and asks for codes again on every device.

    Called whenever the password, the second factor, a role or the state of the account changes.
    """
    db.session.execute(
        update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )
    db.session.execute(delete(RememberedDevice).where(RememberedDevice.person_id == person.id))
    person.fs_uniquifier = uuid4().hex


def confirm(by: Actor, person: Person, token_digest: str) -> None:
    """Notes that the person gave the password again just now."""
    db.session.execute(update(SignIn).where(SignIn.token_digest == token_digest).values(confirmed_at=now()))
    record(CONFIRMED, by, person)


def note_failure(account: str, source: str) -> None:
    """Counts a failed try. Both arguments are keyed digests."""
    db.session.add(FailedTry(account_digest=account, address_digest=source))


def forgive(account: str, source: str) -> None:
    """Forgets the failures for an account from one place."""
    db.session.execute(delete(FailedTry).where(FailedTry.account_digest == account, FailedTry.address_digest == source))


def _forget_old() -> None:
    db.session.execute(delete(FailedTry).where(FailedTry.at < now() - KEPT_FAILURES))
    db.session.execute(delete(SignIn).where(SignIn.started_at < now() - LONGEST_SESSION))
    db.session.execute(delete(RememberedDevice).where(RememberedDevice.expires_at < now()))
