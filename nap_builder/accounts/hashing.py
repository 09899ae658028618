"""Passwords: argon2id through Flask-Security, two at a time, so that a storm of tries does not eat the memory."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import flask_security
from flask import current_app

MEMORY_KIB, ROUNDS, LANES = 19_456, 2, 1  # OWASP's first choice for argon2id
AT_ONCE = 2
_slots = BoundedSemaphore(AT_ONCE)

OPTIONS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": MEMORY_KIB,
        "argon2__time_cost": ROUNDS,
        "argon2__parallelism": LANES,
    },
}


@contextmanager
def slot() -> Iterator[None]:
    """Waits for one of the two places in which this process works on passwords."""
    with _slots:
        yield


def hash_password(text: str) -> str:
    """The argon2id hash to keep. Takes some 30 ms: never inside a transaction. Needs an application context."""
    with slot():
        return _hash(text)


def fits(text: str, kept: str | None) -> bool:
    """Whether a password is the one kept; takes as long where none is. To be called within a `slot`."""
    right = bool(flask_security.verify_password(_normal(text), kept or _dummy()))
    return right and kept is not None


def _hash(text: str) -> str:
    return str(flask_security.hash_password(_normal(text)))


def _normal(text: str) -> str:
    """One form for letters that keyboards write in several ways."""
    return unicodedata.normalize("NFKC", text)


def _dummy() -> str:
    """A hash of nothing anybody knows, made once."""
    if "nap_dummy_hash" not in current_app.extensions:
        current_app.extensions["nap_dummy_hash"] = _hash("nobody has this password")
    return str(current_app.extensions["nap_dummy_hash"])
