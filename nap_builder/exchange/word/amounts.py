"""Money and figures as plans write them: 1 200 000, 1,200,000, 1.200.000, USD 50,000, ١٬٢٠٠, 12 % (2025)."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from babel.numbers import get_currency_symbol, list_currencies

from nap_builder.exchange.word.times import western
from nap_builder.exchange.word.vocabulary import plain, words
from nap_builder.kernel.fields import plain_decimal

_SPACE = "[ \u00a0\u2009\u202f'’]"
_NUMBER = r"\d[\d.,'’ \u00a0\u2009\u202f]*"
_FACTORS = (
    (1_000, r"thousands?|mille|milliers?|k|000|الف|الاف|بالالف"),
    (1_000_000, r"millions?|mio|mn|m|مليون|ملايين|بالمليون"),
    (1_000_000_000, r"billions?|milliards?|bn|مليار"),
)
_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY"}
_NAMED = (("EUR", r"euros?|يورو"), ("USD", r"us dollars?|dollars? (us|americains?)|دولار(ات)? امريكي(ه)?|us ?\$"))
_COSTINGS = (
    (
        "within_core",
        (
            r"(within |from )?(the )?(existing|core|regular|normal|available) (state |government )?(budgets?|resources)"
            r"|budgets? (ordinaire|de fonctionnement|existant|de l.etat)|ressources (existantes|disponibles|propres)"
            r"|(ضمن )?(الميزانيه|الموازنه) (العاديه|العامه|الحاليه)|الموارد المتاحه"
        ),
    ),
    (
        "no_cost",
        (
            r"no (additional |extra )?costs?|none|nil|cost.?free|sans (cout|incidence)s?( financiere)?|aucun cout"
            r"|(بدون|بلا) تكلفه"
        ),
    ),
    (
        "not_costed",
        (
            r"t\.?b\.?[dc]\.?|to be (determined|confirmed|costed|defined|decided)|not (yet )?costed"
            r"|a (determiner|definir|chiffrer)|non chiffree?|(ي|ت)حدد لاحقا|غير محدده?"
        ),
    ),
)
_NOTHING = re.compile(r"[\s\-–—_./]*|n\.?/?a\.?|s\.?o\.?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:–|—|-|\bto\b|\bà\b|\bau\b|إلى|الى)\s*")
_OF_A_YEAR = re.compile(r"((?:19|20)\d\d)\s*[:=–-]\s*(.+)")
_YEARS = range(1990, 2101)
_DIGITS = 15
_LONGEST = 200  # signs that are looked at for a number
_FRANCS = frozenset({"XOF", "XAF"})
_FRANC = re.compile(r"\b(?:francs? |F )?F?CFA\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One amount, or a range from `low` to `high`, as the format writes it; of a year and in a currency, if said."""

    low: str
    high: str | None = None
    year: int | None = None
    currency: str | None = None

    def said(self) -> dict[str, Any]:
        """The line as nap-plan/1 says it."""
        amounts = {"amount": self.low} if self.high is None else {"low": self.low, "high": self.high}
        others = {"year": self.year, "currency": self.currency}
        return amounts | {name: value for name, value in others.items() if value is not None}


@dataclass(frozen=True)
class Costs:
    """What a cell says of costs: amounts, or one word about them; neither where it was not understood."""

    lines: tuple[Line, ...] = ()
    costing: str | None = None

    @property
    def understood(self) -> bool:
        """Whether anything was."""
        return bool(self.costing)


def says_nothing(text: str) -> bool:
    """Whether a cell is left open with a dash or the like."""
    return bool(_NOTHING.fullmatch(text.strip()))


def costs_of(lines: list[str], head: str, currency: str) -> Costs:
    """What the lines of a cell say of costs. The column's head may name a currency, a year, or thousands."""
    said = plain(" ".join(lines)[:_LONGEST]).strip(" .()")
    for costing, pattern in _COSTINGS:
        if words(pattern).fullmatch(said):
            return Costs((), costing)
    found = tuple(_line(line, head, currency) for line in lines)
    whole = [line for line in found if line is not None]
    if not whole or len(whole) != len(found):
        return Costs()
    free = all(line.low == "0" and line.high is None for line in whole)
    return Costs((), "no_cost") if free else Costs(tuple(whole), "costed")


def number_of(text: str) -> Decimal | None:
    """A number with any signs between its thousands; None where it is none, or its signs contradict themselves."""
    said = western(text).strip().replace("\u066c", ",").replace("\u060c", ",").replace("\u066b", ".")
    if not re.fullmatch(_NUMBER, said):
        return None
    if re.search(_SPACE, said):
        if not re.fullmatch(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?", said):
            return None
        said = re.sub(_SPACE, "", said)
        return _decimal(said.replace(",", "."))
    return _with_signs(said)


def figure_of(text: str, *, due: bool) -> tuple[dict[str, Any], bool] | None:
    """The figure of an indicator and whether it is a percentage; None where it is words. `due` takes a year as `by`."""
    said = western(plain(text[:_LONGEST])).strip(" .")
    year = None
    for pattern in (
        rf"(?P<year>{_a_year()})\s*[:=]\s*(?P<rest>.+)",
        rf"(?P<rest>.+?)[ ,]*[(]?(?:in|by|en|d.ici( a)?|بحلول|في)?[ ]?(?P<year>{_a_year()})[)]?",
    ):
        if found := words(pattern).fullmatch(said):
            said, year = found["rest"].strip(), int(found["year"])
            break
    percent = words(r"(.+?)\s*(?:%|٪|percent|per cent|pour cent|في الميه|بالميه)").fullmatch(said)
    number = number_of(percent[1] if percent else said)
    if number is None or len(text) > _LONGEST or (year is None and not percent and number in _YEARS and len(said) == 4):
        return None
    figure: dict[str, Any] = {"value": plain_decimal(number)}
    if year is not None:
        figure |= {"by": str(year)} if due else {"year": year}
    return figure, percent is not None


def _a_year() -> str:
    return r"(?:19|20)\d\d"


def _line(text: str, head: str, currency: str) -> Line | None:
    if len(text) > _LONGEST:
        return None
    year = year_in(head)
    if found := _OF_A_YEAR.fullmatch(western(text).strip()):
        year, text = int(found[1]), found[2]
    bare, said = _without_currency(text, currency)
    _rest, over = _without_currency(head, currency)
    numbers = [_amount(part, _factor_in(head)) for part in _RANGE.split(bare.strip(" .()"))]
    amounts = [number for number in numbers if number is not None]
    if len(amounts) != len(numbers) or len(numbers) not in (1, 2) or sorted(amounts) != amounts:
        return None
    told = said or over
    shown = [plain_decimal(amount) for amount in amounts]
    return Line(shown[0], shown[1] if len(shown) > 1 else None, year, told if told != currency else None)


def _amount(text: str, factor: int) -> Decimal | None:
    for times, pattern in _FACTORS:
        if found := words(rf"(.*?\d)\s*(?:{pattern})").fullmatch(western(plain(text)).strip()):
            number = number_of(found[1]) if pattern != "000" else None
            if number is not None and not re.search(r"[.,\s]000$", text.strip()):
                return _bounded(number * times)
    number = number_of(text)
    return None if number is None else _bounded(number * factor)


def _bounded(number: Decimal) -> Decimal | None:
    number = number.normalize()
    places = number.as_tuple().exponent
    return number if number < 10**_DIGITS and isinstance(places, int) and places >= -4 else None


def _factor_in(head: str) -> int:
    """What a head says that its amounts are counted in."""
    said = western(plain(head))
    return next((times for times, pattern in _FACTORS if words(rf"(?<![\w])['’ ]?(?:{pattern})\b").search(said)), 1)


def year_in(head: str) -> int | None:
    """The year that a head names, if it names one."""
    found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", western(head))
    return int(found[0]) if len(found) == 1 and int(found[0]) in _YEARS else None


def _without_currency(text: str, currency: str) -> tuple[str, str | None]:
    """A text without its currency, and the code of that."""
    for code, pattern in _NAMED:
        folded = plain(text)
        if found := words(rf"(?<!\w)(?:{pattern})(?!\w)").search(folded):
            return folded[: found.start()] + folded[found.end() :], code
    if currency in _FRANCS and (found := _FRANC.search(text)):
        return text[: found.start()] + text[found.end() :], currency
    for sign, code in {**_SYMBOLS, "$": _dollar(currency)}.items():
        if sign in text:
            return text.replace(sign, " "), code
    for found in re.finditer(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])", text):
        if found[0] in _currencies():
            return text[: found.start()] + text[found.end() :], found[0]
    return text, None


def _dollar(currency: str) -> str:
    """Whose dollar is meant: the plan's, where its currency is one."""
    return currency if "$" in get_currency_symbol(currency, "en") else "USD"


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _with_signs(said: str) -> Decimal | None:
    signs = re.sub(r"\d", "", said)
    if not signs:
        return _decimal(said)
    last, count = signs[-1], signs.count(signs[-1])
    whole, _sign, rest = said.rpartition(last)
    grouped = len(rest) == 3 and 1 <= len(re.split("[.,]", said)[0]) <= 3 and not said.startswith("0")
    if len(set(signs)) == 1 and (count > 1 or grouped):
        return _decimal(said.replace(last, "")) if _in_groups(said, last) else None
    if count > 1 or not rest:
        return None
    other = "," if last == "." else "."
    if other in whole and not _in_groups(whole, other):
        return None
    return _decimal(f"{whole.replace(other, '')}.{rest}")


def _in_groups(said: str, sign: str) -> bool:
    """Whether the thousands are parted as they should be, also as India counts: 12,00,000."""
    mark = re.escape(sign)
    return bool(re.fullmatch(rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d{{1,2}}(?:{mark}\d{{2}})+{mark}\d{{3}}", said))


def _decimal(said: str) -> Decimal | None:
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    return number if number < 10**_DIGITS else None
