"""What a child of the press may use and reach: little time and memory, no network, no program, no file but its own."""

import os
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OUT_OF_MEMORY = 12  # the exit code of a child that ran out of it
PACKAGE = Path(__file__).resolve().parent.parent.parent
CLOSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.", "ftplib.")
READABLE = (PACKAGE, Path(sys.prefix), Path(sys.base_prefix), Path("/usr/share/zoneinfo"), Path("/dev"))


def limit(limits: Mapping[str, int]) -> None:
    """Sets the limits of processor, memory and file size for this process; they cannot be raised again."""
    seconds = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"], limits["file_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_the_doors(room: Path) -> None:
    """From here on this process opens no socket, starts no program and reads no file but its own."""
    roots = tuple(str(path.resolve()) for path in (*READABLE, room))

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(CLOSED):
            raise PermissionError(event)
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            if not any(path == root or path.startswith(root + os.sep) for root in roots):
                raise PermissionError(f"open {path}")

    sys.addaudithook(watch)
