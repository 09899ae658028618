"""The second factor: set up, used, reset."""

from datetime import timedelta

from nap_builder.accounts import second_factor
from nap_builder.accounts.events import (
    DEVICE_REMEMBERED,
    FACTOR_REMOVED,
    FACTOR_RESET,
    FACTOR_SET_UP,
    RECOVERY_CODE_USED,
    RECOVERY_CODES_MADE,
)
from nap_builder.accounts.models import Person, RememberedDevice
from nap_builder.accounts.policy import NEED_A_SECOND_FACTOR
from nap_builder.accounts.queries import actor_of
from nap_builder.accounts.services.sessions import end_all
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _

REMEMBERED_FOR = timedelta(days=30)


def take_code(person: Person, code: str) -> bool:
    """Takes a code from the app or a recovery code, once; False when it is not right or was used."""
    if person.totp_secret is not None and second_factor.code_fits(person, code, person.totp_secret):
        return True
    kept, digest = list(person.recovery_codes or []), second_factor.recovery_digest(code)
    if digest not in kept:
        return False
    kept.remove(digest)
    person.recovery_codes = kept
    record(RECOVERY_CODE_USED, actor_of(person), person, left=len(kept))
    return True


def remember_device(person: Person, token_digest: str) -> None:
    """Asks for no code on a device for 30 days."""
    db.session.add(RememberedDevice(token_digest=token_digest, person_id=person.id, expires_at=now() + REMEMBERED_FOR))
    record(DEVICE_REMEMBERED, actor_of(person), person)


def set_up(person: Person, secret: str, code: str) -> list[str] | None:
    """Keeps a secret that the app is shown to know, ends all sessions, and returns fresh recovery codes.

    None when the code is not right; then nothing is changed.
    """
    if not second_factor.code_fits(person, code, secret):
        return None
    person.totp_secret = secret
    codes = _fresh_codes(person)
    end_all(person)
    record(FACTOR_SET_UP, actor_of(person), person)
    return codes


def make_recovery_codes(by: Actor, person: Person) -> list[str]:
    """New recovery codes in place of the old. Raises WrongState without a second factor."""
    if person.totp_secret is None:
        raise WrongState(_("Set up a second factor first."))
    codes = _fresh_codes(person)
    record(RECOVERY_CODES_MADE, by, person)
    return codes


def turn_off(by: Actor, person: Person, *, required: bool) -> None:
    """Signs in without codes from now on. Raises WrongState where the person's roles need them (`required`)."""
    if required and {grant.role for grant in person.grants} & NEED_A_SECOND_FACTOR:
        raise WrongState(_("Your role needs a second factor."))
    _clear(person)
    record(FACTOR_REMOVED, by, person)


def reset(by: Actor, person: Person) -> None:
    """Forgets the second factor of somebody who lost it; they set up a new one at the next sign-in."""
    _clear(person)
    record(FACTOR_RESET, by, person, person=person.called)


def _fresh_codes(person: Person) -> list[str]:
    codes = second_factor.new_recovery_codes()
    person.recovery_codes = [second_factor.recovery_digest(code) for code in codes]
    return codes


def _clear(person: Person) -> None:
    person.totp_secret = person.totp_step = person.recovery_codes = None
    end_all(person)
