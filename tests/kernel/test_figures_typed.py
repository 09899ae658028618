"""How figures and currencies are read as people type them, in three languages."""

from decimal import Decimal

import pytest
from flask import g

from nap_builder.kernel.fields import CurrencyField, ExactField, Form


class Typed(Form):
    figure = ExactField("Figure")
    currency = CurrencyField("Currency")


@pytest.fixture
def typed(app):
    """A function: what a form in a language makes of what is typed, or its message."""

    def read(language: str, name: str, text: str):
        with app.test_request_context("/", method="POST", data={name: text}):
            g.lang = language
            form = Typed(meta={"csrf": False})
            form.validate()
            return form.errors[name][0] if name in form.errors else form[name].data

    return read


@pytest.mark.parametrize(
    ("language", "text", "figure"),
    [
        ("en", "1200.50", "1200.50"),
        ("en", "1,200.50", "1200.50"),
        ("en", "1 200 300.5", "1200300.5"),
        ("fr", "1200,50", "1200.50"),
        ("fr", "1 200,50", "1200.50"),
        ("fr", "1\u00a0200,50", "1200.50"),
        ("fr", "1\u202f200\u202f300", "1200300"),
        ("ar", "١٢٠٠", "1200"),
        ("ar", "١٬٢٠٠٫٥٠", "1200.50"),
        ("ar", "۱۲٫۵", "12.5"),
        ("fr", "١٬٢٠٠٫٥", "1200.5"),
        ("ar", "1,200.50", "1200.50"),
    ],
)
def test_a_figure_is_read_as_it_is_written(typed, language, text, figure):
    assert typed(language, "figure", text) == Decimal(figure)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        *("1.000,50", "1,0,0", "12 34", "1 2000", "١٬٢", "1٫2٫3", "abc", "1e5x", "--1", "NaN", "Infinity"),
        *("-1", "٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩", "1234567890123456", "0.12345", "1 000,5,5"),
    ],
)
def test_what_is_no_figure_or_could_be_two_is_refused(typed, language, text):
    assert isinstance(typed(language, "figure", text), str)


@pytest.mark.parametrize(("text", "code"), [("usd", "USD"), (" XOF ", "XOF"), ("DEM", "DEM"), ("", None)])
def test_a_currency_is_read_by_its_code(typed, text, code):
    assert typed("en", "currency", text) == code


@pytest.mark.parametrize("text", ["XXX", "XTS", "ZZZ", "US", "USDX", "$", "ΑΒΓ", "12A"])
def test_what_is_no_currency_is_refused(typed, text):
    assert "currency" in typed("en", "currency", text)
