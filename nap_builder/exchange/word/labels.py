"""A row's title without the word and the number before it: Pillar 1: Prevention, 2.1.3 Train, Axe II – Protection."""

import re
from typing import NamedTuple

from nap_builder.exchange.word.times import western
from nap_builder.exchange.word.vocabulary import ROWS, plain, words
from nap_builder.plans.schema import SCHEMA

_CODE = re.compile(SCHEMA["$defs"]["code"]["pattern"])
_LONGEST_CODE = SCHEMA["$defs"]["code"]["maxLength"]
_MOST_WORDS = 3
_SEPARATOR = r"\s*(?:[.:)\-–—،]+\s*|\s|$)"
_AFTER_A_WORD = re.compile(
    rf"(?:n[°ºo]\.?\s*)?(\d+(?:\.\d+)*(?:\.?[a-zA-Z](?![^\W\d_]))?|[IVXL]+|[A-Z])(?![^\W_]){_SEPARATOR}(.*)", re.DOTALL
)
_ALONE = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){0,4}(?:\.?[a-zA-Z](?![^\W\d_]))?)"
    r"(?:\s*[.:)\-–—]+\s+(?=\D)|(?:(?<=\.\d)|(?<=\.[a-zA-Z]))\s+(?=[^\W\d_])(?![a-z]))(.*)",
    re.DOTALL,
)
_SIGNS = " \t:.-–—)،"


class Label(NamedTuple):
    """A text's level, if its first word names one, the number it bears, and the rest; any may be empty."""

    kind: str | None
    number: str
    title: str


def label_of(text: str) -> Label:
    """A text taken apart. The title is the whole text where nothing else would be left."""
    text = " ".join(text.split())
    kind, rest = _kind(text)
    found = _AFTER_A_WORD.fullmatch(western(rest)) if kind else _ALONE.fullmatch(western(rest))
    number = found[1].rstrip(".") if found else ""
    title = rest[len(rest) - len(found[2]) :] if found else rest
    title = title.strip(_SIGNS) if kind or found else title
    return Label(kind, number if is_code(number) else "", title or text)


def depth_of(number: str) -> int:
    """How many levels a number names: 2.1.3 names three."""
    return len([part for part in number.split(".") if part])


def is_code(text: str) -> bool:
    """Whether a text may be the number of a row."""
    return 0 < len(text) <= _LONGEST_CODE and bool(_CODE.search(text))


def _kind(text: str) -> tuple[str | None, str]:
    """The level that the first words name, and what follows them; the longest name counts."""
    cut = [place.end() for place in re.finditer(r"[^\s:.\-–—]+", text)][:_MOST_WORDS]
    for end in reversed(cut):
        said = plain(text[:end])
        for kind, pattern in ROWS:
            rest = text[end:]
            if words(pattern).fullmatch(said) and re.match(
                r"\s*(?:n[°ºo]\.?\s*)?[\d٠-٩]|\s+[IVXLA-Z]+\b|\s*[:–—-]|$", rest
            ):
                return kind, rest.lstrip(_SIGNS)
    return None, text
