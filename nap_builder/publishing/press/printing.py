"""From an order to a PDF: pieces are composed, those that are new are laid out side by side, and all are joined."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from nap_builder.plans.carrying import ATTACHED
from nap_builder.publishing.press import wire
from nap_builder.publishing.press.kept import KeptPieces
from nap_builder.publishing.press.laid_out import PIECE, LaidOut, keys_of
from nap_builder.publishing.press.running import AT_ONCE, Press, lent
from nap_builder.publishing.renderers.pieces import ELSEWHERE

GROUPS = 3 * AT_ONCE  # at most, so that one large group does not keep the others waiting
LEAST = 40_000  # letters of HTML in a group; fewer are not worth a process of their own
LINK = re.compile(f'href="{ELSEWHERE}([^"]*)"')
KIND = re.compile(r"[a-z]*")
Piece = dict[str, Any]
Foot = dict[str, Any]

kept_pieces = KeptPieces()


class TaskFailed(Exception):
    """A task ended without an answer: its exit code, negative for a signal, and its last words."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


def printed(
    order: Mapping[str, Any], limits: Mapping[str, int], seconds: float, carried: Callable[[], str] | None
) -> bytes:
    """The PDF of an order, made in so many seconds at most. Raises TaskFailed, PressStopped.

    `order` holds a sheet, or a plan and its edition; what `carried` gives is carried in the file as it is.
    """
    with lent() as press:
        return _Order(press, limits, time.monotonic() + seconds).printed(order, carried)


class _Order:
    """One order at the press."""

    def __init__(self, press: Press, limits: Mapping[str, int], until: float) -> None:
        self.press, self.limits, self.until = press, limits, until
        self.kept = _whole(kept_pieces.all())

    def printed(self, order: Mapping[str, Any], carried: Callable[[], str] | None) -> bytes:
        """The PDF of the first way of what is ordered that keeps to its number of pages, else of the last."""
        with ThreadPoolExecutor(1) as aside:
            composing = aside.submit(self._answers, [("compose", {**order, "kept": list(self.kept)}, ())])
            attached = {ATTACHED: carried()} if carried else {}
            head, _blobs = wire.unpacked(composing.result()[0])
        told: list[list[dict[str, Any]]] = []
        for way in head["ways"]:
            told = self._laid_out(way)
            if way["most_pages"] is None or sum(map(len, told)) <= way["most_pages"]:
                break
        order_of_joining = {"frame": way["frame"], "attached": attached, "feet": None}
        if way["feet"]:
            order_of_joining["feet"] = {"titled": way["feet"]["kinds"], "kinds": _kinds(told)}
        asked_for = {key: self.kept[key] for key in way["keys"] if key in self.kept}
        kept_pieces.put(asked_for)  # now, so that it goes last
        return self._answers([("join", order_of_joining, [self.kept[key] for key in way["joined"]])])[0]

    def _answers(self, tasks: Sequence[tuple[str, dict[str, Any], Sequence[bytes]]]) -> list[bytes]:
        """The answers of tasks. Raises TaskFailed for the first that failed."""
        messages = [wire.packed({**head, "task": task}, blobs) for task, head, blobs in tasks]
        told, answers = self.press.run(messages, self.limits, max(0.0, self.until - time.monotonic()))
        for result in told["results"]:
            if result["code"] != 0:
                raise TaskFailed(result["code"], result["said"])
        return answers

    def _laid_out(self, way: dict[str, Any]) -> list[list[dict[str, Any]]]:
        """What the pages of each piece of a way tell: first all are laid out, then what tells of the pages when they
        are counted.

        It leaves in the way the keys of what is joined, those of its feet behind them, and of all that is kept of it.
        """
        feet, pieces = way["feet"], way["pieces"]
        titles = [_foot(feet["titles"], feet["kinds"])] if feet else []
        self._lay_out(way, pieces, titles)
        told = [self._told(piece) for piece in pieces]
        places = _numbers(told)
        late = [piece for piece in pieces if piece["late"]]
        for piece in late:
            piece["html"] = LINK.sub(lambda link: _numbered(link, places), piece["html"])
            piece["key"] = PIECE + hashlib.sha256(f"{piece['key']}\0{piece['html']}".encode()).hexdigest()
        numbers = [_foot(feet["numbers"], _kinds(told))] if feet else []
        self._lay_out(way, late, numbers)
        pages = [key for piece in pieces for key in keys_of(self.kept[piece["key"]])]
        way["joined"] = pages + [_key(foot) for foot in (*titles, *numbers)]
        way["keys"] = way["joined"] + [key for piece in pieces for key in (piece["key"], piece["name"])]
        return [self._told(piece) for piece in pieces]

    def _lay_out(self, way: dict[str, Any], pieces: Sequence[Piece], feet: Sequence[Foot]) -> None:
        """Lays out what is not kept of pieces and feet. What is kept of a piece may turn out to be of no use."""
        new = [LaidOut(piece, way["key"], self.kept) for piece in pieces if piece["key"] not in self.kept]
        self._lay_out_pages(way["look"], new, feet)
        self._lay_out_pages(way["look"], new, ())
        for piece in new:
            self._keep(piece.index())

    def _lay_out_pages(self, look: dict[str, Any], pieces: Sequence[LaidOut], feet: Sequence[Foot]) -> None:
        """Lays out what is wanted of pieces, in groups of about one size, and feet."""
        groups = _groups([(piece, page) for piece in pieces for page in piece.wanted()])
        tasks = [("lay_out", {"look": look, "pages": [page for _piece, page in group]}, ()) for group in groups]
        new = {key: foot for foot in feet if (key := _key(foot)) not in self.kept}
        tasks += [("lay_feet", foot, ()) for foot in new.values()]
        answers = self._answers(tasks) if tasks else []
        for group, answer in zip(groups, answers, strict=False):  # those of the feet stand behind
            head, made = wire.unpacked(answer)
            rest = iter(made)
            for (piece, page), begins in zip(group, head["begins"], strict=True):
                self._keep(piece.take(page["run"], begins, list(islice(rest, len(begins)))))
        self._keep(dict(zip(new, answers[len(groups) :], strict=True)))

    def _keep(self, made: dict[str, bytes]) -> None:
        self.kept |= made
        kept_pieces.put(made)

    def _told(self, piece: Piece) -> list[dict[str, Any]]:
        """What is told of the pages of a piece."""
        heads = (wire.unpacked(self.kept[key])[0] for key in keys_of(self.kept[piece["key"]]))
        return [page for head in heads for page in head["pages"]]


def _whole(kept: dict[str, bytes]) -> dict[str, bytes]:
    """What is kept, without pieces of which a page went."""
    return {
        key: one for key, one in kept.items() if not key.startswith(PIECE) or all(page in kept for page in keys_of(one))
    }


def _kinds(told: Sequence[Sequence[dict[str, Any]]]) -> list[str]:
    """The kind of each page."""
    return [page["kind"] for piece in told for page in piece]


def _foot(page: Foot, kinds: Sequence[str]) -> Foot:
    """The task to lay out one foot for each of these kinds of page."""
    pages = "".join(f'<div class="foot {kind}"></div>' for kind in kinds if KIND.fullmatch(kind))
    return {**page, "html": page["html"].replace("</body>", f"{pages}</body>")}


def _key(foot: Foot) -> str:
    return hashlib.sha256(json.dumps(foot).encode()).hexdigest()


def _groups(wanted: Sequence[tuple[LaidOut, dict[str, Any]]]) -> list[list[tuple[LaidOut, dict[str, Any]]]]:
    """What is wanted in a few groups of about one size, the largest first."""
    count = max(AT_ONCE, min(GROUPS, sum(len(page["html"]) for _piece, page in wanted) // LEAST))
    groups: list[list[tuple[LaidOut, dict[str, Any]]]] = [[] for _group in range(count)]
    sizes = [0] * count
    for piece, page in sorted(wanted, key=lambda one: -len(one[1]["html"])):
        least = sizes.index(min(sizes))
        groups[least].append((piece, page))
        sizes[least] += len(page["html"])
    return [group for group in groups if group]


def _numbers(told: Sequence[Sequence[dict[str, Any]]]) -> dict[str, int]:
    """The number of the page on which each place is, counted from 1."""
    found: dict[str, int] = {}
    for number, page in enumerate((page for piece in told for page in piece), 1):
        for name in page["anchors"]:
            found.setdefault(name, number)
    return found


def _numbered(link: re.Match[str], numbers: Mapping[str, int]) -> str:
    return f'{link[0]} data-page="{numbers[link[1]]}"' if link[1] in numbers else link[0]
