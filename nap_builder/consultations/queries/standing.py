"""What the readiness checks and the tasks of a plan ask of its consultations, as far as who asks may know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from nap_builder.consultations.attribution import agreed, listed_organisations
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.organisations import names_without_consent
from nap_builder.consultations.queries.records import KEEP
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class Standing:
    """The consultations of a plan and what was said in them; archived ones are left out.

    `keeps` tells whether who asks keeps the record, and so may know all of it.
    """

    consultations: Sequence[Consultation]
    contributions: Sequence[Contribution]
    unnamed: frozenset[str]
    keeps: bool

    @property
    def unanswered(self) -> list[Contribution]:
        """What was said, may be shown, and has no answer."""
        return [one for one in self.contributions if one.shown and one.response is None]

    @property
    def public(self) -> list[Consultation]:
        """The consultations that everybody may know of."""
        return [one for one in self.consultations if one.visibility == "public"]

    @property
    def regions(self) -> set[str | None]:
        """The regions where a consultation was held. One of high risk counts nowhere, whoever asks: that a region
        passes, here or in the record of a gate, would tell where it was.
        """
        return {one.region for one in self.consultations if not one.hides_where}

    def called(self, consultation: Consultation) -> dict[str, str] | str:
        """What a consultation is called: its title, or its code where the title may tell what its risk hides."""
        return consultation.title if self.keeps or not consultation.hides_where else consultation.code

    def said_publicly(self) -> Iterator[tuple[Contribution, list[str]]]:
        """Each contribution that everybody may read, with its texts and those of its answer."""
        for one in self.contributions:
            if one.shown and one.attribution != "steward" and one.consultation.visibility == "public":
                yield one, [*one.text.values(), *_texts(one.response or {}, "text")]

    def without_consent(self, consultation: Consultation) -> list[str]:
        """The organisations that took part in a consultation and did not agree to be named."""
        return [name for name, _public in listed_organisations(consultation) if not self.may_name(name, consultation)]

    def may_name(self, name: str, consultation: Consultation) -> bool:
        """Whether an organisation agreed to be named."""
        return agreed(name, consultation, self.unnamed)


def standing(plan: Plan, who: Actor | None) -> Standing:
    """How a plan's consultations stand, for a person; the whole for None. Three statements."""
    keeps = who is None or POLICY[KEEP].allows(who, plan)
    held = select(Consultation).where(Consultation.plan_id == plan.id, Consultation.archived_at.is_(None))
    said = select(Contribution).join(Contribution.consultation).options(contains_eager(Contribution.consultation))
    said = said.where(
        Contribution.plan_id == plan.id, Contribution.archived_at.is_(None), Consultation.archived_at.is_(None)
    )
    if not keeps:
        held = held.where(Consultation.visibility != "steward")
        said = said.where(Consultation.visibility != "steward", Contribution.attribution != "steward")
    return Standing(
        db.session.scalars(held.order_by(Consultation.starts, Consultation.id)).all(),
        db.session.scalars(said.order_by(Contribution.position, Contribution.id)).all(),
        names_without_consent(),
        keeps,
    )


def texts_of(consultation: Consultation) -> list[str]:
    """What everybody reads of a public consultation: its title, agenda and summary, in every language."""
    said = (consultation.title, consultation.agenda, consultation.summary)
    return [text for words in said for text in (words or {}).values()]


def facts_hidden(consultation: Consultation) -> list[str]:
    """What a high risk hides of a consultation, as it might stand in a text: its place, its day, its organisations."""
    days = [day.isoformat() for day in (consultation.starts, consultation.ends) if day]
    places = [text for text in (consultation.place or {}).values() if text.strip()]
    return [*days, *places, *(name for name, _public in listed_organisations(consultation))]


def names_one(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of the names stands in one of the texts, whatever the case of their letters."""
    folded = [text.casefold() for text in texts]
    return any(name.casefold() in text for name in names if name.strip() for text in folded)


def _texts(said: Mapping[str, Any], name: str) -> list[str]:
    text = said.get(name) or {}
    return list(text.values()) if isinstance(text, Mapping) else [str(text)]


@dataclass(frozen=True)
class Roster:
    """How many were asked by letter, how many of them answered, and how many are late."""

    asked: int
    answered: int
    late: int


def roster(plan: Plan, day: date) -> Roster:
    """Who was asked for contributions, on a day: late is who has not answered by the last day of any letter."""
    query = select(Addressee).join(Addressee.consultation).options(contains_eager(Addressee.consultation))
    asked = list(db.session.scalars(query.where(Consultation.plan_id == plan.id, Consultation.archived_at.is_(None))))
    last = (
        select(ConsultationLetter.consultation_id, func.max(ConsultationLetter.answer_by))
        .join(ConsultationLetter.consultation)
        .where(Consultation.plan_id == plan.id)
        .group_by(ConsultationLetter.consultation_id)
    )
    until = {row[0]: row[1] for row in db.session.execute(last)}
    open_ones = [one for one in asked if one.answered_on is None]
    late = sum((end := until.get(one.consultation_id)) is not None and end < day for one in open_ones)
    return Roster(len(asked), len(asked) - len(open_ones), late)


def comments_by_state(plan: Plan) -> dict[str, int]:
    """How many comments of a plan are in each state, without those for the steward; nothing else of them is read."""
    of_all = (Comment.plan_id == plan.id, Comment.attribution != "steward")
    query = select(Comment.state, func.count()).where(*of_all).group_by(Comment.state)
    return {row[0]: row[1] for row in db.session.execute(query)}
