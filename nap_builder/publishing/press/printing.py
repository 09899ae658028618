"""From an order to a PDF: pieces are composed, those that are new are laid out side by side, and all are joined."""

import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from nap_builder.publishing.press import wire
from nap_builder.publishing.press.kept import KeptPieces
from nap_builder.publishing.press.running import AT_ONCE, Press, lent
from nap_builder.publishing.renderers.pieces import ELSEWHERE

GROUPS = 3 * AT_ONCE  # at most, so that one large group does not keep the others waiting
LEAST = 40_000  # letters of HTML in a group; fewer are not worth a process of their own
LINK = re.compile(f'href="{ELSEWHERE}([^"]*)"')
KIND = re.compile(r"[a-z]*")
Piece = dict[str, Any]

kept_pieces = KeptPieces()


class TaskFailed(Exception):
    """A task ended without an answer: its exit code, negative for a signal, and its last words."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


def printed(order: Mapping[str, Any], limits: Mapping[str, int], seconds: float, attached: str | None) -> bytes:
    """The PDF of an order, made in so many seconds at most. Raises TaskFailed, PressStopped.

    `order` holds a sheet, or a plan and its edition; `attached` is carried in the file as it is.
    """
    with lent() as press:
        return _Order(press, limits, time.monotonic() + seconds).printed(order, attached)


class _Order:
    """One order at the press."""

    def __init__(self, press: Press, limits: Mapping[str, int], until: float) -> None:
        self.press, self.limits, self.until = press, limits, until
        self.kept = kept_pieces.all()

    def printed(self, order: Mapping[str, Any], attached: str | None) -> bytes:
        """The PDF of the first way of what is ordered that keeps to its number of pages, else of the last."""
        composed = self._answers([("compose", {**order, "kept": list(self.kept)}, ())])[0]
        head, _blobs = wire.unpacked(composed)
        told: list[dict[str, Any]] = []
        for way in head["ways"]:
            told = self._laid_out(way)
            if way["most_pages"] is None or sum(len(piece["pages"]) for piece in told) <= way["most_pages"]:
                break
        return self._joined(way, told, attached)

    def _answers(self, tasks: Sequence[tuple[str, dict[str, Any], Sequence[bytes]]]) -> list[bytes]:
        """The answers of tasks. Raises TaskFailed for the first that failed."""
        messages = [wire.packed({**head, "task": task}, blobs) for task, head, blobs in tasks]
        told, answers = self.press.run(messages, self.limits, max(0.0, self.until - time.monotonic()))
        for result in told["results"]:
            if result["code"] != 0:
                raise TaskFailed(result["code"], result["said"])
        return answers

    def _laid_out(self, way: dict[str, Any]) -> list[dict[str, Any]]:
        """What the pieces of a way tell, once all are laid out and those that are late name the pages they lead to."""
        self._lay_out(way["look"], way["pieces"])
        told = [self._told(piece) for piece in way["pieces"]]
        numbers = _numbers(told)
        late = [piece for piece in way["pieces"] if piece["late"]]
        for piece in late:
            piece["html"] = LINK.sub(lambda link: _numbered(link, numbers), piece["html"])
            piece["key"] = hashlib.sha256(f"{piece['key']}\0{piece['html']}".encode()).hexdigest()
        self._lay_out(way["look"], late)
        return [self._told(piece) for piece in way["pieces"]]

    def _lay_out(self, look: dict[str, Any], pieces: Sequence[Piece]) -> None:
        """Lays out what is not kept, in groups of about one size."""
        groups = _groups([piece for piece in pieces if piece["key"] not in self.kept])
        tasks = [("lay_out", {"look": look, "pages": [one["html"] for one in group]}, ()) for group in groups]
        for group, answer in zip(groups, self._answers(tasks) if tasks else (), strict=True):
            _head, made = wire.unpacked(answer)
            self._keep({piece["key"]: one for piece, one in zip(group, made, strict=True)})

    def _keep(self, made: dict[str, bytes]) -> None:
        self.kept |= made
        kept_pieces.put(made)

    def _told(self, piece: Piece) -> dict[str, Any]:
        return wire.unpacked(self.kept[piece["key"]])[0]

    def _joined(self, way: dict[str, Any], told: Sequence[dict[str, Any]], attached: str | None) -> bytes:
        keys = [piece["key"] for piece in way["pieces"]]
        kinds = [page["kind"] for piece in told for page in piece["pages"]] if way["feet"] else []
        if kinds:
            keys += self._feet(way["feet"], kinds)
        head = {"frame": way["frame"], "kinds": kinds, "attached": attached}
        kept_pieces.put({key: self.kept[key] for key in keys})  # asked for now, so they go last
        return self._answers([("join", head, [self.kept[key] for key in keys])])[0]

    def _feet(self, feet: dict[str, Any], kinds: Sequence[str]) -> list[str]:
        """Lays out the feet, the title once for each kind of page, and gives the keys of titles and numbers."""
        tasks = {
            _key(task): task for task in (_foot(feet["titles"], sorted(set(kinds))), _foot(feet["numbers"], kinds))
        }
        new = {key: task for key, task in tasks.items() if key not in self.kept}
        answers = self._answers([("lay_feet", task, ()) for task in new.values()]) if new else []
        self._keep(dict(zip(new, answers, strict=True)))
        return list(tasks)


def _foot(page: dict[str, Any], kinds: Sequence[str]) -> dict[str, Any]:
    """The task to lay out one foot for each of these kinds of page."""
    pages = "".join(f'<div class="foot {kind}"></div>' for kind in kinds if KIND.fullmatch(kind))
    return {**page, "html": page["html"].replace("</body>", f"{pages}</body>")}


def _key(task: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(task).encode()).hexdigest()


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces in a few groups of about one size, the largest first."""
    count = max(AT_ONCE, min(GROUPS, sum(len(piece["html"]) for piece in pieces) // LEAST))
    groups: list[list[Piece]] = [[] for _group in range(count)]
    sizes = [0] * count
    for piece in sorted(pieces, key=lambda one: -len(one["html"])):
        least = sizes.index(min(sizes))
        groups[least].append(piece)
        sizes[least] += len(piece["html"])
    return [group for group in groups if group]


def _numbers(told: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The number of the page on which each place is, counted from 1."""
    counts = [len(piece["pages"]) for piece in told]
    firsts = accumulate([1, *counts])
    found: dict[str, int] = {}
    for first, piece in zip(firsts, told, strict=False):
        for number, page in enumerate(piece["pages"], first):
            for name in page["anchors"]:
                found.setdefault(name, number)
    return found


def _numbered(link: re.Match[str], numbers: Mapping[str, int]) -> str:
    return f'{link[0]} data-page="{numbers[link[1]]}"' if link[1] in numbers else link[0]
