"""The plan that a file carries: a PDF of ours holds it as an attachment (ISO 19005-3, 6.8)."""

import io
import zlib
from typing import Any

import pikepdf

ATTACHED = "nap-plan.json"
MOST_BYTES = 25_000_000  # unpacked

NONE, LOCKED, BROKEN, LONG = "none", "locked", "broken", "long"


class NoPlan(Exception):
    """A PDF out of which no plan can be taken. `why` is NONE, LOCKED (encrypted), BROKEN or LONG (when unpacked)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def plan_in_pdf(content: bytes) -> bytes:
    """The nap-plan/1 file that a PDF carries. The file is not trusted. Raises NoPlan.

    What is packed so tightly that it would be longer than MOST_BYTES is none of ours, and is unpacked no further.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            if ATTACHED not in file.attachments:
                raise NoPlan(NONE)
            return _unpacked(file.attachments[ATTACHED].get_file().obj)
    except pikepdf.PasswordError:
        raise NoPlan(LOCKED) from None
    except (pikepdf.PdfError, zlib.error, ValueError, KeyError, AttributeError, TypeError):
        raise NoPlan(BROKEN) from None


def _unpacked(stream: Any) -> bytes:
    packed: bytes = stream.read_raw_bytes()
    if "/Filter" not in stream:
        if len(packed) > MOST_BYTES:
            raise NoPlan(LONG)
        return packed
    if stream.Filter != "/FlateDecode":
        raise NoPlan(BROKEN)
    unpacking = zlib.decompressobj()
    plan = unpacking.decompress(packed, MOST_BYTES)
    if unpacking.unconsumed_tail:
        raise NoPlan(LONG)
    return plan
