"""The scan of the act by which a plan is adopted: judged by what it is, kept under its fingerprint."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from nap_builder.kernel import storage
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan

MOST_MEGABYTES = 15
MOST_BYTES = MOST_MEGABYTES * 1_000_000
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


@dataclass(frozen=True)
class Scan:
    """A scan that is kept: its name in the storage, its SHA-256 (hex) and its size in bytes."""

    stored_as: str
    sha256: str
    size: int


def keep(plan: Plan, stream: BinaryIO) -> Scan:
    """Keeps a scan of a plan's act: PDF, JPEG or PNG, known by its first bytes. Raises BadInput for another file."""
    content = stream.read(MOST_BYTES + 1)
    if not content:
        raise BadInput("scan", _("This file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        raise BadInput("scan", _("The file is larger than %(size)s MB.", size=MOST_MEGABYTES))
    end = next((end for beginning, end in _BEGINNINGS.items() if content.startswith(beginning)), None)
    if end is None:
        raise BadInput("scan", _("This is neither a PDF nor a JPEG or PNG picture. Choose another file."))
    digest = hashlib.sha256(content).hexdigest()
    name = f"adoption/{plan.key}/{digest}.{end}"
    storage.put(name, content)
    return Scan(name, digest, len(content))
