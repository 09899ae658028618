"""The abbreviations of a plan as lines that a person types: `NAP = National Action Plan`."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.plans.wording import by_language

Words = dict[str, str]


def as_lines(rows: Sequence[Mapping[str, Any]], first: str) -> Words | None:
    """Abbreviations as the exchange format keeps them, as lines by language; a row's line has its place in each."""
    said = [(by_language(row["short"], first), by_language(row["long"], first)) for row in rows]
    tags = dict.fromkeys(tag for pair in said for words in pair for tag in words)
    lines = {tag: "\n".join(_line(short, full, tag) for short, full in said).rstrip("\n") for tag in tags}
    return {tag: text for tag, text in lines.items() if text} or None


def from_lines(
    lines: Mapping[str, str] | None, field: str = "abbreviations", wanted: str = ""
) -> list[dict[str, Words]]:
    """The abbreviations that lines by language say. Raises BadInput for a line without an equals sign.

    `field` is the one that the message stands beside, `wanted` the message.
    """
    wanted = wanted or _("Write each line as: NAP = National Action Plan.")
    typed = lines or {}
    rows = []
    for together in zip_longest(*(text.split("\n") for text in typed.values()), fillvalue=""):
        pairs = {tag: _pair(line) for tag, line in zip(typed, together, strict=True) if line.strip()}
        if ("", "") in pairs.values():
            raise BadInput(field, wanted)
        if pairs:
            rows.append(
                {
                    "short": {tag: short for tag, (short, _full) in pairs.items()},
                    "long": {tag: full for tag, (_short, full) in pairs.items()},
                }
            )
    return rows


def with_unseen(
    rows: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]], seen: Collection[str], first: str
) -> list[dict[str, Words]]:
    """Rows as they were typed, with what the standing ones say in languages that nobody saw, and so did not change.

    Rows belong together by their short form. `seen` are the languages of the form, `first` that of words without one.
    """
    together: list[dict[str, Words]] = []
    spoken: list[dict[str, Words]] = [
        {name: by_language(row[name], first) for name in ("short", "long")} for row in standing
    ]
    for row in rows:
        nothing: dict[str, Words] = {"short": {}, "long": {}}
        former = next((one for one in spoken if _is_same(row["short"], one["short"], seen)), nothing)
        spoken = [one for one in spoken if one is not former]
        together.append({name: {**_unseen(former[name], seen), **row[name]} for name in former})
    return together + [row for row in spoken if not set(row["long"]) & set(seen)]


def seen_lines(lines: Mapping[str, str] | None, seen: Collection[str]) -> Words:
    """The lines in languages that were seen."""
    return {tag: text for tag, text in (lines or {}).items() if tag in seen}


def _is_same(typed: Words, short: Words, seen: Collection[str]) -> bool:
    return any(typed.get(tag) == _brief(short, tag) for tag in seen)


def _unseen(words: Words, seen: Collection[str]) -> Words:
    return {tag: text for tag, text in words.items() if tag not in seen}


def _pair(line: str) -> tuple[str, str]:
    """What stands before and after the equals sign; two empty texts where the line is not written so."""
    short, sign, full = (part.strip() for part in line.partition("="))
    return (short, full) if short and sign and full else ("", "")


def _brief(short: Words, tag: str) -> str:
    """The short form in a language; one that is not given in it is the same in all."""
    return " ".join((short.get(tag) or next(iter(short.values()), "")).split())


def _line(short: Words, full: Words, tag: str) -> str:
    brief = _brief(short, tag)
    return f"{brief} = {' '.join(full[tag].split())}" if brief and tag in full else ""
