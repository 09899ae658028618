"""A signing service with a key of its own, in another process, as an administrator would run it."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from nap_builder.kernel.clock import now
from nap_builder.settings import PROJECT
from nap_builder.signer.keys import new_key, passphrase_beside

PATIENCE = 60  # seconds
COMMAND = [sys.executable, "-P", "-m", "nap_builder.signer.service"]
HASTY = [sys.executable, "-P", "-c", "from nap_builder.signer import service as s; s.PATIENCE = 2; s.main()"]


@dataclass(frozen=True)
class Running:
    """A service that answers on `socket`."""

    socket: Path
    key: Path
    certificate: x509.Certificate
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def a_signer(
    name: str = "Office of the plan", *, days: int = 900, keep_key: bool = False, command: Sequence[str] = COMMAND
) -> Iterator[Running]:
    """A service for as long as the block lasts. Its key is gone once it runs: nobody else can have read it."""
    room = Path(tempfile.mkdtemp(prefix="nap-s-"))  # a short path, since a socket's may not be long
    key, place = room / "signer.p12", room / "socket"
    certificate = new_key(key, name, None, now(), now() + timedelta(days=days))
    process = subprocess.Popen(command, env=told(key, place))
    try:
        _await(place, process)
        if not keep_key:
            key.unlink()
            passphrase_beside(key).unlink()
        yield Running(place, key, certificate, process)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(room)


def told(key: Path, place: Path) -> dict[str, str]:
    """The environment of a service."""
    given = {"NAP_SIGNING_KEY": str(key), "NAP_SIGNER_SOCKET": str(place), "PYTHONPATH": str(PROJECT)}
    return {**os.environ, **given}


def _await(place: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not place.is_socket():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the signing service did not start")
        time.sleep(0.05)
