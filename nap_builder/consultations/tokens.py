"""The token of a form that needs no cookie, and the receipt that is drawn from it.

A token says what the form is about, of which consultation, on which day it was shown, and a number drawn by lot, signed
with a key of the installation. Nothing of it is stored. The receipt is a keyed digest of that number, so a form that is
sent twice brings the same receipt, by which the second sending finds what the first one did.
"""

import base64
import hmac
import re
import secrets
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

from nap_builder.accounts.tokens import derived, keyed_digest
from nap_builder.kernel.clock import today
from nap_builder.kernel.fields import AS_LATIN

VALID_FOR = timedelta(days=1)
GROUPS, IN_GROUP = 6, 4
_BYTES = GROUPS * IN_GROUP * 5 // 8  # 120 bits (security study T4)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _CROCKFORD)
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\u200e\u200f\u2010-\u2015-]+")
_LONGEST = 100


def issue(secret: str, consultation: str, about: str) -> str:
    """A new token for a form about one row (`kind:key`) of a consultation (its key)."""
    return str(_signer(secret).dumps([consultation, about, today().isoformat(), secrets.token_urlsafe(16)]))


def lot_of(secret: str, token: str | None, consultation: str, about: str) -> str | None:
    """The number of a token; None where it is not ours, about something else, or from before yesterday (UTC)."""
    try:
        whose, what, day, lot = _signer(secret).loads(token or "")
    except (BadData, ValueError):
        return None
    fresh = today() - date.fromisoformat(day) <= VALID_FOR
    return str(lot) if fresh and (whose, what) == (consultation, about) else None


def receipt_of(secret: str, lot: str) -> str:
    """The receipt that belongs to the number of a token: 24 signs of Crockford's base 32, in six groups."""
    drawn = hmac.new(derived(secret, "receipt drawn").encode(), lot.encode(), "sha256").digest()[:_BYTES]
    signs = base64.b32encode(drawn).decode().translate(_AS_CROCKFORD)
    return " ".join(signs[at : at + IN_GROUP] for at in range(0, len(signs), IN_GROUP))


def digest_of_receipt(secret: str, typed: str | None) -> str:
    """What the database keeps of a receipt (hex), however it was typed: small letters, spaces, O for 0, I or L for 1.

    Of anything else too, so that what is no receipt takes as long as one.
    """
    signs = _BETWEEN.sub("", (typed or "")[:_LONGEST]).upper().translate(AS_LATIN).translate(_MISREAD)
    return keyed_digest(derived(secret, "receipt kept"), signs)


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(derived(secret, "form without a cookie"), salt="comment")
