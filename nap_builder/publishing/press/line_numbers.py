"""Line numbers in the margin of a text that is debated: every line of its paragraphs, from 1 on each page.

A style sheet cannot number lines, so they are counted after the layout and drawn with the page, as artifacts: who
listens to a page hears the text alone. It leans on the boxes of the engine and on its function that draws text, whose
version is pinned; `tests/publishing/test_editions.py` proves both.
"""

import copy
from collections.abc import Iterator
from functools import partial
from typing import Any

import weasyprint
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes

NUMBERED = frozenset({"para", "lead"})
MOST = 120  # lines on a page, many more than fit
ASIDE = 12  # CSS pixels between the edge of the text and the numbers
DIGITS = (
    """<style>@page { size: 4in 40in; margin: 0 } p { margin: 0; font: 7pt/1 "Noto Sans"; color: #3f474d }</style>"""
)


def number_lines(document: weasyprint.Document, *, right_to_left: bool) -> None:
    """Has the lines of each page of a laid out document numbered when it is drawn."""
    digits = _digits()
    for page in document.pages:
        page.paint = partial(_paint, page, page.paint, digits, right_to_left=right_to_left)


def _paint(page: Any, paint: Any, digits: list[Any], stream: Any, scale: float = 1, *, right_to_left: bool) -> None:
    paint(stream, scale)
    box = page._page_box  # noqa: SLF001 - see above
    left, width = box.content_box_x(), box.width
    with stream.stacked(), stream.artifact():
        stream.transform(a=scale, d=scale)
        for digit, line in zip(digits, _lines(box), strict=False):
            drawn = copy.copy(digit)
            drawn.position_x = left + width + ASIDE if right_to_left else left - ASIDE - digit.width
            drawn.position_y = line.position_y + line.baseline - digit.baseline
            draw_text(stream, drawn, 0, "clip", "none")


def _lines(box: Any, *, inside: bool = False) -> Iterator[Any]:
    """The lines of the numbered paragraphs below a box, in the order of the page."""
    if isinstance(box, boxes.LineBox):
        if inside and any(True for _text in _texts(box)):
            yield box
        return
    named = box.element.get("class", "").split() if box.element is not None else ()
    for child in getattr(box, "children", ()):
        yield from _lines(child, inside=inside or not NUMBERED.isdisjoint(named))


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _digits() -> list[Any]:
    """The numbers from 1, each laid out once."""
    html = DIGITS + "".join(f"<p>{number}</p>" for number in range(1, MOST + 1))
    laid_out = weasyprint.HTML(string=html).render()
    return [box for page in laid_out.pages for box in _texts(page._page_box)]  # noqa: SLF001 - see above
