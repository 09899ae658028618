"""Limits for forms that nobody signs in for: how many come from one address, and for one thing, within an hour.

An address is counted under a keyed digest. Its key is random, lives in the memory of this process alone, and is another
one each day, so that nothing that is kept anywhere, in Redis neither, leads back to an address. Each process so counts
addresses for itself, whatever the store.
"""

import hmac
import secrets
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app
from limits import RateLimitItemPerHour
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from nap_builder.kernel.clock import today

IPV4, ONE_LINE = 4, 64  # the version of an address; the bits of IPv6 that a provider gives to one line


class Floods:
    """The counts of one process."""

    def __init__(self, store: str) -> None:
        self._counts = FixedWindowRateLimiter(storage_from_string(store))
        self._day: date | None = None
        self._key = b""

    def from_one(self, kind: str, address: str, most: int) -> bool:
        """Whether this one is too many of a kind from an address (`most` an hour). Counts it."""
        return not self._counts.hit(RateLimitItemPerHour(most), kind, "address", self._digest(address))

    def about_one(self, kind: str, about: str, most: int) -> bool:
        """Whether this one is too many of a kind about one thing (`most` an hour). Counts it: so ask only about what
        would be taken otherwise, lest somebody shut the thing for all by what is refused anyway.
        """
        return not self._counts.hit(RateLimitItemPerHour(most), kind, "about", about)

    def _digest(self, address: str) -> str:
        """A digest of an address; of IPv6 of its first 64 bits, since one line has all the others for itself."""
        if self._day != today():
            self._day, self._key = today(), secrets.token_bytes(32)
        return hmac.new(self._key, _line_of(address).encode(), "sha256").hexdigest()


def _line_of(address: str) -> str:
    """The line that an address belongs to; what is no address stands for itself."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    mapped = read.ipv4_mapped if isinstance(read, IPv6Address) else None
    return str(mapped or (read if read.version == IPV4 else ip_network((read, ONE_LINE), strict=False)))


def prepare(app: Flask, redis_url: str | None) -> None:
    """Opens the store of the counts: Redis, else the memory of the process."""
    app.extensions["nap_floods"] = Floods(redis_url or "memory://")


def floods() -> Floods:
    """The counts of this process."""
    found: Floods = current_app.extensions["nap_floods"]
    return found
