"""Random tokens, and the digests that are kept of them."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """SHA-256 of a token, in hex: what the database keeps, since a token has bits enough not to be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derived(secret: str, label: str) -> str:
    """A key for one purpose, made from the installation's secret; in hex."""
    return hmac.new(secret.encode(), b"nap-builder/" + label.encode(), "sha256").hexdigest()


def keyed_digest(key: str, text: str) -> str:
    """HMAC-SHA-256 in hex, for what is easily guessed, such as an address."""
    return hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
