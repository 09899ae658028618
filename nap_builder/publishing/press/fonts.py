"""Fonts of a file that is joined from pieces: each piece tells which signs it uses, and the file has each font once.

The engine gives a sign the same number in every document, that of the font's own file, so that pieces which were laid
out apart agree. It leans on the engine's class of a font and its function that writes fonts, whose version is pinned;
`tests/publishing/test_pdf_pieces.py` proves both.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango

Told = dict[str, Any]
SIZE = 10 * 1024  # of Pango's units, in which a font is opened; the signs in a file have no size


@contextmanager
def left_out() -> Iterator[list[Font]]:
    """While a PDF is written within, fonts are not; they are collected."""
    found: list[Font] = []
    build = weasyprint.pdf.build_fonts_dictionary

    def collect(_pdf: pydyf.PDF, fonts: Mapping[Any, Font], *_given: object) -> pydyf.Dictionary:
        found.extend(fonts.values())
        return pydyf.Dictionary()

    weasyprint.pdf.build_fonts_dictionary = collect
    try:
        yield found
    finally:
        weasyprint.pdf.build_fonts_dictionary = build


def told(fonts: Iterable[Font]) -> list[Told]:
    """What has to be known of the fonts of a piece, as JSON: which they are, and the signs that are used."""
    return [
        {
            "hash": font.hash,
            "family": font.family,
            "style": font.style,
            "weight": font.weight,
            "widths": font.widths,
            "to_unicode": font.to_unicode,
            "missing": font.missing,
        }
        for font in fonts
    ]


def together(pieces: Iterable[Iterable[Told]], document: weasyprint.Document) -> dict[str, Font]:
    """The fonts of all pieces, each once with all signs that are used, by the name that pages call them by."""
    fonts: dict[str, Font] = {}
    for row in (row for piece in pieces for row in piece):
        font = fonts.get(row["hash"]) or fonts.setdefault(row["hash"], _loaded(row, document))
        font.widths.update({int(sign): width for sign, width in row["widths"].items()})
        font.to_unicode.update({int(sign): text for sign, text in row["to_unicode"].items()})
        font.missing.update({int(letter): sign for letter, sign in row["missing"].items()})
    return dict(sorted(fonts.items()))


def _loaded(row: Told, document: weasyprint.Document) -> Font:
    """A font as the engine would have opened it for a page."""
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, ffi.new("char[]", row["family"].encode()))
    pango.pango_font_description_set_style(description, row["style"])
    pango.pango_font_description_set_weight(description, row["weight"])
    pango.pango_font_description_set_absolute_size(description, SIZE)
    fonts = document.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(fonts), gobject.g_object_unref)
    found = ffi.gc(pango.pango_font_map_load_font(fonts, context, description), gobject.g_object_unref)
    pango.pango_font_description_unset_fields(description, pango.PANGO_FONT_MASK_SIZE)
    font = Font(found, description, SIZE * FROM_UNITS)
    font.hash = row["hash"]
    return font
