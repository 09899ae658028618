"""Codes from an authenticator app (TOTP, RFC 6238) and recovery codes."""

import secrets
from base64 import b64encode
from io import BytesIO
from typing import Any

import segno
from flask import current_app
from flask_security.totp import Totp

from nap_builder.accounts.models import Person
from nap_builder.accounts.tokens import digest_of

ISSUER = "NAP Builder"
TOLERANCE = 30  # seconds a clock may be off, either way
RECOVERY_CODES = 8
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Codes(Totp):
    """The library's codes, with the memory it leaves to us: no time step is taken twice, nor an older one."""

    def get_last_counter(self, user: Any) -> int | None:
        """The last time step a code of this person was taken at."""
        step: int | None = user.totp_step
        return step

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Keeps the time step just taken."""
        user.totp_step = tmatch.counter


def codes() -> Codes:
    """The factory of this application; it encrypts secrets with a key derived from the installation's."""
    factory: Codes = current_app.extensions["nap_codes"]
    return factory


def new_secret() -> str:
    """A fresh secret, encrypted, as it is kept."""
    return str(codes().generate_totp_secret())


def readable(secret: str) -> str:
    """A secret in clear, in groups of four, to be typed into an app. Shown while enrolling and never after."""
    return str(codes().get_totp_pretty_key(secret))


def picture(secret: str, email: str) -> str:
    """The secret as a QR code: a data address of an SVG picture."""
    svg = BytesIO()
    segno.make(codes().get_totp_uri(email, secret), error="m").save(svg, kind="svg", scale=5, border=4, light="#fff")
    return "data:image/svg+xml;base64," + b64encode(svg.getvalue()).decode()


def code_fits(person: Person, code: str, secret: str) -> bool:
    """Whether a code is right now and was not used; its time step is kept on the person (within a transaction)."""
    digits = "".join(letter for letter in code if not letter.isspace())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    return bool(codes().verify_totp(digits, secret, person, window=TOLERANCE))


def new_recovery_codes() -> list[str]:
    """Codes of 120 bits, in six groups of four: too many to guess, so a plain SHA-256 of each may be kept."""
    return ["-".join(_group() for _ in range(6)) for _ in range(RECOVERY_CODES)]


def _group() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(4))


def recovery_digest(code: str) -> str:
    """What is kept of a recovery code; spaces, dashes, case and letters that look like digits do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return digest_of(plain.translate(str.maketrans("OIL", "011")))
