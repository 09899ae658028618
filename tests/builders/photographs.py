"""Photographs for tests."""

from io import BytesIO
from typing import Any

from PIL import Image

from nap_builder.kernel.actor import INSTALLATION, Actor
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.services.photographs import PhotographFacts, add_photograph, keep_picture

SEEN = {"en": "Two women read a map.", "fr": "Deux femmes lisent une carte.", "ar": "امرأتان تقرآن خريطة."}


def a_picture(size: tuple[int, int] = (900, 600), colour: str = "#3b6e8f", kind: str = "JPEG", **given: Any) -> BytesIO:
    """A picture as somebody sends it; its left half has the colour, the other is white."""
    picture = Image.new("RGB", size, "white")
    picture.paste(colour, (0, 0, size[0] // 2, size[1]))
    sent = BytesIO()
    picture.save(sent, kind, **given)
    return BytesIO(sent.getvalue())


def a_photograph(section: Section, colour: str = "#3b6e8f", by: Actor = INSTALLATION, **given: Any) -> Photograph:
    """A photograph in a section, within the open transaction."""
    facts = {"alt": SEEN, "caption": {"en": "At the border."}, "credit": "Ana Sol", **given}
    return add_photograph(by, section, keep_picture(a_picture(colour=colour)), PhotographFacts(**facts))
