"""What the doctor says of the signing service."""

from datetime import timedelta

from nap_builder.kernel import signing
from nap_builder.kernel.clock import now
from nap_builder.settings import Settings

SOON = timedelta(days=60)


def signer_findings(settings: Settings) -> list[tuple[bool, str]]:
    """Whether each thing about the signing service is well, with a line in English for the command line."""
    if not signing.is_set():
        return [(True, "NAP_SIGNER_SOCKET is not set: documents bear no signature")]
    try:
        found = signing.signer()
    except signing.NotSigned:
        return [(False, f"the signing service at {settings.signer_socket} does not answer: no PDF can be issued")]
    ends = found.certificate.not_valid_after_utc
    lasts = "" if ends - now() > SOON else ": make a new key (docs/operations.md)"
    return [
        (
            not lasts,
            f"documents are signed by {found.certificate.subject.rfc4514_string()} until {ends:%Y-%m-%d}{lasts}",
        ),
        _key(can_read(settings.home.stat().st_uid, found.owner, found.mode), found),
    ]


def _key(is_open: bool, found: signing.Signer) -> tuple[bool, str]:  # noqa: FBT001 - one yes or no
    if is_open:
        return False, f"the key {found.key} can be read by the server itself: give it a user of its own"
    return True, f"the key {found.key} is out of the server's reach"


def can_read(who: int, owner: int, mode: int) -> bool:
    """Whether a user, by number, can read a file of that owner and mode. The superuser reads everything, and a group is
    taken for one that everybody is in.
    """
    return who in (0, owner) or bool(mode & 0o044)
