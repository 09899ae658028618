"""What a browser keeps of who signed in on it, in a signed cookie: a random name and the keys of accounts.

It lets somebody in while others storm the account from elsewhere, and carries "do not ask for a code here".
It opens nothing by itself.
"""

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer

from nap_builder.accounts.models import Person
from nap_builder.accounts.queries import normal_email
from nap_builder.accounts.tokens import derived, digest_of, keyed_digest, new_token

COOKIE = "nap-device"
KEPT = 180 * 86_400  # seconds
MOST_PEOPLE = 8


@dataclass(frozen=True)
class Device:
    """A browser: its random name, and the keys of the accounts that signed in on it, latest last."""

    name: str
    people: tuple[str, ...] = ()

    def knows(self, person: Person | None) -> bool:
        """Whether this person signed in here before."""
        return person is not None and person.key in self.people

    def remembered_digest(self, person: Person) -> str:
        """What the table of remembered devices keeps of this browser for a person."""
        return digest_of(f"{self.name}:{person.key}")


@dataclass(frozen=True)
class Place:
    """Where a try comes from, as keyed digests: the account as typed, and a known device or else an address."""

    account: str
    source: str
    known: bool


def here() -> Device:
    """The browser of this request; a new one where it brings no cookie of ours."""
    if "device" not in g:
        g.device = _read()
    found: Device = g.device
    return found


def _read() -> Device:
    try:
        held: Any = _signer().loads(request.cookies.get(COOKIE, ""), max_age=KEPT)
        return Device(str(held["name"]), tuple(map(str, held["people"])))
    except (BadData, KeyError, TypeError):
        return Device(new_token())


def place(email: str, person: Person | None) -> Place:
    """Where a try for an account comes from."""
    key, device = derived(current_app.config["NAP"].secret_key, "failed tries"), here()
    known = device.knows(person)
    source = f"device {device.name}" if known else f"address {request.remote_addr}"
    return Place(keyed_digest(key, normal_email(email)), keyed_digest(key, source), known)


def remember(answer: Response, person: Person) -> Response:
    """Writes into the browser that this person signed in here."""
    device = here()
    people = [key for key in device.people if key != person.key] + [person.key]
    answer.set_cookie(
        COOKIE,
        _signer().dumps({"name": device.name, "people": people[-MOST_PEOPLE:]}),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="device")
