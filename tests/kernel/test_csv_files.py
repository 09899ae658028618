"""CSV files open rightly in a spreadsheet, and run nothing there."""

import csv
import io
from decimal import Decimal

import pytest

from nap_builder.kernel.csv_files import csv_text


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%0"])
def test_a_text_that_would_run_is_quoted(said):
    assert read(csv_text(["a"], [[said]]))[1] == [f"'{said}"]


def test_numbers_and_plain_texts_stay_as_they_are():
    assert read(csv_text(["a", "b", "c"], [[Decimal("-1.50"), 'a "word", and more', -3]]))[1] == [
        "-1.50",
        'a "word", and more',
        "-3",
    ]


def test_it_says_that_it_is_utf_8():
    assert csv_text(["é"], []) == "\ufeffé\r\n"
