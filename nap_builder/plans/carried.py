"""The plan that a file carries: a PDF of ours holds it as an attachment (ISO 19005-3, 6.8)."""

import io
import zlib
from typing import Any

import pikepdf

ATTACHED = "nap-plan.json"
MOST_BYTES = 25_000_000  # unpacked


def plan_in_pdf(content: bytes) -> bytes | None:
    """The nap-plan/1 file that a PDF carries; None where it carries none, or cannot be read.

    What is packed so tightly that it would be longer than MOST_BYTES is none of ours. The file is not trusted.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            if ATTACHED not in file.attachments:
                return None
            return _unpacked(file.attachments[ATTACHED].get_file().obj)
    except (pikepdf.PdfError, pikepdf.PasswordError, zlib.error, ValueError, KeyError, AttributeError, TypeError):
        return None


def _unpacked(stream: Any) -> bytes | None:
    """What a stream holds, unpacked no further than is allowed; None where it is longer, or packed otherwise."""
    packed: bytes = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return packed if len(packed) <= MOST_BYTES else None
    if stream.Filter != "/FlateDecode":
        return None
    unpacking = zlib.decompressobj()
    plan = unpacking.decompress(packed, MOST_BYTES)
    return None if unpacking.unconsumed_tail else plan
