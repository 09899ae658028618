"""What changed in the words of a text, run by run."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from nap_builder.kernel.languages import words_in

Text = str | Mapping[str, str]

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = '.,;:!?()\\[\\]{}«»“”"،؛؟。、'
_TOKEN = re.compile(rf"(?:[{_ALONE}{_SIGNS}]|[^\s{_ALONE}{_SIGNS}]+)\s*|\s+")
_EXACTLY_COMPARED = 250_000


@dataclass(frozen=True)
class Run:
    """A stretch of text that both have (equal), only the newer (ins) or only the older (del)."""

    op: Literal["equal", "ins", "del"]
    text: str


@dataclass(frozen=True)
class TextChange:
    """How a text changed in one language; None where that language has no text."""

    language: str
    before: str | None
    after: str | None
    runs: tuple[Run, ...]


def by_language(text: Text | None, first: str) -> dict[str, str]:
    """A text by language tag; a plain string is in the plan's first language."""
    if text is None:
        return {}
    return {first: text} if isinstance(text, str) else dict(text)


def spoken(text: Text | None) -> str:
    """A text as the reader is shown it: the best of its languages, or a plain string as it is; empty for None."""
    return text if isinstance(text, str) else words_in(text)


def text_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[TextChange, ...]:
    """The changes of a text in each language in which it changed."""
    return tuple(
        TextChange(
            language, before.get(language), after.get(language), runs(before.get(language, ""), after.get(language, ""))
        )
        for language in {**after, **before}
        if before.get(language) != after.get(language)
    )


def runs(before: str, after: str) -> tuple[Run, ...]:
    """Two texts as runs of words; where words were replaced, what went stands before what came."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > _EXACTLY_COMPARED)
    return tuple(run for tag, i, j, k, m in matcher.get_opcodes() for run in _of(tag, old[i:j], new[k:m]))


def _of(tag: str, old: list[str], new: list[str]) -> Iterator[Run]:
    if tag == "equal":
        yield Run("equal", "".join(old))
        return
    if old:
        yield Run("del", "".join(old))
    if new:
        yield Run("ins", "".join(new))
