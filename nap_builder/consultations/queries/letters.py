"""Letters of consultations, and how those who were asked stand: asked, answered, late (S/2007/567, 4-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.records import KEEP, consultation_at, sees_where
from nap_builder.kernel.access import can
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import words_in
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class Standing:
    """How many were asked, answered, and are late; `due` is the day by which the last letter asked for an answer."""

    asked: int
    answered: int
    late: int
    due: date | None


def shown_consultation_at(slug: str, key: str) -> Consultation:
    """A consultation whose place and organisations who acts now may read. Raises Missing."""
    found = consultation_at(slug, key)
    if not sees_where(found):
        raise Missing
    return found


def letters(consultation: Consultation) -> Sequence[ConsultationLetter]:
    """The letters of a consultation, the first first."""
    query = select(ConsultationLetter).where(ConsultationLetter.consultation_id == consultation.id)
    return db.session.scalars(query.order_by(ConsultationLetter.on_day, ConsultationLetter.id)).all()


def letter_at(slug: str, key: str, letter: str) -> ConsultationLetter:
    """A letter of a consultation. Raises Missing."""
    consultation = shown_consultation_at(slug, key)
    query = select(ConsultationLetter).where(ConsultationLetter.consultation_id == consultation.id)
    found: ConsultationLetter = one(
        query.where(ConsultationLetter.key == letter).options(joinedload(ConsultationLetter.consultation))
    )
    return found


def addressees(consultation: Consultation) -> list[Addressee]:
    """All who were asked, by name."""
    return sorted(db.session.scalars(_roster(consultation)), key=lambda each: called(each).casefold())


def count_invited(consultation: Consultation) -> int | None:
    """How many institutions may read and comment on a draft with their accounts; None where everybody may."""
    if consultation.access != "invited":
        return None
    return sum(each.institution_id is not None for each in db.session.scalars(_roster(consultation)))


def addressee_at(slug: str, key: str, addressee: str) -> Addressee:
    """One who was asked. Raises Missing."""
    found: Addressee = one(_roster(shown_consultation_at(slug, key)).where(Addressee.key == addressee))
    return found


def called(addressee: Addressee) -> str:
    """What one who was asked is called."""
    if addressee.institution is not None:
        return words_in(addressee.institution.name)
    return addressee.organisation.name if addressee.organisation is not None else addressee.name or ""


def standing(consultation: Consultation) -> Standing:
    """How the roster of a consultation stands today."""
    return standing_of(letters(consultation), addressees(consultation), today(consultation.plan.timezone))


def standing_of(sent: Sequence[ConsultationLetter], asked: Sequence[Addressee], day: date) -> Standing:
    """The same of letters and a roster in hand, on a day. Who was not asked yet is not counted."""
    due = last_due(sent)
    counted = [each for each in asked if each.asked_on is not None or each.answered_on is not None]
    return Standing(
        asked=len(counted),
        answered=sum(each.answered_on is not None for each in counted),
        late=sum(is_late(each, due, day) for each in counted),
        due=due,
    )


def last_due(sent: Sequence[ConsultationLetter]) -> date | None:
    """The day by which the last letter that names one asks for an answer."""
    return next((letter.answer_by for letter in reversed(sent) if letter.answer_by is not None), None)


def is_late(addressee: Addressee, due: date | None, day: date) -> bool:
    """Whether one who was asked has not answered although the day is over."""
    asked = addressee.asked_on is not None and addressee.answered_on is None
    return asked and due is not None and day > due


def late_in(plan: Plan) -> dict[str, int]:
    """How many who were asked are late, by the key of the consultation; only where some are. Two statements."""
    day = today(plan.timezone)
    query = select(ConsultationLetter).join(ConsultationLetter.consultation).where(Consultation.plan_id == plan.id)
    query = query.where(Consultation.archived_at.is_(None)).options(joinedload(ConsultationLetter.consultation))
    sent: dict[int, list[ConsultationLetter]] = {}
    for letter in db.session.scalars(query.order_by(ConsultationLetter.on_day, ConsultationLetter.id)):
        sent.setdefault(letter.consultation_id, []).append(letter)
    over = [found for found, own in sent.items() if (due := last_due(own)) is not None and day > due]
    waiting = select(Addressee.consultation_id, func.count()).where(
        Addressee.consultation_id.in_(over), Addressee.asked_on.is_not(None), Addressee.answered_on.is_(None)
    )
    counts = db.session.execute(waiting.group_by(Addressee.consultation_id))
    shown = {number: sent[number][0].consultation for number in over}
    keeps = can(KEEP, plan)
    return {shown[number].key: count for number, count in counts if keeps or _open(shown[number])}


def _open(consultation: Consultation) -> bool:
    return consultation.visibility != "steward" and not consultation.hides_where


def _roster(consultation: Consultation) -> Select[Addressee]:
    query = select(Addressee).where(Addressee.consultation_id == consultation.id)
    whole = joinedload(Addressee.consultation).joinedload(Consultation.plan)
    return query.options(whole, joinedload(Addressee.institution), joinedload(Addressee.organisation))
