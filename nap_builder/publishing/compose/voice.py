"""The words, dates and figures of a document in its own language, without a request or an application."""

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations, Translations

from nap_builder.kernel.decimals import EXACTLY, places_of
from nap_builder.kernel.languages import CATALOGUES, Marked, direction


@functools.cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [locale])


class Voice:
    """Speaks one language (BCP 47); a language without a catalogue gets English words and its own figures."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        try:
            self.locale = Locale.parse(lang, sep="-")
        except (UnknownLocaleError, ValueError):
            self.locale = Locale("en")
        self.catalogue = _catalogue(str(self.locale))
        self.direction = direction(lang)

    def gettext(self, message: str, **values: object) -> str:
        """A sentence of ours in this language, with its named places filled."""
        said = self.catalogue.gettext(message)
        return said % values if values else said

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """A sentence of ours that depends on a count, which it may show as %(num)s."""
        return self.catalogue.ngettext(one, many, count) % {"num": self.number(count), **values}

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one line, with the comma of this language."""
        return self.gettext(", ").join(items)

    def number(self, value: Decimal | int) -> str:
        """A figure with this language's separators, as exact as it is."""
        with localcontext(EXACTLY):
            return format_decimal(value, locale=self.locale, decimal_quantization=False)

    def fixed(self, value: Decimal, places: int) -> str:
        """A figure with so many decimals."""
        with localcontext(EXACTLY):
            return format_decimal(value, "#,##0" + ("." + "0" * places if places else ""), locale=self.locale)

    def money(self, value: Decimal) -> str:
        """An exact amount: whole, or with two decimals, or with all it has."""
        return self.fixed(value, 2) if 0 < places_of(value) < 3 else self.number(value)

    def named_money(self, value: Decimal, currency: str) -> str:
        """An exact amount with the name of its currency, as a sentence says it: 12,340 US dollars."""
        given: dict[str, Any] = {"locale": self.locale, "format_type": "name", "decimal_quantization": False}
        with localcontext(EXACTLY):
            return format_currency(value, currency, currency_digits=places_of(value) > 0, **given)

    def between(self, low: str, high: str) -> str:
        """The least and the most of a figure, least first; isolated, so that Arabic does not turn it round."""
        pair = f"{low}–{high}"
        return f"\u2066{pair}\u2069" if self.direction == "rtl" else pair

    def percent(self, value: Decimal) -> str:
        """A figure that is already in hundredths, with its sign."""
        return format_percent(value / 100, locale=self.locale, decimal_quantization=False)

    def day(self, value: date) -> str:
        """14 September 2026."""
        return format_date(value, "d\u00a0MMMM y", locale=self.locale)

    def when(self, value: str) -> str:
        """A date as precise as the plan says it."""
        year, _dash, rest = value.partition("-")
        if not rest:
            return year
        if rest[0] == "H":
            return self.half(rest, year)
        if rest[0] == "Q":
            return self.gettext("quarter %(quarter)s of %(year)s", quarter=rest[1], year=year)
        if "-" in rest:
            return self.day(date.fromisoformat(value))
        return format_date(date(int(year), int(rest), 1), "MMMM y", locale=self.locale)

    def half(self, half: str, year: str) -> str:
        """One half of a year."""
        if half == "H1":
            return self.gettext("first half of %(year)s", year=year)
        return self.gettext("second half of %(year)s", year=year)

    def span(self, start: str, end: str) -> str:
        """From one date to another, in words, since a dash can be read either way."""
        if start == end:
            return start
        return self.gettext("%(start)s to %(end)s", start=start, end=end)

    def named(self, names: Mapping[str, Marked], value: str) -> str:
        """The name of a value of a list, or the value itself where the list does not know it."""
        return self.gettext(names[value].message) if value in names else value
