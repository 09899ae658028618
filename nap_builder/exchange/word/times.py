"""Times as plans write them, in English, French and Arabic: 2027, Q2 2027, March 2027, 2027–2029, ongoing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nap_builder.exchange.word.vocabulary import plain, words
from nap_builder.plans.calendar import first_day, last_day, valid_when

_MONTHS = (
    r"jan(uary)?|janvier|janv|يناير|كانون الثاني",
    r"feb(ruary)?|fevrier|fevr?|فبراير|شباط",
    r"mar(ch)?|mars|مارس|اذار",
    r"apr(il)?|avril|avr|ابريل|نيسان",
    r"may|mai|مايو|ايار",
    r"june?|juin|يونيو|حزيران",
    r"july?|juillet|juil|يوليو|تموز",
    r"aug(ust)?|aout|اغسطس|اب",
    r"sept?(ember)?|septembre|سبتمبر|ايلول",
    r"oct(ober)?|octobre|اكتوبر|تشرين الاول",
    r"nov(ember)?|novembre|نوفمبر|تشرين الثاني",
    r"dec(ember)?|decembre|ديسمبر|كانون الاول",
)
_ORDINALS = (
    r"1(st|er|ere)?|first|premiere?|i|الاول|الاولي",
    r"2(nd|e|eme)?|second|deuxieme|ii|الثاني|الثانيه",
    r"3(rd|e|eme)?|third|troisieme|iii|الثالث|الثالثه",
    r"4(th|e|eme)?|fourth|last|quatrieme|dernier|iv|الرابع|الرابعه|الاخير",
)
_TIMINGS = (
    (
        "ongoing",
        r"on-?going|continuous(ly)?|continuing|permanent(ly|e)?|throughout|(en )?continue?|tout au long|مستمره?|دايم",
    ),
    (
        "every_year",
        r"annual(ly)?|every year|each year|yearly|chaque annee|annuel(le|lement)?|tous les ans|سنويا?|كل (سنه|عام)",
    ),
    ("as_needed", r"as (needed|required)|when needed|au besoin|selon (les )?besoins?|(عند|حسب) الحاجه"),
)
_UNTIL = (
    r"(by|until|before|no later than|end( of)?|by (the )?end( of)?|d.ici( a)?( la)?( fin)?( de)?|fin|avant|jusqu.?a"
    r"|بحلول|حتي|قبل|نهايه|بحلول نهايه)"
)
_SINCE = r"(from|since|starting( in)?|a partir de|des|depuis|من|منذ|ابتداء من|اعتبارا من)"
_BETWEEN = re.compile(r"\s*[–—]\s*|\s+(?:to|till|until|through|a|au|jusqu.?a|الي|حتي|-|/)\s+|\s*[-/]\s*")
_AND = re.compile(r"\s*[,;،؛&]\s*|\s+(?:and|et|و)\s*")
_YEAR = r"((?:19|20)\d\d)"
_FILL = r"[ ,./-]*(?:of |de |du |من |عام |سنه |for )?"


@dataclass(frozen=True)
class Times:
    """What a time says: from and to as the format writes them, a timing; `exact` when nothing of it is lost by that."""

    starts: str | None = None
    ends: str | None = None
    timing: str | None = None
    exact: bool = True


NOT_UNDERSTOOD = Times(exact=False)


def times_of(text: str, first_year: int | None = None) -> Times:
    """What a time as stated says; NOT_UNDERSTOOD where it is none. `first_year` is what a plan calls its year 1."""
    said = western(plain(text)).strip(" .,;:()")
    for timing, pattern in _TIMINGS:
        if found := words(rf"\b(?:{pattern})\b").search(said):
            rest = (said[: found.start()] + said[found.end() :]).strip(" .,;:()-–")
            dated = _span(rest, first_year) if rest else Times()
            return Times(dated.starts, dated.ends, timing, exact=dated.exact)
    return _span(said, first_year)


def moment_of(text: str, first_year: int | None = None) -> str | None:
    """A single date as the format writes it, such as 2027-Q2; None for anything else."""
    said = western(plain(text)).strip(" .,;:()")
    return next((when for when in _moments(said, first_year) if valid_when(when)), None)


def western(text: str) -> str:
    """A text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _span(said: str, first_year: int | None) -> Times:
    if not said or len(said) > 120:
        return NOT_UNDERSTOOD
    if when := moment_of(said, first_year):
        return Times(when, when)
    if (found := words(rf"{_UNTIL} (.+)").fullmatch(said)) and (when := moment_of(found[found.lastindex or 1])):
        return Times(None, when)
    bare = words(rf"{_SINCE} ").sub("", said, count=1)
    if (span := _range(bare, first_year)) is not None:
        return span
    if bare != said and (when := moment_of(bare, first_year)):
        return Times(when, None)
    return _several(said, first_year)


def _range(said: str, first_year: int | None) -> Times | None:
    """From one date to another; the first may leave the year to the second."""
    for found in _BETWEEN.finditer(said):
        left, right = said[: found.start()], said[found.end() :]
        if re.fullmatch(r"\d\d", right) and re.fullmatch(_YEAR, left):
            right = left[:2] + right
        if re.fullmatch(r"\d", right) and (year := re.fullmatch(r"(\D+)\d", left)):
            right = year[1] + right
        ends = moment_of(right, first_year)
        if ends is None:
            continue
        starts = moment_of(left, first_year) or moment_of(f"{left} {ends[:4]}", first_year)
        if starts is not None and first_day(starts) <= last_day(ends):
            return Times(starts, ends)
    return None


def _several(said: str, first_year: int | None) -> Times:
    """Several dates in their order: from the first to the last, exactly so where no day between them is left out."""
    found = [moment_of(part, first_year) for part in _AND.split(said)]
    dates = [when for when in found if when]
    days = [(first_day(when), last_day(when)) for when in dates]
    if len(dates) < 2 or len(dates) != len(found) or sorted(days) != days:
        return NOT_UNDERSTOOD
    whole = all((after[0] - before[1]).days == 1 for before, after in pairwise(days))
    return Times(dates[0], dates[-1], exact=whole)


def _moments(said: str, first_year: int | None) -> Iterator[str]:
    if len(said) > 60:
        return
    if re.fullmatch(rf"{_YEAR}(-(q[1-4]|h[12]|\d\d(-\d\d)?))?", said):
        yield said.upper()
    if found := words(rf"(?:year|fy|annee|in|en|سنه|عام|في)?[ .]*{_YEAR}").fullmatch(said):
        yield found[1]
    yield from _parts_of_a_year(said)
    yield from _months(said)
    yield from _days(said)
    if first_year and (found := words(r"(?:year|annee|an|y|السنه)[ .]*(\d)").fullmatch(said)):
        yield str(first_year + int(found[1]) - 1)
    for number, ordinal in enumerate(_ORDINALS):
        if first_year and words(rf"(?:{ordinal}) (?:year|annee)|السنه (?:{ordinal})").fullmatch(said):
            yield str(first_year + number)


def _parts_of_a_year(said: str) -> Iterator[str]:
    for letter, short, name, number in (
        ("Q", "qt", "quarter|trimestre|الربع", 4),
        ("H", "hs", "half|semestre|النصف", 2),
    ):
        for place, ordinal in enumerate(_ORDINALS[:number], 1):
            forms = rf"[{short}][ ]?{place}|(?:{ordinal}) (?:{name})|(?:{name}) (?:{ordinal})"
            if found := words(rf"(?:{forms}){_FILL}{_YEAR}|{_YEAR}{_FILL}(?:{forms})").fullmatch(said):
                yield f"{_year(found)}-{letter}{place}"


def _months(said: str) -> Iterator[str]:
    for number, name in enumerate(_MONTHS, 1):
        if found := words(rf"(?:{name})\.?{_FILL}{_YEAR}").fullmatch(said):
            yield f"{_year(found)}-{number:02}"
        if found := words(rf"(\d{{1,2}})(?:st|nd|rd|th|er)?{_FILL}(?:{name})\.?{_FILL}{_YEAR}").fullmatch(said):
            yield f"{_year(found)}-{number:02}-{int(found[1]):02}"
        if found := words(rf"(?:{name})\.? (\d{{1,2}})(?:st|nd|rd|th)?{_FILL}{_YEAR}").fullmatch(said):
            days = [group for group in found.groups() if group and group.isdigit()]
            yield f"{_year(found)}-{number:02}-{int(days[0]):02}"
    if found := re.fullmatch(rf"(0?[1-9]|1[0-2])[/.]{_YEAR}", said):
        yield f"{found[2]}-{int(found[1]):02}"


def _days(said: str) -> Iterator[str]:
    """Days in figures, where it cannot be doubted which figure is the month."""
    found = re.fullmatch(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_YEAR}", said)
    if found is None:
        return
    first, second = int(found[1]), int(found[2])
    if first == second or first > 12 or second > 12:
        day, month = (first, second) if first > 12 or first == second else (second, first)
        yield f"{found[3]}-{month:02}-{day:02}"


def _year(found: re.Match[str]) -> str:
    return next(group for group in reversed(found.groups()) if group and re.fullmatch(_YEAR, group))
