"""Looking into a file that is not trusted: in a process of its own, which limits itself and holds nothing of ours."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
MOST_SECONDS = 20  # on the clock; of the processor it may have less


def looked_into(content: bytes, module: str) -> tuple[int | None, bytes]:
    """The exit code of a module of ours that got a file on standard input, and what it wrote.

    The code is None where it took too long and was stopped.
    """
    with tempfile.TemporaryDirectory(prefix="nap-look-") as room:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-s", "-P", "-m", module],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "HOME": room, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
                cwd=room,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None, b""
    return done.returncode, done.stdout
