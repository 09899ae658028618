"""The State's crest and colours: kept with the installation, worn by every page and by what is printed from then on."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from nap_builder.kernel import storage, uploads
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.taskforce import events
from nap_builder.taskforce.colours import BLACK, FOR_MARKS, FOR_TEXT, WHITE, contrast, mixed, passing
from nap_builder.taskforce.models import Installation

BRAND, ACCENT = "#17475a", "#b4532a"  # where the State has chosen none
SIDE, EDGE = 800, 48  # of the kept crest, in pixels
SEEN = 200  # a crest whose darkest grey is lighter is not seen on white
FOLDER = "identity"


def choose_colours(actor: Actor, state: Installation, brand: str, accent: str, *, seen: int | None) -> None:
    """Gives the installation its colours, as `#rrggbb`. Raises StaleEdit, and BadInput for one that is read badly."""
    unchanged_since(state, seen)
    for field, colour, least in (("brand", brand, FOR_TEXT), ("accent", accent, FOR_MARKS)):
        if contrast(colour) < least:
            raise BadInput(field, _too_light(colour, least))
    before = {"brand": state.brand, "accent": state.accent}
    state.brand, state.accent = brand, accent
    db.session.flush()
    pairs = {name: (old, getattr(state, name)) for name, old in before.items() if old != getattr(state, name)}
    record(events.COLOURS_CHOSEN, actor, state, changes=pairs)


def _too_light(colour: str, least: float) -> str:
    return _(
        "White on this colour is hard to read: its contrast is %(found)s, and at least %(least)s is needed. "
        "The nearest shade that passes is %(shade)s.",
        found=f"{contrast(colour):.1f}",
        least=f"{least:.0f}",
        shade=passing(colour, least),
    )


def put_crest(actor: Actor, state: Installation, stream: BinaryIO) -> None:
    """Keeps a crest in place of the one before: its pixels alone, in a white square. Raises BadInput about `crest`."""
    content = _squared(uploads.picture(stream, field="crest"))
    name = f"{FOLDER}/{hashlib.sha256(content).hexdigest()}.png"
    storage.put(name, content)
    state.crest = name
    db.session.flush()
    record(events.CREST_PUT, actor, state)


def remove_crest(actor: Actor, state: Installation) -> None:
    """Takes the crest away; the usual emblem stands again. Raises WrongState where there is none."""
    if state.crest is None:
        raise WrongState(_("There is no crest to remove."))
    state.crest = None
    db.session.flush()
    record(events.CREST_REMOVED, actor, state)


def _squared(picture: Image.Image) -> bytes:
    """A picture within a white square, as PNG, so that it stands well on every ground. Raises BadInput."""
    crest = picture.convert("RGBA")
    crest = crest.crop(crest.getchannel("A").getbbox())
    crest = ImageOps.contain(crest, (SIDE - 2 * EDGE, SIDE - 2 * EDGE), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", (SIDE, SIDE), WHITE)
    ground.alpha_composite(crest, ((SIDE - crest.width) // 2, (SIDE - crest.height) // 2))
    plain = ground.convert("RGB")
    if int(str(plain.convert("L").getextrema()[0])) > SEEN:
        raise BadInput("crest", _("This crest is not seen on white. Send the one that is used on white paper."))
    written = BytesIO()
    plain.save(written, "PNG", optimize=True)
    return written.getvalue()


def chosen(state: Installation | None) -> dict[str, str]:
    """What the State has chosen to wear: `brand` and `accent` as `#rrggbb`, `crest` as where its picture is kept."""
    return {name: value for name in ("brand", "accent", "crest") if (value := getattr(state, name, None))}


def shades(chosen: Mapping[str, str]) -> dict[str, str]:
    """The colours that are derived from those which are chosen, by their names in the stylesheets; none without."""
    if not {"brand", "accent"} <= chosen.keys():
        return {}
    brand, accent = chosen["brand"], chosen["accent"]
    tint = mixed(brand, WHITE, 0.9)
    pale = mixed(brand, WHITE, 0.86)
    return {
        "--brand": brand,
        "--brand-deep": mixed(brand, BLACK, 0.3),
        "--brand-mid": mixed(brand, WHITE, 0.4),
        "--brand-pale": pale if contrast(pale, brand) >= FOR_TEXT else WHITE,
        "--tint": tint,
        "--accent": accent,
        "--accent-text": passing(accent, FOR_TEXT, tint),
    }


def worn(chosen: Mapping[str, str]) -> dict[str, str]:
    """What is worn in print: the shades, and under `crest` the crest's PNG in base64; what is not chosen is absent."""
    look = shades(chosen)
    if "crest" in chosen:
        look["crest"] = b64encode(storage.get(chosen["crest"])).decode()
    return look


def crest_mark(state: Installation) -> str:
    """What the address of the crest tells it by; another crest has another."""
    return fingerprint(state.crest or "")


def fingerprint(text: str) -> str:
    """A short name for an address at which a content may be kept for ever: the same while the content is."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
