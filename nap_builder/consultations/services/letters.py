"""Letters written, and the roster kept of who was asked and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.consultations.events import letters as events
from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.letters import addressees
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says, of which kind it is, and its days."""

    kind: str
    on_day: date
    answer_by: date | None
    text: dict[str, str]


@dataclass(frozen=True)
class Asked:
    """Who is put on the roster: row ids of institutions and organisations, and names in words; the day, if asked."""

    institutions: Sequence[int] = ()
    organisations: Sequence[int] = ()
    names: Sequence[str] = ()
    on_day: date | None = None


def write(by: Actor, consultation: Consultation, facts: LetterFacts) -> ConsultationLetter:
    """Writes a letter. Raises BadInput."""
    _judge(facts)
    letter = ConsultationLetter(consultation=consultation, **vars(facts))
    db.session.add(letter)
    db.session.flush()
    _record(events.WRITTEN, by, consultation)
    return letter


def change(by: Actor, letter: ConsultationLetter, facts: LetterFacts, *, seen: int | None) -> None:
    """Changes a letter that was read at version `seen`. Raises StaleEdit, BadInput."""
    unchanged_since(letter, seen)
    _judge(facts)
    for name, value in vars(facts).items():
        setattr(letter, name, value)
    _record(events.CHANGED, by, letter.consultation)


def remove(by: Actor, letter: ConsultationLetter, *, seen: int | None) -> None:
    """Removes a letter. Raises StaleEdit."""
    unchanged_since(letter, seen)
    _record(events.REMOVED, by, letter.consultation)
    db.session.delete(letter)


def ask(by: Actor, consultation: Consultation, asked: Asked) -> int:
    """Puts on the roster who is not there yet; says how many came. Raises BadInput where nobody would come."""
    there = addressees(consultation)
    bodies = {each.institution_id for each in there}
    groups = {each.organisation_id for each in there}
    words = {each.name for each in there}
    fresh = [
        *(Addressee(institution_id=one) for one in asked.institutions if one not in bodies),
        *(Addressee(organisation_id=one) for one in asked.organisations if one not in groups),
        *(Addressee(name=one) for one in dict.fromkeys(asked.names) if one not in words),
    ]
    if not fresh:
        raise BadInput("names", _("Tick or write at least one who is not on the list yet."))
    for one in fresh:
        one.consultation, one.asked_on = consultation, asked.on_day
        db.session.add(one)
    db.session.flush()
    _record(events.ASKED, by, consultation, count=len(fresh))
    return len(fresh)


def answered(by: Actor, addressee: Addressee, on_day: date, *, seen: int | None) -> None:
    """Notes the day on which one who was asked answered. Raises StaleEdit, BadInput."""
    unchanged_since(addressee, seen)
    _judge_days(addressee.asked_on, on_day)
    addressee.answered_on = on_day
    _record(events.ANSWERED, by, addressee.consultation)


def note(
    by: Actor,
    addressee: Addressee,
    asked_on: date | None,
    answered_on: date | None,
    text: str | None,
    *,
    seen: int | None,
) -> None:
    """Writes the days and a note about one who was asked. Raises StaleEdit, BadInput."""
    unchanged_since(addressee, seen)
    _judge_days(asked_on, answered_on)
    addressee.asked_on, addressee.answered_on, addressee.note = asked_on, answered_on, text
    _record(events.NOTED, by, addressee.consultation)


def take_off(by: Actor, addressee: Addressee, *, seen: int | None) -> None:
    """Takes one off the roster. Raises StaleEdit."""
    unchanged_since(addressee, seen)
    _record(events.TAKEN_OFF, by, addressee.consultation)
    db.session.delete(addressee)


def _judge(facts: LetterFacts) -> None:
    if facts.answer_by is not None and facts.answer_by < facts.on_day:
        raise BadInput("answer_by", _("The answer is asked for before the letter is sent. Change one of the days."))


def _judge_days(asked: date | None, answered_day: date | None) -> None:
    if asked is not None and answered_day is not None and answered_day < asked:
        raise BadInput("answered_on", _("The answer is of a day before they were asked. Change one of the days."))


def _record(done: Act, by: Actor, consultation: Consultation, **more: Any) -> None:
    record(done, by, consultation, plan=consultation.plan.slug, code=consultation.code, **more)
