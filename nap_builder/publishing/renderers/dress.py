"""The State's crest and colours on what is printed."""

from base64 import b64decode
from collections.abc import Mapping

from nap_builder.taskforce.colours import sheet

# The engine asks a reader to smooth a picture, which PDF/A forbids, unless its edges are to stay.
CREST = """.panel { background-image: url(print:crest.png); background-size: 24mm 24mm; image-rendering: crisp-edges }
"""
CREST_OF_A_SHEET = """.head { background: url(print:crest.png) no-repeat right top / 18mm 18mm; min-height: 18mm }
.head { image-rendering: crisp-edges }
[dir="rtl"] .head { background-position: left top }
"""


def dressed(worn: Mapping[str, str], pictures: dict[str, bytes], crest: str = CREST) -> list[str]:
    """The stylesheet that sets what a State wears (`Edition.worn`), the crest put beside the other pictures.

    `crest` is the stylesheet that gives it a place.
    """
    colours = {name: colour for name, colour in worn.items() if name != "crest"}
    sheets = [sheet(colours)] if colours else []
    if "crest" in worn:
        pictures["crest.png"] = b64decode(worn["crest"])
        sheets.append(crest)
    return sheets
