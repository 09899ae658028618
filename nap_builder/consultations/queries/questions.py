"""The questions of a consultation, and what was answered to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from nap_builder.consultations.models.questionnaires import SEXES, Question, Tally
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import SCALE, YES_NO
from nap_builder.consultations.queries.records import KEEP, consultation_at
from nap_builder.consultations.suppression import TOTAL
from nap_builder.kernel.access import can
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, words_in


@dataclass(frozen=True)
class Counted:
    """An answer to choose, as it is called, and how many gave it by sex (in the order of SEXES) and in all.

    A number that may not be shown to who reads is None.
    """

    option: int
    label: str
    by_sex: tuple[int | None, ...]
    total: int | None


def questions(consultation: Consultation, *, archived: bool = False) -> Sequence[Question]:
    """The questions of a consultation, in order, with their tallies."""
    state = Question.archived_at.is_not(None) if archived else Question.archived_at.is_(None)
    return db.session.scalars(_of(consultation).where(state).order_by(Question.position, Question.id)).all()


def any_question_at(slug: str, key: str, question: str) -> Question:
    """A question, archived or not. Raises Missing."""
    found: Question = one(_of(consultation_at(slug, key)).where(Question.key == question))
    return found


def question_at(slug: str, key: str, question: str) -> Question:
    """A question that is not archived. Raises Missing."""
    found = any_question_at(slug, key, question)
    if found.archived_at is not None:
        raise Missing
    return found


def options_of(question: Question) -> list[str]:
    """The answers that one may tick, as they are called; none for a question that is answered in words."""
    if question.kind == "choice":
        return [words_in(option) for option in question.options or ()]
    if question.kind == "yes_no":
        return [str(word) for word in YES_NO.values()]
    return [str(word) for word in SCALE] if question.kind == "scale" else []


def counted(question: Question) -> list[Counted]:
    """Each answer with its counts: to the keepers of the record as they are, to others as they may be shown."""
    numbers = _as_they_are if can(KEEP, question.consultation) else _as_shown
    tallies: dict[int, dict[str, int | None]] = {tally.option: numbers(tally) for tally in question.tallies}
    nobody: dict[str, int | None] = dict.fromkeys((TOTAL, *SEXES), 0)
    rows = [(n, label, tallies.get(n, nobody)) for n, label in enumerate(options_of(question))]
    return [Counted(n, label, tuple(row[sex] for sex in SEXES), row[TOTAL]) for n, label, row in rows]


def in_all(answers: Sequence[Counted]) -> Counted:
    """The counts of all answers together; not shown where one of them is not."""
    columns = zip(*(one.by_sex for one in answers), strict=True)
    return Counted(len(answers), _("In all"), tuple(map(_sum, columns)), _sum(one.total for one in answers))


def _sum(numbers: Iterable[int | None]) -> int | None:
    given = list(numbers)
    return None if None in given else sum(number or 0 for number in given)


def _as_they_are(tally: Tally) -> dict[str, int | None]:
    counts = {sex: getattr(tally, sex) for sex in SEXES}
    return {**counts, TOTAL: sum(counts.values())}


def _as_shown(tally: Tally) -> dict[str, int | None]:
    kept = tally.counts_shown or {"counts": {}}
    return {name: kept["counts"].get(name) for name in (TOTAL, *SEXES)}


def _of(consultation: Consultation) -> Select[Question]:
    whole = joinedload(Question.consultation).joinedload(Consultation.plan)
    query = select(Question).where(Question.consultation_id == consultation.id)
    return query.options(whole, selectinload(Question.tallies))
