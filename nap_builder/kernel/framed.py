"""How two processes of ours speak over a socket: a line `WORD LENGTH`, then so many bytes; the same way back."""

from typing import BinaryIO

LONGEST_LINE = 64
MOST_BYTES = 200_000_000


class Torn(Exception):
    """What came is no message, is too long, or ends too soon."""


def send(to: BinaryIO, word: str, body: bytes) -> None:
    """Sends one message. Raises OSError."""
    to.write(f"{word} {len(body)}\n".encode())
    to.write(body)
    to.flush()


def receive(come: BinaryIO) -> tuple[str, bytes]:
    """The word and the bytes of one message of at most MOST_BYTES. Raises Torn, OSError."""
    word, _space, length = come.readline(LONGEST_LINE).decode("ascii", "replace").strip().partition(" ")
    if not (length.isascii() and length.isdigit()) or int(length) > MOST_BYTES:
        raise Torn
    body = come.read(int(length))
    if len(body) < int(length):
        raise Torn
    return word, body
