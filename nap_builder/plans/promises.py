"""What an institution promises with an activity: the values that count, and when two sets of them say the same.

Values are a JSON object: `title`, `lead` and `co_leads` (keys of institutions), `starts`, `ends`, `timing`,
`time_as_stated`, `costing`, `budget` (a list of lines) and `indicators` (a list, each with its figures). What an
activity does not say is left out, and so are numbers of rows and their order: they are no part of the promise.
"""

import hashlib
import json
import re
from difflib import SequenceMatcher
from typing import Any

from nap_builder.kernel.languages import folded

Values = dict[str, Any]

COUNTING = (
    *("title", "lead", "co_leads", "starts", "ends", "timing", "time_as_stated"),
    *("costing", "budget", "indicators"),
)
_TEXTS = frozenset({"title", "time_as_stated", "unit", "text", "source"})
_ALIKE_ENOUGH = 0.8
_UNSEEN = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SIGNS = r"(?:[\s.,;:!?()\[\]{}«»“”„‘’‹›\"'`…·،؛؟。、]|-(?!\d))+"
_BETWEEN = re.compile(rf"(?<!\d){_SIGNS}|{_SIGNS}(?!\d)")
_DIGITS = re.compile(r"\d+")


def same_words(text: str) -> str:
    """A text as it is compared: without case, accents, signs and space. Signs between digits stay: 1.5 is not 15."""
    plain = _DASHES.sub("-", _UNSEEN.sub("", folded(text)))
    return _BETWEEN.sub("", plain)


def alike(before: Values, now: Values) -> bool:
    """Whether two sets of values say the same; the spelling of their texts, and the order of lines, do not count."""
    return bool(_plain(before) == _plain(now))


def differing(before: Values, now: Values, *, exactly: bool = False) -> list[str]:
    """The members in which two sets of values differ, in their order; `exactly` counts a difference of spelling too."""
    pairs = [(name, before.get(name), now.get(name)) for name in COUNTING]
    if exactly:
        return [name for name, old, new in pairs if old != new]
    return [name for name, old, new in pairs if _plain({name: old}) != _plain({name: new})]


def only_spelling_may_differ(before: Values, now: Values) -> bool:
    """Whether a person may say that nothing but the spelling was corrected.

    The values differ in titles alone, in no language more or less, with the same numbers, and in few letters.
    """
    if alike(before, now) or _plain(before, titles=False) != _plain(now, titles=False):
        return False
    return all(_close(old, new) for old, new in zip(_titles(before), _titles(now), strict=True))


def digest(values: Values) -> str:
    """The fingerprint of values, as the audit trail keeps it of what was accepted: SHA-256, in hex."""
    return hashlib.sha256(_written(values).encode()).hexdigest()


def _plain(value: Any, *, titles: bool = True) -> Any:
    """Values as they are compared; without `titles`, only the languages and the numbers of titles count."""
    if isinstance(value, dict):
        return {name: _member(name, inner, titles=titles) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((_plain(inner, titles=titles) for inner in value), key=_written)
    return value


def _member(name: str, value: Any, *, titles: bool) -> Any:
    if name not in _TEXTS or not isinstance(value, dict):
        return _plain(value, titles=titles)
    if name == "title" and not titles:
        return {language: _DIGITS.findall(text) for language, text in value.items()}
    return {language: same_words(text) for language, text in value.items()}


def _titles(values: Values) -> list[str]:
    """Every title in every language, the indicators by their keys."""
    rows = [values, *sorted(values.get("indicators", ()), key=lambda row: str(row["key"]))]
    return [row["title"][language] for row in rows for language in sorted(row["title"])]


def _close(before: str, now: str) -> bool:
    return SequenceMatcher(None, same_words(before), same_words(now), autojunk=False).ratio() >= _ALIKE_ENOUGH


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
