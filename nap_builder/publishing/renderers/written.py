"""The forms in which a plan is written from its neutral document without an engine, by the ending of their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nap_builder.publishing.document import Document
from nap_builder.publishing.ledger import PLAN_DOCX, PLAN_PHONE, PLAN_TEXT
from nap_builder.publishing.renderers.phone import render_phone
from nap_builder.publishing.renderers.text import render_text
from nap_builder.publishing.renderers.word.plan import render_plan


@dataclass(frozen=True)
class Written:
    """One such form: its kind in the ledger, its media type, and what writes it."""

    kind: str
    mimetype: str
    render: Callable[[Document], bytes]


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITTEN: Mapping[str, Written] = {
    "docx": Written(PLAN_DOCX, DOCX, render_plan),
    "txt": Written(PLAN_TEXT, "text/plain", render_text),
    "html": Written(PLAN_PHONE, "text/html", render_phone),
}
