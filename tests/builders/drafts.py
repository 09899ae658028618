"""An open draft for tests, within the open transaction: its address, and comments on its paragraphs."""

from dataclasses import dataclass
from typing import Any

from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.narrative import Paragraph
from tests.builders.consultations import an_open_draft
from tests.builders.world import World
from tests.client import Client, Page


@dataclass
class Opened:
    """A draft that is open to everybody, and the first paragraph of it."""

    consultation: Consultation
    paragraph: Paragraph

    @property
    def part(self) -> str:
        """The address of its first part."""
        return f"/en/consultation/{self.consultation.key}/part/1"

    @property
    def form(self) -> str:
        """The address of the form about the paragraph."""
        return f"{self.part}?p={self.paragraph.key}"

    @property
    def about(self) -> str:
        """The reference of the paragraph."""
        return f"paragraph:{self.paragraph.key}"


def opened(world: World, **given: Any) -> Opened:
    """Opens the plan of the small State to everybody, saved."""
    with transaction():
        consultation = an_open_draft(world.plan, **given)
    return Opened(consultation, world.paragraphs[0])


def sent(client: Client, draft: Opened, text: str = "Say who pays for it.", **given: Any) -> Page:
    """Sends a comment through the form, as anybody would."""
    expect = given.pop("expect", 200)
    return client.get(draft.form).submit(f"p={draft.paragraph.key}", text=text, expect=expect, **given)


def receipt_on(page: Page) -> str:
    """The number on the page that answers a comment."""
    [number] = page.all("//p[contains(@class, 'receipt-number')]")
    return str(number.text_content().strip())
