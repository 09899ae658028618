"""The abbreviations of a plan as lines that a person types: `NAP = National Action Plan`."""

from collections.abc import Mapping, Sequence
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


def _pair(line: str) -> tuple[str, str]:
    """What stands before and after the equals sign; two empty texts where the line is not written so."""
    short, sign, full = (part.strip() for part in line.partition("="))
    return (short, full) if short and sign and full else ("", "")


def _line(short: Words, full: Words, tag: str) -> str:
    """One line; a short form that is not given in a language is the same in all."""
    brief = short.get(tag) or next(iter(short.values()), "")
    return f"{' '.join(brief.split())} = {' '.join(full[tag].split())}" if brief and tag in full else ""
