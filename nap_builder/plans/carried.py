"""The carried plan: a PDF of ours holds the plan it prints as an attachment (ISO 19005-3, 6.8)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from nap_builder.plans.carrying import BROKEN, LOCKED, LONG, NONE, TAKEN

CHILD = "nap_builder.plans.carrying"
PROJECT = Path(__file__).resolve().parent.parent.parent
MOST_SECONDS = 20  # on the clock; of the processor it may have less


class NoPlan(Exception):
    """A PDF out of which no plan can be taken. `why` is NONE, LOCKED (encrypted), LONG (when unpacked) or BROKEN."""

    def __init__(self, why: int) -> None:
        super().__init__(why)
        self.why = why


def plan_in_pdf(content: bytes) -> bytes:
    """The nap-plan/1 file that a PDF carries. Takes a fraction of a second. Raises NoPlan.

    The file is not trusted: another process reads it, with little memory and time (`carrying.py`). One that takes more
    of either than any of ours is BROKEN.
    """
    with tempfile.TemporaryDirectory(prefix="nap-look-") as room:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-s", "-P", "-m", CHILD],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "HOME": room, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
                cwd=room,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NoPlan(BROKEN) from None
    if done.returncode == TAKEN:
        return done.stdout
    raise NoPlan(done.returncode if done.returncode in (NONE, LOCKED, LONG) else BROKEN)
