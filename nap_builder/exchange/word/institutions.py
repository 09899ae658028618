"""The institutions that a cell names, known by code, short or full name in any language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.word.vocabulary import plain, words

_ARTICLES = r"(the|le|la|les|l.|du|de la|des)\s*\b"
_PIECES = re.compile(r"[;؛\n•·]+")
_JOINTS = re.compile(r"\s*[,،/&+]\s*|\s+(?:and|et|with|avec)\s+|\s+و|\s*\(\s*|\s*\)\s*|\s+[-–—]\s+")
_EDGES = " \t.,;:-–—*"
_ROUND = _EDGES + "()"
_MOST_JOINTS = 40


@dataclass(frozen=True)
class Named:
    """What a text names: codes of institutions, in its order, and the words that name none of them."""

    codes: tuple[str, ...]
    others: tuple[str, ...]


class Names:
    """The names that institutions go by. A name that two of them share names neither."""

    def __init__(self, institutions: Iterable[Mapping[str, Any]]) -> None:
        self._codes: dict[str, str | None] = {}
        self._known: dict[str, Named] = {}
        for body in institutions:
            for name in {_key(name) for name in _names_of(body)}:
                other = self._codes.get(name, body["code"])
                self._codes[name] = body["code"] if other == body["code"] else None

    def in_text(self, text: str) -> Named:
        """The institutions that a text names, a line or a piece at a time."""
        if text not in self._known:
            codes: dict[str, None] = {}
            others: list[str] = []
            for piece in filter(None, (part.strip(_EDGES) for part in _PIECES.split(text))):
                found, rest = self._in_piece(piece)
                codes |= dict.fromkeys(found)
                others += rest
            self._known[text] = Named(tuple(codes), tuple(others))
        return self._known[text]

    def _code(self, text: str) -> str | None:
        return self._codes.get(_key(text))

    def _in_piece(self, piece: str) -> tuple[list[str], list[str]]:
        """The codes in a piece, the longest names first, and what is left between them."""
        if code := self._code(piece):
            return [code], []
        joints = list(_JOINTS.finditer(piece))[:_MOST_JOINTS]
        starts = [0, *(joint.end() for joint in joints)]
        ends = [*(joint.start() for joint in joints), len(piece)]
        codes: list[str] = []
        others: list[str] = []
        place, left_from = 0, 0
        while place < len(starts):
            last, code = self._longest(piece, starts, ends, place)
            if code is None:
                place += 1
                continue
            _leave(others, piece[starts[left_from] : ends[place - 1]] if place > left_from else "")
            codes.append(code)
            place = left_from = last + 1
        _leave(others, piece[starts[left_from] :] if left_from < len(starts) else "")
        return codes, others

    def _longest(self, piece: str, starts: list[int], ends: list[int], place: int) -> tuple[int, str | None]:
        for last in range(len(ends) - 1, place - 1, -1):
            said = piece[starts[place] : ends[last]].strip(_ROUND)
            code = self._code(said) if said else None
            if code:
                return last, code
        return place, None


def _leave(others: list[str], text: str) -> None:
    if text.strip(_ROUND) and (rest := text.strip(_EDGES)):
        others.append(rest)


def _names_of(body: Mapping[str, Any]) -> Iterable[str]:
    yield body["code"]
    for member in ("name", "short"):
        said = body.get(member)
        if isinstance(said, str):
            yield said
        elif said:
            yield from said.values()


def _key(text: str) -> str:
    return words(rf"^{_ARTICLES}").sub("", plain(text).strip(_ROUND), count=1).strip(_ROUND)
