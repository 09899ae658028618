"""Pictures in a Word file."""

import io
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from docx.parts.story import StoryPart

from nap_builder.publishing.renderers.word.words import Tongue, element, paragraph, printable

CREST = 22 * 36_000


def picture(part: StoryPart, content: bytes, seen: str, *, widest: int, tallest: int) -> Any:
    """A picture as a run in a part of the file, as large as it may be, in the units of Word (36,000 to a millimetre).

    `seen` says in words what is to be seen, for those who listen.
    """
    drawn: Any = part.new_pic_inline(io.BytesIO(content))
    scale = min(widest / drawn.extent.cx, tallest / drawn.extent.cy)
    width, height = round(drawn.extent.cx * scale), round(drawn.extent.cy * scale)
    for size in (drawn.extent, drawn.graphic.graphicData.pic.spPr.xfrm.ext):
        size.cx, size.cy = width, height
    for side in ("distT", "distB", "distL", "distR"):
        drawn.set(side, "0")
    drawn.docPr.set("descr", printable(seen))
    return element("r", element("drawing", drawn))


def crest(part: StoryPart, tongue: Tongue, worn: Mapping[str, str], state: str) -> Iterator[Any]:
    """The crest that a State wears (`Edition.worn`), over its name; nothing where it has none."""
    if "crest" in worn:
        drawn = picture(part, b64decode(worn["crest"]), state, widest=CREST, tallest=CREST)
        yield paragraph(tongue, "LetterheadBody", drawn, keep=True)
