"""The text of a plan: its sections, their paragraphs with the numbers they would be printed with, and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.narrative import Paragraph, ParagraphText, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import NUMBERED_PLACES
from nap_builder.plans.queries.plan import may_read
from nap_builder.plans.wording import TextChange, text_changes


@dataclass(frozen=True)
class SectionLine:
    """A section in a list, with the number of its paragraphs."""

    section: Section
    paragraphs: int


@dataclass(frozen=True)
class Numbered:
    """A paragraph with the number a freeze would give it now; None for a heading, a table, or in an annex."""

    paragraph: Paragraph
    number: int | None


@dataclass(frozen=True)
class Past:
    """What a paragraph became at a moment, and how its words changed by it."""

    id: int
    at: datetime
    by: str
    act: str
    text: dict[str, str]
    changes: tuple[TextChange, ...]
    current: bool


def section_lines(plan: Plan, *, archived: bool = False) -> list[SectionLine]:
    """The sections of a plan that the reader may see, in the plan's order, with the number of their paragraphs."""
    inside = and_(Paragraph.section_id == Section.id, Paragraph.archived_at.is_(None))
    count = select(func.count(Paragraph.id)).where(inside).correlate(Section).scalar_subquery()
    state = Section.archived_at.is_not(None) if archived else Section.archived_at.is_(None)
    query = (
        select(Section, count)
        .options(joinedload(Section.owner))
        .where(Section.plan_id == plan.id, state)
        .order_by(Section.position, Section.id)
    )
    return [SectionLine(section, found) for section, found in db.session.execute(query) if may_read(section)]


def section_at(slug: str, section: str) -> Section:
    """The section with this key in the plan with this slug. Raises Missing, also where it is secret."""
    return _readable(one(_sections(slug, section).where(Section.archived_at.is_(None))))


def any_section_at(slug: str, section: str) -> Section:
    """As `section_at`, archived or not."""
    return _readable(one(_sections(slug, section)))


def paragraph_at(slug: str, section: str, paragraph: str) -> Paragraph:
    """The paragraph with this key, its section and plan loaded. Raises Missing."""
    found = any_paragraph_at(slug, section, paragraph)
    if found.archived_at is not None:
        raise Missing
    return found


def any_paragraph_at(slug: str, section: str, paragraph: str) -> Paragraph:
    """As `paragraph_at`, archived or not."""
    query = (
        select(Paragraph)
        .join(Paragraph.section)
        .join(Section.plan)
        .options(contains_eager(Paragraph.section).contains_eager(Section.plan), joinedload(Paragraph.plan))
        .where(Plan.slug == slug, Section.key == section, Paragraph.key == paragraph)
    )
    found = one(query.where(Section.archived_at.is_(None)))
    _readable(found.section)
    return found


def _sections(slug: str, key: str) -> Select[Section]:
    return (
        select(Section)
        .join(Section.plan)
        .options(contains_eager(Section.plan), joinedload(Section.owner))
        .where(Plan.slug == slug, Section.key == key)
    )


def _readable(section: Section) -> Section:
    if not may_read(section):
        raise Missing
    return section


def numbered(section: Section) -> list[Numbered]:
    """The paragraphs of a section in order, each with its number, in two statements.

    Counted as `profiles.number_paragraphs` counts: from 1 through the front and body, restricted sections too, so
    that a paragraph bears one number for all readers.
    """
    paragraphs = living(section)
    if section.place not in NUMBERED_PLACES:
        return [Numbered(paragraph, None) for paragraph in paragraphs]
    number = _numbered_before(section)
    found = []
    for paragraph in paragraphs:
        counts = paragraph.kind == "paragraph"
        number += counts
        found.append(Numbered(paragraph, number if counts else None))
    return found


def living(section: Section) -> Sequence[Paragraph]:
    """The paragraphs of a section in order, without the archived ones."""
    query = select(Paragraph).where(Paragraph.section_id == section.id, Paragraph.archived_at.is_(None))
    return db.session.scalars(query.order_by(Paragraph.position, Paragraph.id)).all()


def put_away(section: Section) -> Sequence[Paragraph]:
    """The paragraphs of a section that are archived, the last first."""
    query = select(Paragraph).where(Paragraph.section_id == section.id, Paragraph.archived_at.is_not(None))
    return db.session.scalars(query.order_by(Paragraph.archived_at.desc())).all()


def _numbered_before(section: Section) -> int:
    earlier = (Section.position < section.position) | (
        (Section.position == section.position) & (Section.id < section.id)
    )
    query = (
        select(func.count(Paragraph.id))
        .join(Section, Section.id == Paragraph.section_id)
        .where(
            Section.plan_id == section.plan_id,
            Section.archived_at.is_(None),
            Section.place.in_(NUMBERED_PLACES),
            earlier,
            Paragraph.archived_at.is_(None),
            Paragraph.kind == "paragraph",
        )
    )
    return db.session.scalar(query) or 0


def neighbour(paragraph: Paragraph, step: int) -> Paragraph | None:
    """The paragraph above (-1) or below (1) one in its section, leaving out the archived ones."""
    beside = living(paragraph.section)
    place = [other.id for other in beside].index(paragraph.id) + step
    return beside[place] if 0 <= place < len(beside) else None


def history(paragraph: Paragraph) -> list[Past]:
    """What a paragraph said from when on, newest first; empty where nothing was changed here yet."""
    query = select(ParagraphText).where(ParagraphText.paragraph_id == paragraph.id).order_by(ParagraphText.id)
    found: list[Past] = []
    before: dict[str, str] = {}
    for row in db.session.scalars(query):
        text = row.text or {}
        changes = text_changes(before, text)
        found.append(Past(row.id, row.at, row.by, row.act, text, changes, current=text == paragraph.text))
        before = text
    return found[::-1]


def older_text(paragraph: Paragraph, number: int) -> ParagraphText:
    """One entry of a paragraph's history, by its row id. Raises Missing."""
    return one(select(ParagraphText).where(ParagraphText.paragraph_id == paragraph.id, ParagraphText.id == number))


def taken_keys(plan: Plan) -> frozenset[str]:
    """The keys of all sections a plan ever had."""
    return frozenset(db.session.scalars(select(Section.key).where(Section.plan_id == plan.id)))
