"""What a State wears: a crest, and colours."""

from base64 import b64encode
from io import BytesIO

from PIL import Image

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.taskforce.identity import choose_colours, put_crest, shades
from nap_builder.taskforce.models import Installation

GREEN, GOLD = "#1b5e20", "#a8781c"


def a_crest(colour: tuple[int, int, int, int] = (20, 80, 40, 255)) -> BytesIO:
    """A picture with a box of one colour on a clear ground."""
    picture = Image.new("RGBA", (300, 500), (0, 0, 0, 0))
    picture.paste(colour, (50, 50, 250, 450))
    sent = BytesIO()
    picture.save(sent, "PNG")
    return BytesIO(sent.getvalue())


def an_opaque_crest() -> BytesIO:
    """A crest as the installation keeps one."""
    kept = BytesIO()
    Image.new("RGB", (80, 80), "white").save(kept, "PNG")
    return BytesIO(kept.getvalue())


def dressed(state: Installation) -> Installation:
    """A State with a crest and colours."""
    choose_colours(INSTALLATION, state, GREEN, GOLD, seen=state.row_version)
    put_crest(INSTALLATION, state, a_crest())
    return state


WORN = {**shades({"brand": GREEN, "accent": GOLD}), "crest": b64encode(an_opaque_crest().getvalue()).decode()}
