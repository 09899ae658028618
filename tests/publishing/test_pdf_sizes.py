"""What is larger or stranger than plans usually are is printed whole, or told of."""

from io import BytesIO
from typing import Any

import pypdf
import pytest

from nap_builder.publishing.renderers.pdf import render_pdf
from tests.builders.standards import broken_rules
from tests.publishing.test_pdf import edition, of_usa

pytestmark = pytest.mark.sqlite_only(reason="files are made without a database")


def with_paragraph(text: str) -> dict[str, Any]:
    return of_usa() | {"sections": [{"key": "long", "title": "Long", "paragraphs": [{"key": "k", "text": text}]}]}


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.slow
def test_a_paragraph_of_a_hundred_kilobytes_is_printed_whole() -> None:
    text = " ".join(f"word{number}" for number in range(12_000))
    pdf = render_pdf(with_paragraph(text), edition("en"))
    assert len(text) > 100_000
    assert broken_rules(pdf) == []
    assert {f"word{number}" for number in range(12_000)} <= set(words_of(pdf).split())


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_letters_of_both_directions_stand_in_one_paragraph(lang: str) -> None:
    mixed = "The resolution القرار 1325 (2000), paragraph الفقرة 4, said «نعم» and (no) 50% \u200f٣٠٪ to it."
    pdf = render_pdf(with_paragraph(mixed), edition(lang))
    assert broken_rules(pdf) == []
    said = words_of(pdf)
    for word in ("resolution", "1325", "2000", "paragraph", "50%", "القرار", "نعم"):
        assert word in said


def test_a_letter_of_no_font_is_printed_as_its_number() -> None:
    pdf = render_pdf(with_paragraph("Amharic ሰላም and a private \ue000 letter."), edition("en"))
    assert broken_rules(pdf) == []
    assert "[U+1230]" in words_of(pdf)
    assert "[U+E000]" in words_of(pdf)
