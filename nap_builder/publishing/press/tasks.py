"""What children of the press do: compose the pieces of a document, lay pieces out, and join them to a file.

Each takes a message and gives a message back (`wire.py`).
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nap_builder.publishing.compose.editions import ways_to_compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.press import cutting, joining
from nap_builder.publishing.press.laying import Engine
from nap_builder.publishing.press.wire import Message, packed, unpacked
from nap_builder.publishing.renderers.pieces import PAGE_KINDS, Look, Piece, Printed, render_html
from nap_builder.publishing.renderers.sheet import render_sheet

FEET_ALONE = """
@page { background: none; @left-middle { content: none } @top-left { content: none } @top-right { content: none } }
@page opener { background: none }
.foot { break-before: page; height: 1px }"""


def compose(order: Message) -> bytes:
    """What is ordered, a sheet or else a plan in an edition, in pieces: in the ways that are tried until one has room.

    The order names the keys of pieces that are laid out already, whose pages are then not written again.
    """
    head, _blobs = order
    kept = frozenset(head["kept"])
    return packed({"ways": [_way(printed, kept) for printed in _ways(head)]})


def _ways(order: dict[str, Any]) -> Iterable[Printed]:
    if "sheet" in order:
        return (render_sheet(order["sheet"]),)
    return map(render_html, ways_to_compose(order["plan"], _edition_of(order["edition"])))


def _edition_of(row: dict[str, Any]) -> Edition:
    """The edition as the program sent it."""
    read = datetime if row.pop("timed") else date
    return Edition(**{**row, "dated": read.fromisoformat(row["dated"])})


def _way(printed: Printed, kept: frozenset[str]) -> dict[str, Any]:
    look = _said(printed.look)
    digest = hashlib.sha256(json.dumps(look).encode()).hexdigest()
    pieces = [_piece(piece, digest, kept) for piece in printed.pieces]
    said = {"frame": printed.frame, "look": look, "pieces": pieces, "most_pages": printed.most_pages, "feet": None}
    if (feet := printed.feet) is not None:
        titles = {"html": feet.titles, "look": {**look, "css": [*look["css"], FEET_ALONE]}}
        numbers = {"html": feet.numbers, "look": {**look, "css": [*look["css"], feet.numbering, FEET_ALONE]}}
        said["feet"] = {"titles": titles, "numbers": numbers, "kinds": PAGE_KINDS}
    return said


def _piece(piece: Piece, look: str, kept: frozenset[str]) -> dict[str, Any]:
    key = hashlib.sha256(f"{look}\0{piece.made_of}".encode()).hexdigest()
    if key in kept and not piece.late:
        return {"key": key, "late": False, "html": "", "pictures": {}}
    return {"key": key, "late": piece.late, "html": piece.html(), "pictures": _as_text(piece.pictures)}


def _said(look: Look) -> dict[str, Any]:
    return {
        "css": list(look.css),
        "pictures": _as_text(look.pictures),
        "closer": look.closer,
        "lines_numbered": look.lines_numbered,
        "right_to_left": look.right_to_left,
    }


def _look_of(said: dict[str, Any]) -> Look:
    return Look(**{**said, "css": tuple(said["css"]), "pictures": _from_text(said["pictures"])})


def _as_text(pictures: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(picture).decode() for name, picture in pictures.items()}


def _from_text(pictures: Mapping[str, str]) -> dict[str, bytes]:
    return {name: base64.b64decode(picture) for name, picture in pictures.items()}


def lay_out(order: Message) -> bytes:
    """Pages of one look, each a piece: its message as a blob each."""
    head, _blobs = order
    look = _look_of(head["look"])
    engine = Engine(look.css, look.pictures, look.closer)
    laid_out = (engine.well_laid_out(page["html"], _from_text(page["pictures"])) for page in head["pages"])
    return packed({}, [cutting.piece_of(document, look) for document in laid_out])


def lay_feet(order: Message) -> bytes:
    """The feet of all pages of a document."""
    head, _blobs = order
    look = _look_of(head["look"])
    return cutting.feet_of(Engine(look.css, look.pictures).laid_out(head["html"]))


def join(order: Message) -> bytes:
    """The file of pieces, whose messages are the blobs; the two last ones are of the feet, if there are any."""
    head, blobs = order
    messages = list(map(unpacked, blobs))
    feet = joining.Feet(**head["feet"], titles=messages[-2], numbers=messages[-1]) if head["feet"] else None
    pieces = messages[:-2] if feet else messages
    return joining.joined(head["frame"], pieces, feet, head["attached"])


TASKS: dict[str, Callable[[Message], bytes]] = {
    "compose": compose,
    "lay_out": lay_out,
    "lay_feet": lay_feet,
    "join": join,
}
