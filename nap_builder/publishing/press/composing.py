"""The first task of an order: what is ordered, written as the pages of its pieces.

It does without the engine, so that the press can load that while a child composes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nap_builder.publishing.compose.editions import ways_to_compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.press.laid_out import PIECE
from nap_builder.publishing.press.wire import Message, packed
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
    said = {"frame": printed.frame, "look": look, "key": digest, "pieces": pieces, "most_pages": printed.most_pages}
    said["feet"] = None
    if (feet := printed.feet) is not None:
        titles = {"html": feet.titles, "look": {**look, "css": [*look["css"], FEET_ALONE]}}
        numbers = {"html": feet.numbers, "look": {**look, "css": [*look["css"], feet.numbering, FEET_ALONE]}}
        said["feet"] = {"titles": titles, "numbers": numbers, "kinds": PAGE_KINDS}
    return said


def _piece(piece: Piece, look: str, kept: frozenset[str]) -> dict[str, Any]:
    key, name = (hashlib.sha256(f"{look}\0{said}".encode()).hexdigest() for said in (piece.made_of, piece.name))
    said = {"key": PIECE + key, "name": f"begins {name}", "late": piece.late}
    if said["key"] in kept and not piece.late:
        return {**said, "html": "", "pictures": {}}
    return {**said, "html": piece.html(), "pictures": _as_text(piece.pictures)}


def _said(look: Look) -> dict[str, Any]:
    return {
        "css": list(look.css),
        "pictures": _as_text(look.pictures),
        "closer": look.closer,
        "lines_numbered": look.lines_numbered,
        "right_to_left": look.right_to_left,
    }


def _as_text(pictures: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(picture).decode() for name, picture in pictures.items()}
