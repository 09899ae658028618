"""Whose signature a PDF bears, and whether it holds. The file is not trusted: another process looks into it."""

import json
from dataclasses import dataclass
from datetime import datetime

from nap_builder.kernel import signing
from nap_builder.kernel.apart import looked_into

CHILD = "nap_builder.publishing.signature_child"
WHOLE, CHANGED, UNREADABLE = "whole", "changed", "unreadable"
MARK = b"/ByteRange"


@dataclass(frozen=True)
class Signature:
    """A signature: `state` is WHOLE (the file is as it was signed, to the last byte), CHANGED or UNREADABLE.

    `by` is what the certificate says of who signed, `at` what the signature says of when; `ours`: whether it is a
    certificate that this installation signs or signed with. Of any other nothing is known but what it says of itself.
    """

    state: str
    by: str = ""
    at: datetime | None = None
    ours: bool = False

    @property
    def in_english(self) -> str:
        """One sentence for the command line."""
        if self.state == UNREADABLE:
            return "signature cannot be read"
        held = "signature holds" if self.state == WHOLE else "signature does not hold"
        return f"{held}: {'this installation' if self.ours else 'unknown signer'}, {self.by}"


def signature_in(content: bytes) -> Signature | None:
    """The last signature of a PDF; None for a file without any. Takes about a second where there is one."""
    if not content.startswith(b"%PDF-") or MARK not in content:
        return None
    code, said = looked_into(content, CHILD)
    if code != 0:
        return Signature(UNREADABLE)
    told = json.loads(said)
    ours = told["certificate"] in map(signing.fingerprint_of, signing.certificates())
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return Signature(WHOLE if told["whole"] else CHANGED, told["by"], at, ours)
