"""A running press, lent to one order at a time; one stays ready for the next."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from nap_builder.publishing.press import wire
from nap_builder.publishing.press.doors import PACKAGE

MODULE = "nap_builder.publishing.press"
FONTS = PACKAGE / "static" / "fonts"
AT_ONCE = min(2, os.cpu_count() or 1)


class PressStopped(Exception):
    """The press ended before it answered: it was stopped at the limit of the clock, or else it broke."""

    def __init__(self, detail: str, *, late: bool) -> None:
        super().__init__(detail)
        self.late = late


class Press:
    """The process of a press."""

    def __init__(self) -> None:
        self.room = Path(tempfile.mkdtemp(prefix="nap-print-"))  # of one that ends by itself, it takes it away
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the press
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-s", "-P", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=_environment(str(self.room)),
            cwd=self.room,
            close_fds=True,
            start_new_session=True,
        )
        self._late = False

    @property
    def alive(self) -> bool:
        """Whether it can take an order."""
        return self._process.poll() is None

    def run(self, tasks: Sequence[bytes], limits: Mapping[str, int], seconds: float) -> wire.Message:
        """Runs tasks and gives the answer, a result each. Raises PressStopped, at the latest after so many seconds."""
        watch = threading.Timer(seconds, self._too_late)
        watch.start()
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        try:
            to.write(wire.packed({"at_once": AT_ONCE, "limits": dict(limits)}, tasks))
            to.flush()
            answer = wire.receive(back)
        except (OSError, ValueError):
            answer = None
        finally:
            watch.cancel()
        if answer is None:
            raise PressStopped(self._last_words(), late=self._late)
        return answer

    def stop(self) -> None:
        """Ends it with all its children."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._said.close()
        shutil.rmtree(self.room, ignore_errors=True)

    def _too_late(self) -> None:
        self._late = True
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _last_words(self) -> str:
        self._said.seek(0)
        return self._said.read().decode(errors="replace")


_ready: list[Press] = []
os.register_at_fork(after_in_child=_ready.clear)


@contextmanager
def lent() -> Iterator[Press]:
    """A press for one order: the one that is ready, or a new one. One that broke is not used again."""
    press = _taken()
    try:
        yield press
    except BaseException:
        press.stop()
        raise
    _ready.append(press)
    while len(_ready) > 1:
        _ready.pop(0).stop()


def _taken() -> Press:
    while _ready:
        with suppress(IndexError):  # another thread took it
            press = _ready.pop()
            if press.alive:
                return press
            press.stop()
    return Press()


@atexit.register
def stop_ready() -> None:
    """Ends the press that waits for an order, if one does."""
    while _ready:
        _ready.pop().stop()


def _environment(room: str) -> dict[str, str]:
    """A clean environment: our fonts, a room for temporary files, no program, and nothing of the program's secrets."""
    return {
        "PATH": room,  # where no program is: with a compiler, libraries are looked for a fifth of a second long
        "LANG": "C.UTF-8",
        "HOME": room,
        "TMPDIR": room,
        "XDG_CACHE_HOME": room,
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
