"""Lines and rows of the printed page: none is broken where it need not be."""

from io import BytesIO

import pypdf
import pytest

from nap_builder.publishing.press.laying import Engine
from nap_builder.publishing.renderers.html import PRINT, settled

pytestmark = pytest.mark.sqlite_only(reason="files are made without a database")

WORDS = "Two orders in three are served"


@pytest.mark.parametrize("ending", [" ", " <br>"])
def test_no_line_is_broken_for_the_space_that_ends_it(ending: str) -> None:
    """Cells a quarter of a point wider each than the one before, of half the width of the words to more than it."""
    cells = "".join(f'<p style="width:{width / 4}pt"><span>{WORDS}{ending}</span></p>' for width in range(260, 700))
    html = f'<html lang="en"><head><title>Lines</title></head><body>{cells}</body></html>'
    css = "body { font: 9pt Noto Sans } p { overflow-wrap: anywhere } span { display: block }"
    lines = "\n".join(_pages_of(html, css)).splitlines()
    assert WORDS in {line.strip() for line in lines}
    assert "Two" not in {line.strip() for line in lines}


def test_a_row_that_fits_a_page_is_not_cut_in_two() -> None:
    """A table of one row, pushed down the page a little more each time, is on one page each time."""
    row = "<tr><td>First</td></tr>".replace("First", " ".join(f"<span>Line {n}</span>" for n in range(8)))
    for height in range(190, 250, 12):
        page = _page_of(f'<div style="height:{height}mm"></div>', row)
        held = [text for text in page if "Line " in text]
        assert len(held) == 1


def _page_of(before: str, row: str) -> list[str]:
    """The words of each page on which a table of one row follows something."""
    html = (
        f'<html lang="en"><head><title>Rows</title></head><body>{before}<h2>Head</h2>'
        '<table class="whole"><thead><tr><th scope="col">Said</th></tr></thead>'
        f'<tbody class="whole">{row}</tbody></table></body></html>'
    )
    css = settled([(PRINT / "print.css").read_text(encoding="utf-8"), "td span { display: block }"])
    return _pages_of(html, *css)


def _pages_of(html: str, *css: str) -> list[str]:
    """The words of each page."""
    pdf = Engine(css, {}).laid_out(html).write_pdf()
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]
