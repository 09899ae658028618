"""Writing the text of a plan, paragraph by paragraph."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select, update

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, StaleEdit, WrongState
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.events import narrative as events
from nap_builder.plans.models.narrative import Paragraph, ParagraphText, Section
from nap_builder.plans.queries.narrative import living, neighbour
from nap_builder.plans.services.undoing import undoable

Words = dict[str, str]
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def pieces_of(text: Mapping[str, str]) -> list[Words]:
    """A text cut where a blank line stands, in all its languages side by side: first with first, second with second."""
    cut = {tag: [part for part in _BLANK_LINES.split(words.strip()) if part.strip()] for tag, words in text.items()}
    longest = max(map(len, cut.values()), default=0)
    return [{tag: parts[place] for tag, parts in cut.items() if place < len(parts)} for place in range(longest)]


def add_paragraph(
    actor: Actor, section: Section, texts: Sequence[Words], *, kind: str = "paragraph", after: Paragraph | None = None
) -> list[Paragraph]:
    """Adds paragraphs to a section, one for each text, after a paragraph of it or at its end."""
    beside = living(section)
    place = after.position + 1 if after else (beside[-1].position + 1 if beside else 0)
    with undoable(actor, section.plan) as act:
        added = _insert(section, place, texts, kind)
        act.added.extend(added)
        for paragraph in added:
            _remember(actor, paragraph, events.PARAGRAPH_ADDED)
            _record(events.PARAGRAPH_ADDED, actor, paragraph, text=(None, paragraph.text))
    return added


def write_paragraph(
    actor: Actor, paragraph: Paragraph, text: Words, *, seen: int | None, kind: str | None = None
) -> None:
    """Replaces the text (and the kind) of a paragraph. `seen` is the row version the writer read. Raises StaleEdit.

    A paragraph that was archived while it was written comes back with the text, so that no text is lost.
    """
    unchanged_since(paragraph, seen)
    _rewrite(actor, paragraph, text, kind or paragraph.kind, events.PARAGRAPH_WRITTEN)


def bring_back(actor: Actor, paragraph: Paragraph, older: ParagraphText, *, seen: int | None) -> None:
    """Gives a paragraph an older text of its own again, as a new edit. Raises WrongState when it was saved since."""
    _as_seen(paragraph, seen)
    _rewrite(actor, paragraph, dict(older.text or {}), paragraph.kind, events.PARAGRAPH_REVERTED)


def split_paragraph(
    actor: Actor, paragraph: Paragraph, pieces: Sequence[Words], *, seen: int | None, kind: str | None = None
) -> list[Paragraph]:
    """Makes one paragraph of each piece. The first keeps the key. Raises StaleEdit, or BadInput for a single piece."""
    unchanged_since(paragraph, seen)
    if len(pieces) < 2:
        raise BadInput("text", _("Leave a blank line where the new paragraph begins."))
    with undoable(actor, paragraph.plan, paragraph) as act:
        before, paragraph.text = paragraph.text, dict(pieces[0])
        paragraph.kind, paragraph.archived_at = kind or paragraph.kind, None
        _remember(actor, paragraph, events.PARAGRAPH_SPLIT, before)
        rest = _insert(paragraph.section, paragraph.position + 1, pieces[1:], paragraph.kind)
        act.added.extend(rest)
        for piece in rest:
            _remember(actor, piece, events.PARAGRAPH_ADDED)
        pieces_now = [piece.text for piece in (paragraph, *rest)]
        _record(events.PARAGRAPH_SPLIT, actor, paragraph, text=(before, pieces_now), arguments={"pieces": len(pieces)})
    return [paragraph, *rest]


def join_with_next(actor: Actor, paragraph: Paragraph, *, seen: int | None) -> None:
    """Adds the next paragraph's text to this one, which keeps its key, and archives the next one.

    Raises WrongState when there is none after it, when the two are not both plain paragraphs, or when this one was
    saved since it was read.
    """
    _as_seen(paragraph, seen)
    following = neighbour(paragraph, 1)
    if following is None:
        raise WrongState(_("There is no paragraph after this one."))
    if {paragraph.kind, following.kind} != {"paragraph"}:
        raise WrongState(_("Only two plain paragraphs can be joined."))
    with undoable(actor, paragraph.plan, paragraph, following):
        before, paragraph.text = paragraph.text, _joined(paragraph.text, following.text)
        following.archived_at = now()
        _remember(actor, paragraph, events.PARAGRAPHS_JOINED, before)
        _remember(actor, following, events.PARAGRAPH_ARCHIVED)
        _record(events.PARAGRAPHS_JOINED, actor, paragraph, text=([before, following.text], paragraph.text))


def move_paragraph(actor: Actor, paragraph: Paragraph, step: int) -> None:
    """Changes places with the paragraph above (-1) or below (1). Raises WrongState at the end of the section."""
    other = neighbour(paragraph, step)
    if other is None:
        raise WrongState(_("This paragraph is already at the end of its section."))
    here, there = paragraph.position, other.position
    with undoable(actor, paragraph.plan, paragraph, other):
        _put(paragraph, there)
        _put(other, here)
        _record(events.PARAGRAPH_MOVED, actor, paragraph, position=(here, there))


def archive_paragraph(actor: Actor, paragraph: Paragraph, *, seen: int | None) -> None:
    """Archives a paragraph: gone from every page, kept, and able to come back. Raises WrongState when saved since."""
    _as_seen(paragraph, seen)
    with undoable(actor, paragraph.plan, paragraph):
        paragraph.archived_at = now()
        _remember(actor, paragraph, events.PARAGRAPH_ARCHIVED)
        _record(events.PARAGRAPH_ARCHIVED, actor, paragraph, text=(paragraph.text, None))


def restore_paragraph(actor: Actor, paragraph: Paragraph) -> None:
    """Restores a paragraph to where it stood. Raises WrongState when it is not archived."""
    if paragraph.archived_at is None:
        raise WrongState(_("This paragraph is restored already."))
    with undoable(actor, paragraph.plan, paragraph):
        paragraph.archived_at = None
        _remember(actor, paragraph, events.PARAGRAPH_RESTORED)
        _record(events.PARAGRAPH_RESTORED, actor, paragraph, text=(None, paragraph.text))


def _rewrite(actor: Actor, paragraph: Paragraph, text: Words, kind: str, act: Act) -> None:
    before, was = paragraph.text, paragraph.kind
    with undoable(actor, paragraph.plan, paragraph):
        paragraph.text, paragraph.kind, paragraph.archived_at = dict(text), kind, None
        _remember(actor, paragraph, act, before)
        _record(act, actor, paragraph, text=(before, paragraph.text), kind=(was, kind))


def _insert(section: Section, place: int, texts: Sequence[Words], kind: str) -> list[Paragraph]:
    """New paragraphs at a place; those behind move on without counting as changed."""
    behind = (Paragraph.section_id == section.id, Paragraph.position >= place)
    db.session.execute(update(Paragraph).where(*behind).values(position=Paragraph.position + len(texts)))
    added = [
        Paragraph(plan=section.plan, section=section, position=place + number, kind=kind, text=dict(text))
        for number, text in enumerate(texts)
    ]
    db.session.add_all(added)
    db.session.flush()
    return added


def _put(paragraph: Paragraph, position: int) -> None:
    db.session.execute(update(Paragraph).where(Paragraph.id == paragraph.id).values(position=position))


def _as_seen(paragraph: Paragraph, seen: int | None) -> None:
    """Refuses what carries no text of its own when the paragraph was saved since: it must be read first."""
    try:
        unchanged_since(paragraph, seen)
    except StaleEdit as error:
        raise WrongState(_("Somebody changed this paragraph since you opened it. Read it, then try again.")) from error


def _remember(actor: Actor, paragraph: Paragraph, act: Act, before: Words | None = None) -> None:
    """Adds to the paragraph's history; the first time also what it said before."""
    if before is not None and not db.session.scalar(select(exists().where(ParagraphText.paragraph_id == paragraph.id))):
        db.session.add(ParagraphText(paragraph_id=paragraph.id, by="", act=events.BEFORE, text=before))
        db.session.flush()
    db.session.add(ParagraphText(paragraph_id=paragraph.id, by=actor.name, act=act.word, text=paragraph.text))
    db.session.flush()


def _record(
    act: Act,
    actor: Actor,
    paragraph: Paragraph,
    *,
    arguments: Mapping[str, Any] | None = None,
    **changes: tuple[Any, Any],
) -> None:
    plan = paragraph.section.plan
    section = words_in(paragraph.section.title, plan.first_language, plan.first_language)
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record(act, actor, paragraph, changes=told, plan=plan.slug, section=section, **(arguments or {}))


def _joined(first: Words, second: Words) -> Words:
    both = {**first, **second}
    return {tag: " ".join(text[tag].strip() for text in (first, second) if text.get(tag)) for tag in both}
