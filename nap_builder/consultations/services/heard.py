"""Saying who took part in the stages of the process, and putting the chapter about it into the plan."""

from nap_builder.consultations.events.heard import CHAPTER_PUT, STAGE_SAID
from nap_builder.consultations.models.records import ProcessStage
from nap_builder.consultations.queries.stages import YES, Stage
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, StaleEdit
from nap_builder.kernel.languages import _
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.narrative import add_paragraph, pieces_of
from nap_builder.plans.services.sections import SectionFacts, add_section
from nap_builder.plans.services.undoing import undoable

Words = dict[str, str]


def say_stage(by: Actor, stage: Stage, part: str, text: Words | None, *, seen: int | None) -> ProcessStage:
    """Says whether women's groups took part in a stage. Raises StaleEdit, and BadInput where a reason is wanting."""
    if part != YES and not text:
        raise BadInput("text", _("Say why women’s groups did not take part, or in some of it only."))
    row = stage.said
    if row is None:
        row = ProcessStage(plan_id=stage.plan.id, stage=stage.stage, part=part, text=text)
        before: tuple[str | None, Words | None] = (None, None)
        db.session.add(row)
    else:
        if seen is None:  # the form was opened before somebody else said something
            raise StaleEdit(row)
        unchanged_since(row, seen)
        before = (row.part, row.text)
        row.part, row.text = part, text
    db.session.flush()
    pairs = {"part": (before[0], part), "text": (before[1], text)}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(STAGE_SAID, by, row, changes=changes, plan=stage.plan.slug)
    return row


def put_chapter(by: Actor, plan: Plan, text: Words, *, into: Section | None, title: Words | None) -> Section:
    """Adds the chapter to a section, or to a new one with this title, paragraph by paragraph. It can be undone.

    Raises BadInput where a new section has no title, or the languages differ in paragraphs; WrongState where the plan
    is adopted.
    """
    if into is None and not title:
        raise BadInput("title", _("Write the title of the new section."))
    if len({len(pieces_of({language: words})) for language, words in text.items()}) > 1:
        raise BadInput("text", _("Write the same number of paragraphs in every language, or leave a language out."))
    with undoable(by, plan):
        section = into or add_section(by, plan, SectionFacts(title=dict(title or {})))
        add_paragraph(by, section, pieces_of(text))
        record(CHAPTER_PUT, by, section, plan=plan.slug)
    return section
