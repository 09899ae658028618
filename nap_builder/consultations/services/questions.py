"""Questions asked, put in order, put away; and how often each answer was given."""

from collections.abc import Mapping
from dataclasses import dataclass

from nap_builder.consultations.events import questions as events
from nap_builder.consultations.models.questionnaires import SEXES, Question, Tally
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.questions import questions
from nap_builder.consultations.suppression import SENSITIVE, USUAL
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _

MOST_OPTIONS = 12
Counts = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True)
class QuestionFacts:
    """A question; `options` are the answers to choose from, in each language, for a choice alone.

    It is `sensitive` where it is about violence, ethnicity or disability.
    """

    text: dict[str, str]
    kind: str
    options: list[dict[str, str]] | None = None
    sensitive: bool = False


def add(by: Actor, consultation: Consultation, facts: QuestionFacts) -> Question:
    """Adds a question at the end. Raises BadInput."""
    _judge(facts)
    last = max((one.position for one in _all(consultation)), default=0)
    question = Question(consultation=consultation, position=last + 1, **vars(facts))
    db.session.add(question)
    db.session.flush()
    _record(events.ADDED, by, question)
    return question


def change(by: Actor, question: Question, facts: QuestionFacts, *, seen: int | None) -> None:
    """Changes a question. Once answers are counted, its kind stays and no answer to choose is taken away.

    Raises StaleEdit, BadInput.
    """
    unchanged_since(question, seen)
    _judge(facts)
    if question.tallies:
        if facts.kind != question.kind:
            raise BadInput("kind", _("Answers are counted already, so the kind stays. Ask another question instead."))
        if len(facts.options or ()) < len(question.options or ()):
            raise BadInput(
                "options", _("Answers are counted already. Reword them or add to them, and keep their order.")
            )
    for name, value in vars(facts).items():
        setattr(question, name, value)
    for one in question.tallies:
        one.tell({sex: getattr(one, sex) for sex in SEXES}, limit=SENSITIVE if facts.sensitive else USUAL)
    _record(events.CHANGED, by, question)


def move(by: Actor, question: Question, step: int, *, seen: int | None) -> None:
    """Moves a question up (-1) or down (1); at the end it stays. Raises StaleEdit."""
    unchanged_since(question, seen)
    beside = list(questions(question.consultation))
    place = beside.index(question)
    to = min(max(0, place + step), len(beside) - 1)
    beside.insert(to, beside.pop(place))
    for position, one in enumerate(beside, start=1):
        one.position = position
    touch(question)
    _record(events.MOVED, by, question)


def archive(by: Actor, question: Question, *, seen: int | None) -> None:
    """Puts a question away with its counts. Raises StaleEdit, WrongState."""
    unchanged_since(question, seen)
    if question.archived_at is not None:
        raise WrongState(_("This was done already."))
    question.archived_at = now()
    _record(events.ARCHIVED, by, question)


def restore(by: Actor, question: Question) -> None:
    """Brings it back. Raises WrongState."""
    if question.archived_at is None:
        raise WrongState(_("This was done already."))
    question.archived_at = None
    _record(events.RESTORED, by, question)


def tally(by: Actor, question: Question, counts: Counts, *, seen: int | None) -> None:
    """Writes how many gave each answer, by its place and by sex. Raises StaleEdit."""
    unchanged_since(question, seen)
    there = {one.option: one for one in question.tallies}
    for option, by_sex in counts.items():
        if option not in there:
            there[option] = Tally(option=option)
            question.tallies.append(there[option])
        there[option].tell(dict(by_sex), limit=SENSITIVE if question.sensitive else USUAL)
    touch(question)
    _record(events.TALLIED, by, question)


def _all(consultation: Consultation) -> list[Question]:
    return [*questions(consultation), *questions(consultation, archived=True)]


def _judge(facts: QuestionFacts) -> None:
    if facts.kind != "choice":
        if facts.options:
            raise BadInput("options", _("Only a question with several answers has answers to choose from."))
        return
    if not 2 <= len(facts.options or ()) <= MOST_OPTIONS:
        raise BadInput("options", _("Write from 2 to %(count)s answers to choose from.", count=MOST_OPTIONS))


def _record(done: Act, by: Actor, question: Question) -> None:
    consultation = question.consultation
    record(done, by, question, plan=consultation.plan.slug, code=consultation.code)
