"""How the press is spoken to: a line of JSON, and bytes behind it whose sizes the line tells."""

import json
from collections.abc import Sequence
from typing import IO, Any

Message = tuple[dict[str, Any], list[bytes]]


def packed(head: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """A message as bytes."""
    line = json.dumps({"head": head, "sizes": [len(blob) for blob in blobs]}).encode()
    return b"".join((line, b"\n", *blobs))


def unpacked(message: bytes) -> Message:
    """A message from bytes. Raises ValueError when it is none."""
    line, found, rest = message.partition(b"\n")
    told = json.loads(line)
    if not found or len(rest) != sum(told["sizes"]):
        raise ValueError("a message is cut off")
    blobs, start = [], 0
    for size in told["sizes"]:
        blobs.append(rest[start : start + size])
        start += size
    return told["head"], blobs


def receive(source: IO[bytes]) -> Message | None:
    """The next message of a stream; None at its end. Raises ValueError when the stream ends within one."""
    line = source.readline()
    if not line:
        return None
    told = json.loads(line)
    blobs = [source.read(size) for size in told["sizes"]]
    if [len(blob) for blob in blobs] != told["sizes"]:
        raise ValueError("a message is cut off")
    return told["head"], blobs
