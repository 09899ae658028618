"""The steward's key: comments are sealed to its public half on arrival, and only its private half opens them.

The private half is a file that the steward keeps away from the server; it is given for one look, and never stored. What
is sealed is safe in the database, in its copies, and from whoever runs the server tomorrow. It is not safe from a
server that is made to read what arrives today (security study 3.1), and the pages say so.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import EncryptedMessage

from nap_builder.consultations.events.sealed import KEY_SET
from nap_builder.consultations.models.comments import StewardKey
from nap_builder.consultations.queries.sealed import present_key
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _

HEAD = "nap-steward-key-1"
STEP = 1024  # sealed texts are filled up to a multiple of this many bytes, so that their length tells little


@dataclass(frozen=True)
class Words:
    """What a person wrote for the steward alone."""

    text: str
    proposed: str | None = None
    name: str | None = None


def new_pair() -> tuple[str, str]:
    """A new key: the text of the file that the steward keeps, and its public half as text (base64)."""
    private = PrivateKey.generate()
    public = base64.b64encode(bytes(private.public_key)).decode()
    return f"{HEAD}\npublic {public}\nprivate {base64.b64encode(bytes(private)).decode()}\n", public


def set_key(who: Actor, public: str) -> StewardKey:
    """Takes a public half (base64 of 32 bytes) as the one that comments are sealed to from now on.

    The key before it is retired; what was sealed to it is still opened by its own file. Raises BadInput about `public`.
    """
    halves = _decoded(public)
    if halves is None:
        raise BadInput("public", _("This is no public key. Copy the line that begins with “public” without that word."))
    before = present_key()
    if before is not None:
        if before.public == halves:
            raise BadInput("public", _("This key is in use already."))
        before.retired_at = now()
    key = StewardKey(public=halves, fingerprint=fingerprint(halves), set_by=who.name)
    db.session.add(key)
    record(KEY_SET, who, key, fingerprint=key.fingerprint)
    return key


def fingerprint(public: bytes) -> str:
    """What a key is compared by: 20 hexadecimal digits of its SHA-256, in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:20]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def fingerprint_of(public: str) -> str:
    """The fingerprint of a public half as text."""
    return fingerprint(base64.b64decode(public))


def seal(words: Words) -> bytes:
    """Seals words to the present key. Raises LookupError where none is set."""
    key = present_key()
    if key is None:
        raise LookupError("no steward's key is set")
    plain = json.dumps(asdict(words), ensure_ascii=False).encode()
    return bytes(SealedBox(PublicKey(key.public)).encrypt(plain.ljust(-(-len(plain) // STEP) * STEP)))


def private_key(text: str) -> PrivateKey:
    """The private half from the text of a key file. Raises BadInput about `key_file`."""
    for line in text.splitlines():
        word, _space, half = line.strip().partition(" ")
        if word == "private" and (found := _decoded(half)) is not None:
            return PrivateKey(found)
    raise BadInput("key_file", _("This is not a steward’s key file. Choose the file that was made with the key."))


def opened(sealed: bytes, key: PrivateKey) -> Words | None:
    """What was sealed; None where this key does not open it."""
    try:
        plain = SealedBox(key).decrypt(EncryptedMessage(sealed))
    except CryptoError:
        return None
    return Words(**json.loads(plain))


def _decoded(half: str) -> bytes | None:
    try:
        found = base64.b64decode(half.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == PublicKey.SIZE else None
