"""Amounts of money that a text names: 12.4 million USD, USD 12 400 000, 12,4 millions de dollars."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f',.]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALES = {
    r"thousand|mille|mil\b|ألف|آلاف": 3,
    r"million(?:s|es)?|mill[oó]n(?:es)?|milh(?:ão|ões)|مليون|ملايين|млн": 6,
    r"milliards?|billion(?:s|es)?|مليار": 9,
}
_SCALE = "|".join(_SCALES)


@dataclass(frozen=True)
class Sum:
    """An amount as a text names it; `step` is how finely: 12.4 million is written to the nearest 100 000."""

    currency: str
    value: Decimal
    step: Decimal


def sums_in(text: str, currencies: Collection[str]) -> Iterator[Sum]:
    """The amounts in these currencies (ISO 4217) that a text names by their code or sign."""
    plain = text.translate(_DIGITS)
    for currency in currencies:
        name = rf"(?:{'|'.join(re.escape(sign) for sign in _signs(currency))})"
        amount = rf"(?P<number>{_NUMBER})(?:\s*(?P<scale>{_SCALE}))?"
        around = (rf"(?<![A-Za-z]){name}\s*{amount}", rf"(?<![\d.,]){amount}\s*(?:de\s|من\s)?{name}(?![A-Za-z])")
        spans: set[int] = set()
        for pattern in around:
            for found in re.finditer(pattern, plain, re.IGNORECASE):
                if found.start("number") not in spans:
                    spans.add(found.start("number"))
                    yield _sum(currency, found["number"], found["scale"])


def _signs(currency: str) -> list[str]:
    """The code of a currency, and its sign where that is more than a letter of the alphabet."""
    sign = Locale("en").currency_symbols.get(currency, currency)
    return [currency, *([sign] if not sign.isalnum() else [])]


def _sum(currency: str, number: str, scale: str | None) -> Sum:
    value = _value(number)
    powers = (power for words, power in _SCALES.items() if scale and re.fullmatch(words, scale, re.IGNORECASE))
    exponent = next(powers, 0)
    places = int(value.as_tuple().exponent)
    unit = Decimal(10) ** exponent
    return Sum(currency, value * unit, (Decimal(10) ** places) * unit if exponent else Decimal(1))


def _value(number: str) -> Decimal:
    """A number with the separators of any of our languages: 1,234.50 or 1 234,50 or 12.4."""
    bare = re.sub(r"[ \u00a0\u202f']", "", number)
    tail = re.search(r"[.,](\d{1,2})$", bare)
    if tail is None and re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        return Decimal(re.sub(r"[.,]", "", bare))
    whole = re.sub(r"[.,]", "", bare[: tail.start()]) if tail else re.sub(r"[.,].*", "", bare)
    return Decimal(f"{whole}.{tail[1]}" if tail else whole)
