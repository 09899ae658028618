"""What children of the press do once pieces are composed (`composing.py`): lay them out, and join them to a file.

Each takes a message and gives a message back (`wire.py`).
"""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from nap_builder.publishing.press import joining
from nap_builder.publishing.press.cutting import feet_of, piece_of
from nap_builder.publishing.press.laying import Engine, written
from nap_builder.publishing.press.line_numbers import number_lines
from nap_builder.publishing.press.paging import page_by_page, pages_that_stand_alone
from nap_builder.publishing.press.wire import Message, packed, unpacked
from nap_builder.publishing.renderers.pieces import Look

WARMING = '<p style="font-family: Noto Serif, Noto Sans, Noto Naskh Arabic, Noto Sans Arabic">a <b>b</b> <i>c</i> ش</p>'


def warm() -> None:
    """Lays out a page with every font, so that whoever comes later has them ready."""
    written(Engine((), {}).laid_out(WARMING))


def lay_out(order: Message) -> bytes:
    """Pages of HTML in one look: the pieces of each as blobs, and in the head the units with which they begin.

    A page that is a run of units names the first and the one before which it ends, None for the last.
    """
    head, _blobs = order
    look = _look_of(head["look"])
    engine = Engine(look.css, look.pictures, look.closer)
    laid_out = [_pieces_of(page, engine, look) for page in head["pages"]]
    return packed(
        {"begins": [begins for begins, _pieces in laid_out]}, [one for _begins, made in laid_out for one in made]
    )


def _pieces_of(page: dict[str, Any], engine: Engine, look: Look) -> tuple[list[int], list[bytes]]:
    """The units with which the pieces of a page of HTML begin, and those pieces."""
    pictures = _from_text(page["pictures"])
    document = engine.laid_out(page["html"], pictures)
    alone = pages_that_stand_alone(document, page["run"])
    if not alone and page["run"] is None:
        document = engine.made_closer(document, page["html"], pictures)
    if look.lines_numbered:
        number_lines(document, right_to_left=look.right_to_left)
    if alone or page["run"]:
        return list(alone.values()), page_by_page(document, alone)
    return [0], [piece_of(document)]


def lay_feet(order: Message) -> bytes:
    """The feet of all pages of a document."""
    head, _blobs = order
    look = _look_of(head["look"])
    return feet_of(Engine(look.css, look.pictures).laid_out(head["html"]))


def join(order: Message) -> bytes:
    """The file of pieces, whose messages are the blobs; the two last ones are of the feet, if there are any."""
    head, blobs = order
    messages = list(map(unpacked, blobs))
    feet = joining.Feet(**head["feet"], titles=messages[-2], numbers=messages[-1]) if head["feet"] else None
    pieces = messages[:-2] if feet else messages
    return joining.joined(head["frame"], pieces, feet, head["attached"])


def _look_of(said: dict[str, Any]) -> Look:
    return Look(**{**said, "css": tuple(said["css"]), "pictures": _from_text(said["pictures"])})


def _from_text(pictures: Mapping[str, str]) -> dict[str, bytes]:
    return {name: base64.b64decode(picture) for name, picture in pictures.items()}


TASKS: dict[str, Callable[[Message], bytes]] = {
    "lay_out": lay_out,
    "lay_feet": lay_feet,
    "join": join,
}
