"""Forms: the base that every form shares, and the fields that a plan needs."""

import re
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, list_currencies, parse_decimal
from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput, TextInput

from nap_builder.kernel.languages import _, tag

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BREAK = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
WHEN = re.compile(r"[0-9]{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SPACES = "\u0020\u00a0\u2009\u202f"
COMMA_DECIMALS = re.compile(r"-?[0-9]+,[0-9]{1,2}|-?[0-9]+,[0-9]{4,}")
SPACED_NUMBER = re.compile(rf"-?[0-9]{{1,3}}([{SPACES}][0-9]{{3}})+([.,][0-9]+)?")
AS_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789. ")
NO_CURRENCY = re.compile("X{3}|XTS")  # codes that ISO 4217 keeps for none, and for trying out
CURRENCIES = frozenset(code for code in list_currencies() if not NO_CURRENCY.fullmatch(code))
LONGEST, LONGEST_PROSE = 100_000, 5_000
FIRST_YEAR, LAST_YEAR = 2000, 2100
YEARS = range(1900, 2101)


class Form(FlaskForm):
    """A form of the house: protected against forgery, sent once, and aware of the version it was read at.

    `once` is the idempotency key; `seen` the row version read, empty where nothing is edited. Languages and
    choices are given by the view as keyword arguments and kept, so that a conflict page can be made from them.
    """

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, *, row: Any = None, languages: Sequence[str] = (), **given: Any) -> None:
        self.languages = tuple(languages)
        self.given = given
        super().__init__(obj=row, **given)
        if row is not None and not self.is_submitted():
            self.seen.data = getattr(row, "row_version", None)
        self._speak()
        g.form = self

    def _speak(self) -> None:
        """Gives every multi-language field its languages. Overridden where choices are set too."""
        for field in self:
            if isinstance(field, WordsField):
                field.speak(self.languages, submitted=self.is_submitted())

    def visible(self) -> list[Field]:
        """The fields a person sees."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def refuse(self, name: str, message: str) -> None:
        """Puts a domain rule's message beside its field, or above all of them where there is no such field."""
        field = self[name] if name in self else None  # noqa: SIM401 - a form is no dictionary
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


class WordsField(Field):
    """A text in each language of the plan: one control per language, its data `{tag: text}` or None.

    A language other than the form's own that the text also has is kept as it is.
    """

    widget = TextInput()
    languages: tuple[str, ...] = ()

    def __init__(self, label: Any = None, *, required: bool = False, longest: int = LONGEST, **given: Any) -> None:
        super().__init__(label, **given)
        self.required, self.longest = required, longest
        self.typed: dict[str, str] = {}
        self._sent: MultiDict[str, str] | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Takes what was sent, or the row's text."""
        self.process_errors: list[str] = []
        self.object_data = data if isinstance(data, dict) else None
        self.data = dict(self.object_data or {}) or None
        self._sent = formdata

    def speak(self, languages: Sequence[str], *, submitted: bool) -> None:
        """Says which languages there is a control for, and reads them."""
        kept = dict(self.object_data or {})
        self.languages = tuple(languages) or ("en",)
        if submitted and self._sent is not None:
            for tag in self.languages:
                sent = (self._sent.get(f"{self.name}-{tag}") or "").replace("\r\n", "\n").replace("\r", "\n")
                kept.pop(tag, None)
                if sent.strip():
                    kept[tag] = sent
                self.typed[tag] = sent
            self.data = kept or None
        else:
            self.typed = {tag: kept.get(tag, "") for tag in self.languages}

    def text(self, tag: str) -> str:
        """What stands in the control of a language."""
        return self.typed.get(tag, "")

    def pre_validate(self, form: Any) -> None:
        if self.required and not self.data:
            raise ValidationError(_("Write this in at least one language."))
        for text in (self.data or {}).values():
            if CONTROL.search(text):
                raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))
            if len(text) > self.longest:
                raise ValidationError(
                    _("This text is too long. Keep it under %(count)s characters.", count=self.longest)
                )


class WhenField(StringField):
    """A date as precise as it is known: 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15; data None when empty.

    It is written from left to right in every language.
    """

    def __init__(self, label: Any = None, **given: Any) -> None:
        super().__init__(label, **{"render_kw": {"dir": "ltr"}, **given})

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (valuelist[0].strip().upper() or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if not WHEN.fullmatch(self.data):
            raise ValidationError(
                _("Write a year, a half, a quarter, a month or a day: 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15.")
            )
        if int(self.data[:4]) not in YEARS:
            raise ValidationError(_("Write a year from 1900 to 2100."))
        if len(self.data) == len("2027-03-15"):
            try:
                date.fromisoformat(self.data)
            except ValueError as error:
                raise ValidationError(_("There is no such day.")) from error


class ExactField(Field):
    """A figure, never rounded. Data is a Decimal or None. Points and commas are read as the page's language writes
    them, spaces between thousands and Arabic figures everywhere; what could be read in two ways is refused.
    """

    widget = TextInput()

    def __init__(self, label: Any = None, *, places: int = 4, negative: bool = False, **given: Any) -> None:
        super().__init__(label, **given)
        self.places, self.negative, self.typed = places, negative, ""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else plain_decimal(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = in_latin_figures(valuelist[0].strip()) if valuelist else ""
        self.data = None
        if not sent:
            self.raw_data = [""]  # spaces alone are no figure, so that a field which must be filled says so
            return
        try:
            read = Decimal(sent) if PLAIN_NUMBER.fullmatch(sent) else parse_decimal(sent, locale=tag(), strict=True)
        except (InvalidOperation, NumberFormatError):
            if COMMA_DECIMALS.fullmatch(sent):
                raise ValueError(_("Write a point before the decimals, such as 9.5.")) from None
            raise ValueError(_("Write a number, such as 1200 or 0.5.")) from None
        self._limits(read)
        self.data = read

    def _limits(self, value: Decimal) -> None:
        if not value.is_finite():
            raise ValueError(_("Write a number, such as 1200 or 0.5."))
        if value < 0 and not self.negative:
            raise ValueError(_("Write a number that is not below zero."))
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise ValueError(_("Write at most %(count)s digits after the point.", count=self.places))
        if abs(value) >= 10**15:
            raise ValueError(_("This number is too large. It may have up to 15 digits."))


def in_latin_figures(number: str) -> str:
    """A number with Latin digits and without spaces or Arabic marks between its thousands, where they stand right."""
    number = number.translate(AS_LATIN)
    return re.sub(f"[{SPACES}]", "", number) if SPACED_NUMBER.fullmatch(number) else number


def plain_decimal(value: Decimal) -> str:
    """A decimal as the exchange format writes it: 0.5 and 12, never 0.50, 12.0 or 1E+3."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class PlainField(StringField):
    """One line of plain text without characters that cannot be printed; data None when empty. Breaks become spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (BREAK.sub(" ", valuelist[0]).strip() or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data and CONTROL.search(self.data):
            raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))


class ProseField(TextAreaField):
    """A text of some sentences without a language of its own; data None when empty."""

    def __init__(self, label: Any = None, *, longest: int = LONGEST_PROSE, **given: Any) -> None:
        super().__init__(label, **given)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = valuelist[0] if valuelist else ""
        self.data = sent.replace("\r\n", "\n").replace("\r", "\n").strip() or None

    def pre_validate(self, form: Any) -> None:
        if self.data and CONTROL.search(self.data):
            raise ValidationError(_("This text has a character that cannot be printed. Type that place again."))
        if self.data and len(self.data) > self.longest:
            raise ValidationError(_("This text is too long. Keep it under %(count)s characters.", count=self.longest))


def sensible(_form: Any, field: Any) -> None:
    """Refuses a day that no plan of ours can mean."""
    if isinstance(field.data, date) and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("Choose a day between the years 2000 and 2100."))


class CurrencyField(PlainField):
    """A currency by its code (ISO 4217), also of a time gone by; data in capital letters, None when empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.upper() if self.data else None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data or self.data in CURRENCIES:
            return
        if re.fullmatch(r"[A-Z]{3}", self.data):
            raise ValidationError(
                _("There is no currency %(code)s. Write its three letters, such as USD.", code=self.data)
            )
        raise ValidationError(_("Write a currency as three capital letters, such as USD."))
