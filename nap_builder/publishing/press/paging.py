"""Which pages of a laid out document are pieces of their own: those of a long run of units (`units.py`)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from nap_builder.publishing.press.cutting import piece_of
from nap_builder.publishing.press.units import LONG

GO_ON = frozenset({"section", "table", "tbody"})  # elements that units stand in


def pages_that_stand_alone(document: weasyprint.Document, run: Sequence[int | None] | None) -> dict[int, int]:
    """Pages of a laid out document, by their places, that are pieces of their own, and the unit that each begins with.

    They are all, or else none: if they are few, or one begins within a unit. Of a run they are those from its first
    unit on, up to the page that begins with the unit after it, or to the last where that is None; none if no page does.
    """
    begins = _begins(document.pages)
    start, stop = 0, len(begins)
    if run is not None:
        first, end = run
        start = 1 if first else 0
        stop = stop if end is None else begins.index(end) if end in begins else 0
    elif stop < LONG:
        return {}
    found = {at: unit for at, unit in enumerate(begins[:stop]) if at >= start and unit is not None}
    whole = len(found) == stop - start and (run is None or found.get(start) == run[0])
    return found if whole else {}


def page_by_page(document: weasyprint.Document, places: Iterable[int]) -> list[bytes]:
    """The pages at these places, each a piece."""
    stand = [frozenset(_standing(page._page_box)) for page in document.pages]  # noqa: SLF001 - its boxes
    around = [frozenset(), *stand, frozenset()]
    return [
        piece_of(document.copy([document.pages[at]]), stand[at] & around[at], stand[at] & around[at + 2])
        for at in places
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
