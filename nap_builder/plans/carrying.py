"""The process that looks into one PDF from outside: the file on standard input, the plan it carries on standard output.

A small PDF can be made to fill the machine when it is read, in more ways than can be listed. So it is read here, where
memory and time are limited first, and nothing of the program is loaded. The exit code says how it went.
"""

import io
import resource
import sys
import zlib
from typing import Any

import pikepdf

ATTACHED = "nap-plan.json"
MOST_BYTES = 25_000_000  # of the plan, unpacked
MOST_MEMORY, MOST_SECONDS = 600_000_000, 5
TAKEN, BROKEN, NONE, LOCKED, LONG = 0, 1, 3, 4, 5  # 2 is the interpreter's own


def main() -> int:
    """Takes the plan out of the PDF; the exit code says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_BYTES)
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read()), attempt_recovery=False) as file:
            if ATTACHED not in file.attachments:
                return NONE
            return _unpacked(file.attachments[ATTACHED].get_file().obj)
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PikepdfError, zlib.error, MemoryError, ValueError, KeyError, AttributeError, TypeError):
        return BROKEN


def _unpacked(stream: Any) -> int:
    """Writes what a stream holds, unpacked no further than is allowed."""
    plan: bytes = stream.read_raw_bytes()
    if "/Filter" in stream:
        if stream.Filter != "/FlateDecode":
            return BROKEN
        plan = zlib.decompressobj().decompress(plan, MOST_BYTES + 1)
    if len(plan) > MOST_BYTES:
        return LONG
    sys.stdout.buffer.write(plan)
    return TAKEN


if __name__ == "__main__":
    sys.exit(main())
