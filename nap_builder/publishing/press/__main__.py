"""The process of the press. It loads what printing needs, and then gives each task to a child of its own.

It reads orders from standard input and answers on standard output, as `wire.py` says: the head of an order is the
limits and how many tasks run at once, each blob a task. What stands in a task is read by the child alone, behind closed
doors (`doors.py`) and ends with it, so that nothing that was made of one plan is there for the next. Without an order
for a while it ends.
"""

import gc
import os
import select
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import IO

from nap_builder.publishing.press import wire
from nap_builder.publishing.press.composing import compose
from nap_builder.publishing.press.doors import OUT_OF_MEMORY, close_the_doors, limit
from nap_builder.publishing.renderers.html import compile_all

IDLE_SECONDS = 600
MOST_SAID = 4000  # bytes of a child's words that are handed on


def main() -> None:
    """Answers orders until there are none."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    orders = os.fdopen(0, "rb")
    compile_all()
    gc.disable()  # a child ends before it could hold much that nobody needs
    try:
        while select.select([orders], [], [], IDLE_SECONDS)[0] and (order := wire.receive(orders)):
            head, tasks = order
            results = _run(tasks, head["at_once"], head["limits"], answers.fileno())
            said = [{"code": code, "said": words} for code, words, _out in results]
            answers.write(wire.packed({"results": said}, [out for _code, _words, out in results]))
            answers.flush()
    finally:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


def _run(tasks: list[bytes], at_once: int, limits: Mapping[str, int], answers: int) -> list[tuple[int, str, bytes]]:
    """Runs tasks, so many at once; gives for each its exit code (negative: the signal), its last words, its answer.

    No child holds `answers`, the way back: it could answer for others, and whoever asked would wait for it though the
    press was killed.
    """
    running: dict[int, int] = {}
    files = [(tempfile.TemporaryFile(), tempfile.TemporaryFile()) for _task in tasks]  # noqa: SIM115 - closed below
    codes = [0] * len(tasks)
    waiting = list(range(len(tasks)))
    while waiting or running:
        while waiting and len(running) < at_once:
            number = waiting.pop(0)
            if (child := os.fork()) == 0:
                os.close(answers)
                os._exit(_work(tasks[number], *files[number], limits))
            running[child] = number
        _with_engine()
        child, status = os.wait()
        codes[running.pop(child)] = os.waitstatus_to_exitcode(status)
    done = []
    for code, (out, said) in zip(codes, files, strict=True):
        words = _content(said)[-MOST_SAID:].decode(errors="replace")
        done.append((code, words, _content(out)))
    return done


@cache
def _with_engine() -> Mapping[str, Callable[[wire.Message], bytes]]:
    """The tasks that need the engine, which is loaded while the first child composes: it takes longer than that."""
    from nap_builder.publishing.press import tasks  # noqa: PLC0415 - it is what takes long

    tasks.warm()
    gc.collect()
    gc.freeze()
    return tasks.TASKS


def _content(file: IO[bytes]) -> bytes:
    with file:
        file.seek(0)
        return file.read()


def _work(task: bytes, out: IO[bytes], said: IO[bytes], limits: Mapping[str, int]) -> int:
    """One task in a child, which tells by its exit code how it ended."""
    os.dup2(said.fileno(), 2)
    try:
        limit(limits)
        close_the_doors(Path(os.environ["TMPDIR"]))
        head, blobs = wire.unpacked(task)
        kind = head.pop("task")
        act = compose if kind == "compose" else _with_engine()[kind]
        out.write(act((head, blobs)))
        out.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
        sys.stderr.write(traceback.format_exc())
        sys.stderr.flush()
        return 1
    return 0


if __name__ == "__main__":
    main()
