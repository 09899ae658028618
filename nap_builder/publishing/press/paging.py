"""Which pages of a laid out document are pieces of their own: those of a long run of units (`units.py`)."""

from collections.abc import Iterator, Sequence
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from nap_builder.publishing.press.cutting import piece_of
from nap_builder.publishing.press.units import LONG

GO_ON = frozenset({"section", "table", "tbody"})  # elements that units stand in


def pieces_of(document: weasyprint.Document) -> tuple[list[int], list[bytes]]:
    """A laid out document as a piece for each page and the unit with which that begins; as one piece if it is short, or
    if a page of it begins within a unit.
    """
    begins = _begins(document.pages)
    if len(begins) < LONG or None in begins:
        return [0], [piece_of(document)]
    return [unit for unit in begins if unit is not None], _page_by_page(document, 0, len(begins))


def pieces_of_run(document: weasyprint.Document, first: int, end: int | None) -> tuple[list[int], list[bytes]]:
    """The pages from a unit on, up to the one that begins with `end`; to the last one where that is None. None at all,
    if no page begins so.
    """
    begins = _begins(document.pages)
    start = 1 if first else 0
    stop = len(begins) if end is None else begins.index(end) if end in begins else 0
    units = begins[start:stop]
    if not units or units[0] != first or None in units:
        return [], []
    return [unit for unit in units if unit is not None], _page_by_page(document, start, stop)


def _page_by_page(document: weasyprint.Document, start: int, stop: int) -> list[bytes]:
    stand = [frozenset(_standing(page._page_box)) for page in document.pages]  # noqa: SLF001 - its boxes
    around = [frozenset(), *stand, frozenset()]
    return [
        piece_of(document.copy([document.pages[at]]), stand[at] & around[at], stand[at] & around[at + 2])
        for at in range(start, stop)
    ]


def _begins(pages: Sequence[Any]) -> list[int | None]:
    """The unit with which each page begins; None where it begins within one."""
    begins: list[int | None] = []
    last = -1
    for page in pages:
        box = page._page_box  # noqa: SLF001 - see above
        first = next(_numbers(box, 1), last)
        begins.append(first if first > last else None)
        last = next(_numbers(box, -1), last)
    return begins


def _numbers(box: Any, step: int) -> Iterator[int]:
    """The numbers of the units in a box, from its beginning or from its end."""
    if box.element is not None and (number := box.element.get("data-unit")):
        yield int(number)
    for child in getattr(box, "children", ())[::step]:
        yield from _numbers(child, step)


def _standing(box: Any) -> Iterator[int]:
    """The elements of a page that may stand on others too."""
    if box.element is not None and box.element_tag in GO_ON:
        yield id(box.element)
    if not isinstance(box, boxes.TableRowBox | boxes.LineBox):
        for child in getattr(box, "children", ()):
            yield from _standing(child)
