"""Pictures in a Word file."""

import io
from typing import Any

from docx.document import Document as WordDocument

from nap_builder.publishing.renderers.word.words import element, printable


def picture(document: WordDocument, content: bytes, seen: str, *, widest: int, tallest: int) -> Any:
    """A picture as a run, as large as it may be, in the units of Word (36,000 to a millimetre).

    `seen` says in words what is to be seen, for those who listen.
    """
    drawn: Any = document.part.new_pic_inline(io.BytesIO(content))
    scale = min(widest / drawn.extent.cx, tallest / drawn.extent.cy)
    width, height = round(drawn.extent.cx * scale), round(drawn.extent.cy * scale)
    for size in (drawn.extent, drawn.graphic.graphicData.pic.spPr.xfrm.ext):
        size.cx, size.cy = width, height
    for side in ("distT", "distB", "distL", "distR"):
        drawn.set(side, "0")
    drawn.docPr.set("descr", printable(seen))
    return element("r", element("drawing", drawn))
