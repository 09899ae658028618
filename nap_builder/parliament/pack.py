"""The tabling pack: what is laid before parliament with a version, in one language and as one file.

Everything in it is what everybody may read: the letter and the plan of the version, what was open at its gate, what
was heard, and the newest published report card. What there is not is left out, and the list of contents says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.archives import packed
from nap_builder.kernel.languages import _, day, speaking
from nap_builder.plans.canonical import digest
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, record_of, version_at
from nap_builder.publishing.compose.record import record
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.document import Block, Heading, Paragraph, Said
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.heard_sheet import heard_sheet, keep_heard_pdf
from nap_builder.publishing.heard_sheet import pdf_name as heard_name
from nap_builder.publishing.paper import Paper, PaperBlock, Passage
from nap_builder.publishing.papers.desk import Desk
from nap_builder.publishing.papers.shelf import paper_called
from nap_builder.publishing.renderers.docx import render_docx
from nap_builder.publishing.services import issue, record_said, state_said
from nap_builder.publishing.wearing import worn_on
from nap_builder.reports.models import CARD
from nap_builder.reports.queries.reports import reports
from nap_builder.reports.sheets import make_pdf

LETTER = "tabling-letter"


@dataclass(frozen=True)
class Piece:
    """A file of the pack: its name, what it is in words, and its bytes; None where there is no such thing."""

    name: str
    says: str
    content: bytes | None


def pack_name(version: PlanVersion, language: str) -> str:
    """Where the pack of a version is kept that was made last."""
    return f"packs/{version.plan.key}/{version.number}-{language}.zip"


def keep_pack(slug: str, number: int, language: str) -> None:
    """Makes the pack of a version in a language of the plan, in place of the one made before.

    Opens transactions of its own. Raises Missing, and DomainError in plain words when a document cannot be made.
    """
    with speaking(language):
        made = list(_pieces(slug, number, language))
        contents = _contents(version_at(slug, number), made)
    files = [("0-contents.txt", contents), *((one.name, one.content) for one in made)]
    content = packed((name, content) for name, content in files if content is not None)
    storage.put(pack_name(version_at(slug, number), language), content)


def _pieces(slug: str, number: int, language: str) -> Iterator[Piece]:
    """Every piece in its order. The version is asked for anew, since making a PDF ends what was read."""
    desk = Desk(version_at(slug, number).plan, version_at(slug, number))
    letter = desk.file(paper_called(LETTER), desk.language(language)).content
    yield Piece("1-letter.docx", _("Letter that lays the plan before parliament"), letter)
    plan = issue(INSTALLATION, version_at(slug, number), profile=PUBLIC, language=language)
    yield Piece("2-plan.pdf", _("The plan"), storage.get(plan.stored_as))
    checks = _checks(version_at(slug, number), language)
    yield Piece("3-checks.docx", _("What was still open when the version was passed on"), checks)
    yield Piece("4-heard.pdf", _("What we heard, what we did"), _heard(version_at(slug, number), language))
    yield Piece("5-report-card.pdf", _("Report card"), _card(version_at(slug, number), language))


def _checks(version: PlanVersion, language: str) -> bytes | None:
    """The record of the gate that the version passed, as a Word file; None where it passed none."""
    said = record_said(record_of(version), PUBLIC)
    state = state_said(version.plan, language)
    known: dict[str, Any] = {"state_name": state, "record": said, "worn": worn_on(version)}
    edition = Edition(language, draft=False, dated=version.frozen_at, **known)
    source = Source(frozen_document(version, PUBLIC), edition)
    part = record(source)
    if part is None:
        return None
    title = source.said(source.plan["title"]).text
    return render_docx(
        Paper(
            lang=language,
            direction="rtl" if source.voice.direction == "rtl" else "ltr",
            title=f"{part.title.text}: {title}",
            author=state or "",
            created=version.frozen_at.replace(microsecond=0),
            letterhead=tuple(Said(words) for words in (state, title) if words),
            running_title=title,
            blocks=(Heading(part.title), *(_as_passage(block) for block in part.blocks)),
            worn=tuple((edition.worn or {}).items()),
        )
    )


def _as_passage(block: Block) -> PaperBlock:
    """A paragraph of the plan as one of a paper."""
    return Passage((block.said,)) if isinstance(block, Paragraph) else block


def _heard(version: PlanVersion, language: str) -> bytes | None:
    plan = version.plan
    keep_heard_pdf(plan, language)
    sheet = heard_sheet(plan, language)
    return storage.get(heard_name(plan, sheet)) if sheet is not None else None


def _card(version: PlanVersion, language: str) -> bytes | None:
    cards = (one for one in reports(version.plan) if one.kind == CARD and one.public and language in one.languages)
    card = next(cards, None)
    return make_pdf(card, language) if card is not None else None


def _contents(version: PlanVersion, made: list[Piece]) -> bytes:
    """The list of contents as plain text: of each file its name, what it is and its fingerprint."""
    frozen = _("Version %(number)s, frozen on %(day)s", number=version.number, day=day(version.frozen_at.date()))
    lines = [_("Tabling pack"), frozen, ""]
    for one in made:
        if one.content is None:
            lines += [_("%(what)s: there is none yet.", what=one.says), ""]
        else:
            lines += [f"{one.name}: {one.says}", f"SHA-256 {digest(one.content)}", ""]
    return "\r\n".join(lines).encode()
