"""Lines of the printed page: none is broken where it need not be."""

from io import BytesIO

import pypdf
import pytest

from nap_builder.publishing.renderers.child import write
from nap_builder.publishing.renderers.html import Printed

pytestmark = pytest.mark.sqlite_only(reason="files are made without a database")

WORDS = "Two orders in three are served"


@pytest.mark.parametrize("ending", [" ", " <br>"])
def test_no_line_is_broken_for_the_space_that_ends_it(ending: str) -> None:
    """Cells a quarter of a point wider each than the one before, of half the width of the words to more than it."""
    cells = "".join(f'<p style="width:{width / 4}pt"><span>{WORDS}{ending}</span></p>' for width in range(260, 700))
    html = f'<html lang="en"><head><title>Lines</title></head><body>{cells}</body></html>'
    css = "body { font: 9pt Noto Sans } p { overflow-wrap: anywhere } span { display: block }"
    pages = pypdf.PdfReader(BytesIO(write([Printed(html, (css,), {})], None))).pages
    lines = "\n".join(page.extract_text() for page in pages).splitlines()
    assert WORDS in {line.strip() for line in lines}
    assert "Two" not in {line.strip() for line in lines}
