"""Arranging the sections of a plan."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import StaleEdit, WrongState
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.events import narrative as events
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import PLACES
from nap_builder.plans.queries.narrative import taken_keys
from nap_builder.plans.services.undoing import undoable

LONGEST_KEY = 40


@dataclass(frozen=True)
class SectionFacts:
    """What is said of a section as a whole."""

    title: dict[str, str]
    place: str = "body"
    owner_id: int | None = None
    restricted: bool = False


def add_section(actor: Actor, plan: Plan, facts: SectionFacts) -> Section:
    """Adds a section at the end of its place; its key is made from its title and never changes."""
    with undoable(actor, plan) as act:
        section = Section(
            plan=plan,
            key=key_from(words_in(facts.title, plan.first_language, plan.first_language), taken_keys(plan)),
            position=_room_at_end(plan, facts.place),
            title=facts.title,
            place=facts.place,
            owner_id=facts.owner_id,
            restricted=facts.restricted,
        )
        db.session.add(section)
        db.session.flush()
        act.added.append(section)
        _record(events.SECTION_ADDED, actor, section, title=(None, facts.title))
    return section


def change_section(actor: Actor, section: Section, facts: SectionFacts, *, seen: int | None) -> None:
    """Renames a section, gives it to an institution, restricts it or moves it to another place. Raises StaleEdit."""
    unchanged_since(section, seen)
    before, moves = _facts(section), facts.place != section.place
    with undoable(actor, section.plan, section, *(_all(section.plan) if moves else ())):
        if moves:
            _put(section, _room_at_end(section.plan, facts.place))
        section.title, section.place = facts.title, facts.place
        section.owner_id, section.restricted = facts.owner_id, facts.restricted
        after = _facts(section)
        _record(events.SECTION_CHANGED, actor, section, **{name: (before[name], after[name]) for name in after})


def move_section(actor: Actor, section: Section, step: int) -> None:
    """Changes places with the section above (-1) or below (1) in the same place. Raises WrongState at the end."""
    beside = [other for other in _in_order(section.plan) if other.place == section.place]
    place = [other.id for other in beside].index(section.id) + step
    if not 0 <= place < len(beside):
        raise WrongState(_("This section is already at the end of its part."))
    other = beside[place]
    here, there = section.position, other.position
    with undoable(actor, section.plan, section, other):
        _put(other, here)
        _put(section, there)
        _record(events.SECTION_MOVED, actor, section, position=(here, there))


def archive_section(actor: Actor, section: Section, *, seen: int | None) -> None:
    """Archives a section with its paragraphs; it can come back. Raises WrongState when it was saved since."""
    try:
        unchanged_since(section, seen)
    except StaleEdit as error:
        raise WrongState(_("Somebody changed this section since you opened it. Read it, then try again.")) from error
    with undoable(actor, section.plan, section):
        section.archived_at = now()
        _record(events.SECTION_ARCHIVED, actor, section)


def restore_section(actor: Actor, section: Section) -> None:
    """Restores a section to where it stood. Raises WrongState when it is not archived."""
    if section.archived_at is None:
        raise WrongState(_("This section is restored already."))
    with undoable(actor, section.plan, section):
        section.archived_at = None
        _record(events.SECTION_RESTORED, actor, section)


def key_from(title: str, taken: frozenset[str]) -> str:
    """A key of small letters, digits and dashes made from a title, unlike all that are taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "section"
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"


def _in_order(plan: Plan) -> Sequence[Section]:
    query = select(Section).where(Section.plan_id == plan.id, Section.archived_at.is_(None))
    return db.session.scalars(query.order_by(Section.position, Section.id)).all()


def _all(plan: Plan) -> Sequence[Section]:
    """Every section, the archived ones too: room is made for a place by moving all that stand behind it."""
    return db.session.scalars(select(Section).where(Section.plan_id == plan.id)).all()


def _room_at_end(plan: Plan, place: str) -> int:
    """A free position behind the last section of a place, or of the places before it; those behind move on."""
    places = list(PLACES)
    wanted = places[: places.index(place) + 1]
    before = [section.position for section in _in_order(plan) if section.place in wanted]
    position = max(before, default=-1) + 1
    behind = (Section.plan_id == plan.id, Section.position >= position)
    db.session.execute(update(Section).where(*behind).values(position=Section.position + 1))
    return position


def _put(section: Section, position: int) -> None:
    db.session.execute(update(Section).where(Section.id == section.id).values(position=position))


def _facts(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "place": section.place,
        "owner_id": section.owner_id,
        "restricted": section.restricted,
    }


def _record(act: Act, actor: Actor, section: Section, **changes: tuple[object, object]) -> None:
    plan = section.plan
    title = words_in(section.title, plan.first_language, plan.first_language)
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record(act, actor, section, changes=told, plan=plan.slug, section=title)
