"""The editions of a plan: what each makes of the whole."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from nap_builder.publishing.compose import summary
from nap_builder.publishing.compose.extract import extract_of
from nap_builder.publishing.compose.large_print import in_lists
from nap_builder.publishing.compose.marks import is_touched
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.compose.redline import changed_alone, redline
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Document, Fingerprint
from nap_builder.publishing.edition import COMPARED, CORRECTIONS, EXTRACT, LARGE_PRINT, SUMMARY, Edition

Plan = Mapping[str, Any]


def ways_to_compose(plan: Plan, edition: Edition) -> Iterator[Document]:
    """A plan in an edition. Of a summary each way is shorter than the one before, until it fits its pages."""
    if edition.kind == SUMMARY:
        yield from (_summary(plan, edition, room) for room in summary.ROOM)
    else:
        yield _composed(plan, edition)


def _composed(plan: Plan, edition: Edition) -> Document:
    if edition.kind == EXTRACT and edition.institution:
        return compose(extract_of(plan, edition.institution), edition)
    whole = compose(plan, edition)
    if edition.kind in COMPARED and edition.before is not None:
        earlier = dataclasses.replace(edition, photographs=edition.photographs_before)
        return _marked(redline(compose(edition.before, earlier), whole), edition)
    return in_lists(whole) if edition.kind == LARGE_PRINT else whole


def _marked(found: Document, edition: Edition) -> Document:
    """A redline, or what is marked in it alone; it says on its head when that is nothing."""
    if not is_touched(found.parts):
        said = Voice(edition.lang).gettext("Nothing changed since the earlier version.")
        note = " · ".join(words for words in (found.cover.standing_note, said) if words)
        found = dataclasses.replace(found, cover=dataclasses.replace(found.cover, standing_note=note))
    if edition.kind == CORRECTIONS:
        return dataclasses.replace(_on_sheets(found), parts=changed_alone(found.parts))
    return found


def _on_sheets(whole: Document) -> Document:
    """A document without contents, of whose first pages only the fingerprint is kept."""
    prints = tuple(block for block in whole.about.blocks if isinstance(block, Fingerprint))
    about = dataclasses.replace(whole.about, blocks=prints)
    return dataclasses.replace(whole, about=about, entries=(), tables=())


def _summary(plan: Plan, edition: Edition, room: summary.Room) -> Document:
    source = Source(plan, edition)
    parts = summary.summary(source, Ledger(source), room)
    return dataclasses.replace(_on_sheets(compose(plan, edition)), parts=parts)
