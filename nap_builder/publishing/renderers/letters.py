"""The letters that the fonts of the documents have, and what is printed for one that they have not.

A letter without a sign would be printed as an empty box, which tells nobody what is missing. Its number in Unicode is
printed instead, as `[U+4E2D]`, and the chair is told.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
SELECTORS = range(0xFE00, 0xFE10)  # they choose between two looks of the letter before, and have none themselves


@cache
def shipped() -> frozenset[int]:
    """The numbers of all letters for which a font of the documents has a sign."""
    fonts = [TTFont(BytesIO(file.read_bytes())) for file in sorted(FONTS.glob("*.ttf"))]
    return frozenset(number for font in fonts for number in font.getBestCmap())


def missing_in(text: str) -> str:
    """The letters of a text that cannot be printed, each once, in the order of Unicode."""
    return "".join(sorted(letter for letter in set(text) if not _has_sign(letter)))


def spelled(what: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is to be printed, JSON, with the number of each letter that cannot be printed in its place."""
    text = json.dumps(what, ensure_ascii=False)
    numbers = {ord(letter): f"[{number_of(letter)}]" for letter in missing_in(text)}
    spelled_out: dict[str, Any] = json.loads(text.translate(numbers)) if numbers else dict(what)
    return spelled_out


def number_of(letter: str) -> str:
    """The number of a letter as Unicode writes it."""
    return f"U+{ord(letter):04X}"


def _has_sign(letter: str) -> bool:
    number = ord(letter)
    return number in shipped() or unicodedata.category(letter) in UNSEEN or number in SELECTORS
