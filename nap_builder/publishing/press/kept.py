"""Pieces that were laid out, kept in the memory of this process and nowhere else: the latest ones."""

import threading
from collections import OrderedDict

MOST_BYTES = 64_000_000


class KeptPieces:
    """Pieces by their keys, up to so many bytes; those that were not asked for longest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self._bytes = most_bytes, 0
        self._pieces: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def all(self) -> dict[str, bytes]:
        """All that are kept now."""
        with self._lock:
            return dict(self._pieces)

    def put(self, pieces: dict[str, bytes]) -> None:
        """Keeps pieces as the latest ones."""
        with self._lock:
            for key, piece in pieces.items():
                self._bytes += len(piece) - len(self._pieces.pop(key, b""))
                self._pieces[key] = piece
            while self._bytes > self.most_bytes:
                _key, oldest = self._pieces.popitem(last=False)
                self._bytes -= len(oldest)

    def clear(self) -> None:
        """Keeps none."""
        with self._lock:
            self._pieces.clear()
            self._bytes = 0
