"""The parts of a plan that people speak about: as a frozen version has them, and as they stand in the working plan."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.levels import ROWS, level_name, ref
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import NUMBERED_PLACES, numbers_of
from nap_builder.plans.queries.framework import readable_now
from nap_builder.plans.queries.plan import may_read
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, version_at
from nap_builder.plans.rows import rows
from nap_builder.plans.wording import by_language

SHORT = 90  # letters of a paragraph by which it is known in a list
TEXT = ("text", "title", "name")


@dataclass(frozen=True)
class Part:
    """A part of a plan: its `kind:key` reference, the number it bears, its words, and the living row if it is one."""

    ref: str
    number: str
    text: dict[str, str]
    row: Any = None

    @property
    def kind(self) -> str:
        """Section, paragraph, or a level of the framework."""
        return self.ref.partition(":")[0]


def called(plan: Plan, part: Part) -> str:
    """A part as a list names it: what it is, its number, and how it begins."""
    begins = " ".join(words_in(part.text, first=plan.first_language).split())
    begins = begins if len(begins) <= SHORT else begins[: SHORT - 1].rstrip() + "…"
    if part.kind == "section":
        return _("Section: %(title)s", title=begins)
    if part.kind == "paragraph":
        return _("Paragraph %(number)s: %(words)s", number=part.number, words=begins) if part.number else begins
    level = level_name(plan, part.kind)
    return _("%(level)s %(code)s: %(title)s", level=level, code=part.number, title=begins)


def parts_of_version(consultation: Consultation) -> dict[str, Part]:
    """What people could comment on, by reference: the public parts of the version a consultation is about."""
    if consultation.version is None:
        return {}
    document = frozen_document(version_at(consultation.plan.slug, consultation.version), PUBLIC)
    first, numbers = document["plan"]["languages"][0], numbers_of(document)
    found = {}
    for row in rows(document):
        if "key" in row.said:
            name = f"{row.kind}:{row.said['key']}"
            words = next((by_language(row.said[member], first) for member in TEXT if member in row.said), {})
            found[name] = Part(name, row.said.get("code") or numbers.get(row.said["key"], ""), words)
    return found


def living_parts(plan: Plan, refs: Collection[str] | None = None) -> dict[str, Part]:
    """The parts of the working plan that who acts now may read, in its order: all, or those with these references."""
    found = {part.ref: part for part in (*_text(plan, refs), *_framework(plan, refs))}
    return found if refs is None else {name: found[name] for name in dict.fromkeys(refs) if name in found}


def living_row(plan: Plan, name: str) -> Any:
    """The row of the working plan with a reference; None where it is archived, not there, or not for this reader."""
    part = living_parts(plan, [name]).get(name)
    return part.row if part is not None else None


def _text(plan: Plan, refs: Collection[str] | None) -> Iterator[Part]:
    if refs is not None and not _wanted("section", refs) and not _wanted("paragraph", refs):
        return
    query = select(Section).where(Section.plan_id == plan.id, Section.archived_at.is_(None))
    sections = [row for row in db.session.scalars(query.order_by(Section.position, Section.id)) if may_read(row)]
    paragraphs = _paragraphs(plan)
    for section in sections:
        yield Part(ref(section), "", section.title, section)
        yield from (part for part in paragraphs if part.row.section_id == section.id)


def _paragraphs(plan: Plan) -> list[Part]:
    """All paragraphs with their numbers, restricted ones too, since a paragraph bears one number for all readers."""
    query = select(Paragraph).join(Paragraph.section).options(contains_eager(Paragraph.section))
    living = (Paragraph.plan_id == plan.id, Paragraph.archived_at.is_(None), Section.archived_at.is_(None))
    order = (Section.position, Section.id, Paragraph.position, Paragraph.id)
    number, found = 0, []
    for row in db.session.scalars(query.where(*living).order_by(*order)):
        counts = row.kind == "paragraph" and row.section.place in NUMBERED_PLACES
        number += counts
        found.append(Part(ref(row), str(number) if counts else "", row.text, row))
    return found


def _framework(plan: Plan, refs: Collection[str] | None) -> Iterator[Part]:
    for kind in ROWS:
        wanted = _wanted(kind, refs)
        if wanted is None or wanted:
            for row in db.session.scalars(_living(plan, kind, wanted)):
                if readable_now(row):
                    yield Part(ref(row), row.code, row.title, row)


def _living(plan: Plan, kind: str, keys: Collection[str] | None) -> Select[Any]:
    model = ROWS[kind]
    query = select(model).where(model.plan_id == plan.id, model.archived_at.is_(None))
    if hasattr(model, "activity"):
        query = query.options(joinedload(model.activity))
    return (query if keys is None else query.where(model.key.in_(keys))).order_by(model.position, model.id)


def _wanted(kind: str, refs: Collection[str] | None) -> list[str] | None:
    """The keys of a kind that are asked for; None for all of them."""
    if refs is None:
        return None
    return [key for found, _colon, key in (name.partition(":") for name in refs) if found == kind]
