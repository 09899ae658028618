"""Limits for forms that nobody signs in for: how many come from one address, and for one thing, within an hour.

An address is counted under a keyed digest. Its key is random, lives in the memory of this process alone, and is another
one each day, so that nothing that is kept anywhere, in Redis neither, leads back to an address. Each process so counts
addresses for itself, whatever the store.
"""

import hmac
import secrets
from datetime import date

from flask import Flask, current_app
from limits import RateLimitItemPerHour
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from nap_builder.kernel.clock import today


class Floods:
    """The counts of one process."""

    def __init__(self, store: str) -> None:
        self._counts = FixedWindowRateLimiter(storage_from_string(store))
        self._day: date | None = None
        self._key = b""

    def held(self, kind: str, address: str, most: int, about: str = "", most_about: int = 0) -> bool:
        """Whether this one is too many of a kind from an address (`most` an hour), or about one thing (`most_about`,
        0 for no such limit). Counts it, and what is held of an address does not count for the thing.
        """
        if not self._counts.hit(RateLimitItemPerHour(most), kind, "address", self._digest(address)):
            return True
        return bool(most_about) and not self._counts.hit(RateLimitItemPerHour(most_about), kind, "about", about)

    def _digest(self, address: str) -> str:
        if self._day != today():
            self._day, self._key = today(), secrets.token_bytes(32)
        return hmac.new(self._key, address.encode(), "sha256").hexdigest()


def prepare(app: Flask, redis_url: str | None) -> None:
    """Opens the store of the counts: Redis, else the memory of the process."""
    app.extensions["nap_floods"] = Floods(redis_url or "memory://")


def floods() -> Floods:
    """The counts of this process."""
    found: Floods = current_app.extensions["nap_floods"]
    return found
