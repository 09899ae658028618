"""Words, directions, dates, numbers and money in the reader's language."""

import contextlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.numbers import format_currency as currency_in
from babel.numbers import format_decimal as decimal_in
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, format_date, format_datetime, get_locale
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from nap_builder.kernel.decimals import EXACTLY, places_of

__all__ = ["LazyString", "_", "_n", "force_locale"]

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
babel = Babel()


class Marked(LazyString):
    """Words marked for translation, said in the page's language when they are shown; `message` is their English."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(_, message, **values)
        self.message = message


_l = Marked


def prepare(app: Flask) -> None:
    """Gives the application its languages and the template filters of this module."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    babel.init_app(app, locale_selector=tag)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(language_direction=direction)
    app.jinja_env.filters.update(
        words=words,
        said_in=words_in,
        day=day,
        yearly=yearly,
        moment=moment,
        listed=listed,
        number=number,
        money=money,
        when=when,
        bytes_size=bytes_size,
        language_name=language_name,
        direction=direction,
        city=city,
    )


def tag() -> str:
    """The language spoken now, else that of the page, from the first part of its address; English outside a page."""
    if has_app_context() and "speaking" in g:
        return str(g.speaking)
    return str(g.get("lang", "en")) if has_request_context() else "en"


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Says everything in one language (BCP 47) meanwhile: our words, dates and figures, and the texts of plans."""
    before = g.get("speaking")
    g.speaking = language
    try:
        with force_locale(language.replace("-", "_")):
            yield
    finally:
        del g.speaking
        if before is not None:
            g.speaking = before


def best_language(offered: tuple[str, ...]) -> str:
    """Of the languages offered, the one that the reader's browser asks for; else the first."""
    return request.accept_languages.best_match(offered) or offered[0]


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag (BCP 47); `ltr` for an unknown one."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_name(language: str, within: str | None = None) -> str:
    """The name of a language, in itself unless said otherwise; the tag where no name is known."""
    try:
        own = Locale.parse(language, sep="-")
        name = own.get_display_name(Locale.parse(within, sep="-") if within else own)
    except (UnknownLocaleError, ValueError):
        return language
    return (name or language).capitalize()


def country_name(country: str, language: str) -> str | None:
    """The name of a country (ISO 3166-1 alpha-3) in a language; None where no name is known."""
    two_letters = get_global("territory_aliases").get(country, [None])[0]
    try:
        return Locale.parse(language, sep="-").territories.get(two_letters)
    except (UnknownLocaleError, ValueError):
        return None


def same_language(one: str, other: str) -> bool:
    """Whether two tags (BCP 47) are one language, wherever it is spoken."""
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def choose(text: Mapping[str, str], reader: str, first: str | None = None) -> str:
    """The tag of the best language of a text: the reader's, a sister of it, the plan's first, or any."""
    sisters = [given for given in text if same_language(given, reader)]
    for wanted in (reader, *sisters, first, "en"):
        if wanted is not None and wanted in text:
            return wanted
    return next(iter(sorted(text)))


def in_languages(text: Mapping[str, str] | None, wanted: Sequence[str]) -> dict[str, str] | None:
    """A text in the languages of a plan; where it has none of them, in the page's, to be translated, under the first.

    None for no text. `wanted` are tags, the plan's own first.
    """
    if not text:
        return None
    there = {language: text[language] for language in wanted if language in text}
    return there or {wanted[0]: words_in(text)}


def words_in(text: Mapping[str, str] | None, reader: str | None = None, first: str | None = None) -> str:
    """A text of the plan in the best language for the reader (the page's when not given); empty for None."""
    if not text:
        return ""
    return text[choose(text, reader or tag(), first or _first())]


def words(text: Mapping[str, str] | None, first: str | None = None) -> Markup | str:
    """A text of the plan for a page; marked with its language where that is not the page's."""
    if not text:
        return ""
    chosen = choose(text, tag(), first or _first())
    if chosen == tag():
        return text[chosen]
    return Markup('<span lang="{}" dir="{}">{}</span>').format(chosen, direction(chosen), text[chosen])


def read_first(language: str) -> None:
    """Says which language a page's plan is written in first, for the texts shown after."""
    if has_app_context():
        g.first_language = language


def _first() -> str | None:
    return g.get("first_language") if has_app_context() else None


def day(value: date | None) -> str:
    """A date in words, such as 14 September 2026."""
    return "" if value is None else format_date(value, "d MMMM y")


def yearly(value: str) -> str:
    """A day of every year (`MM-DD`) in words, such as 1 July."""
    return format_date(date.fromisoformat(f"2000-{value}"), "d MMMM")


def moment(value: datetime | None) -> str:
    """A date with its time to the minute, in UTC."""
    if value is None:
        return ""
    return _("%(day)s, %(time)s", day=day(value.date()), time=format_datetime(value, "HH:mm", rebase=False))


def listed(items: Iterable[str]) -> Markup | str:
    """Several things in one line, with the comma of the page's language."""
    some = list(items)
    comma = _(", ")
    return Markup.escape(comma).join(some) if any(hasattr(item, "__html__") for item in some) else comma.join(some)


def number(value: Decimal | int | None) -> str:
    """A figure with the language's separators, as exact as it is."""
    if value is None:
        return ""
    with localcontext(EXACTLY):
        return decimal_in(value, locale=_locale(), decimal_quantization=False)


def money(value: Decimal | int | None, currency: str | None = None) -> str:
    """An amount with the language's separators: whole, with two decimals, or with all it has (four at most).

    With its ISO 4217 code where one is given.
    """
    if value is None:
        return ""
    digits = "#,##0.00" if 0 < places_of(Decimal(value)) < 3 else "#,##0.####"
    given: dict[str, Any] = {"locale": _locale(), "decimal_quantization": False}
    with localcontext(EXACTLY):
        if currency is None:
            return decimal_in(value, digits, **given)
        return currency_in(value, currency, digits + "\xa0¤¤", currency_digits=False, **given)


def when(value: str | None) -> str:
    """A date as precise as the plan says it: 2027, first half of 2027, second quarter, March 2027, or a day."""
    if not value:
        return ""
    year, _dash, rest = value.partition("-")
    if not rest:
        return year
    if rest.startswith("H"):
        return _("first half of %(year)s", year=year) if rest == "H1" else _("second half of %(year)s", year=year)
    if rest.startswith("Q"):
        return _("quarter %(quarter)s of %(year)s", quarter=rest[1], year=year)
    if "-" in rest:
        return day(date.fromisoformat(value))
    return format_date(date(int(year), int(rest), 1), "MMMM y")


def folded(text: str) -> str:
    """Words as a search compares them: without case and without accents or Arabic vowel marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def city(timezone: str | None) -> str:
    """The place by which a time zone (IANA name; UTC where none is given) is called, in the reader's language."""
    return get_timezone_location(timezone or "UTC", locale=_locale(), return_city=True)


def bytes_size(count: int) -> str:
    """A size in kB, MB or GB, of a thousand, a million and a milliard bytes."""
    if count < 1_000_000:
        return _("%(size)s kB", size=number(max(1, round(count / 1_000))))
    if count < 1_000_000_000:
        return _("%(size)s MB", size=number(round(Decimal(count) / 1_000_000, 1)))
    return _("%(size)s GB", size=number(round(Decimal(count) / 1_000_000_000, 1)))


def _locale() -> Locale:
    return get_locale() or Locale("en")
