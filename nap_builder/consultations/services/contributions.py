"""Contributions that staff enter: at events, on paper, by telephone. Called inside a transaction; never deleted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nap_builder.consultations.events import contributions as events
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WITHIN
from nap_builder.consultations.queries.contributions import next_position
from nap_builder.consultations.queries.places import living_parts
from nap_builder.consultations.queries.records import next_code
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _

NAMED = frozenset({"named", "organisation"})


@dataclass(frozen=True)
class ContributionFacts:
    """What was said: `text` by language, `language` the one in which it was said; `by` a name, where one is given."""

    text: dict[str, str]
    language: str
    channel: str | None = None
    held_on: date | None = None
    attribution: str = "anonymous"
    by: str | None = None
    theme: str | None = None
    proposed: str | None = None


def enter(
    by: Actor, consultation: Consultation, facts: ContributionFacts, day: date, about: Sequence[str] = ()
) -> Contribution:
    """Enters a contribution on a day, about these parts of the plan. Raises BadInput."""
    _judge(consultation, facts)
    contribution = _new(by, consultation, facts, day)
    contribution.about = _kept_references(contribution, about)
    db.session.flush()
    _record(events.ENTERED, by, contribution)
    return contribution


def enter_many(
    by: Actor, consultation: Consultation, shared: ContributionFacts, texts: Sequence[str], day: date
) -> list[Contribution]:
    """Enters several that share all but their text, in the order given. Raises BadInput."""
    found = []
    for text in texts:
        facts = replace(shared, text={shared.language: text})
        _judge(consultation, facts)
        found.append(_new(by, consultation, facts, day))
        db.session.flush()
    record(events.ENTERED_MANY, by, consultation, plan=consultation.plan.slug, code=consultation.code, count=len(found))
    return found


def change(by: Actor, contribution: Contribution, facts: ContributionFacts, *, seen: int | None) -> None:
    """Changes what is entered, which was read at version `seen`. Raises StaleEdit, BadInput, WrongState."""
    unchanged_since(contribution, seen)
    if contribution.withdrawn:
        raise WrongState(_("It was withdrawn. Nothing of it is left to change."))
    _judge(contribution.consultation, facts)
    _write(contribution, facts)
    _record(events.CHANGED, by, contribution)


def say_about(by: Actor, contribution: Contribution, references: Sequence[str], *, seen: int | None) -> None:
    """Says which parts of the plan it is about (`kind:key`). Raises StaleEdit, BadInput.

    Parts that who acts may not read, and that it is about already, stay.
    """
    unchanged_since(contribution, seen)
    contribution.about = _kept_references(contribution, references)
    _record(events.ABOUT, by, contribution)


def archive(by: Actor, contribution: Contribution, *, seen: int | None) -> None:
    """Takes one that was entered by mistake out of every list; it can be restored. Raises StaleEdit, WrongState."""
    unchanged_since(contribution, seen)
    if contribution.archived_at is not None:
        raise WrongState(_("This was done already."))
    if contribution.response is not None:
        raise WrongState(_("It is answered, and the answer is published. It stays."))
    contribution.archived_at = now()
    _record(events.ARCHIVED, by, contribution)


def restore(by: Actor, contribution: Contribution) -> None:
    """Brings it back. Raises WrongState."""
    if contribution.archived_at is None:
        raise WrongState(_("This was done already."))
    contribution.archived_at = None
    _record(events.RESTORED, by, contribution)


def _new(by: Actor, consultation: Consultation, facts: ContributionFacts, day: date) -> Contribution:
    plan = consultation.plan
    contribution = Contribution(
        plan=plan,
        consultation=consultation,
        code=next_code(plan, Contribution, "K"),
        position=next_position(consultation),
        entered_on=day,
        entered_by=by.name,
    )
    _write(contribution, facts)
    db.session.add(contribution)
    return contribution


def _write(contribution: Contribution, facts: ContributionFacts) -> None:
    for name, value in vars(facts).items():
        setattr(contribution, name, value)


def _judge(consultation: Consultation, facts: ContributionFacts) -> None:
    if facts.attribution not in WITHIN[consultation.attribution]:
        raise BadInput("attribution", _("The consultation was held on other terms: nobody may be named so widely."))
    if facts.attribution in NAMED and not facts.by:
        raise BadInput("by", _("Write the name, or choose that it stands without one."))
    if facts.attribution == "anonymous" and facts.by:
        raise BadInput("by", _("Leave the name out, or choose how it is attributed."))


def _kept_references(contribution: Contribution, references: Sequence[str]) -> list[str] | None:
    before = contribution.about or []
    readable = living_parts(contribution.plan)
    unknown: Collection[str] = [one for one in references if one not in readable and one not in before]
    if unknown:
        raise BadInput("about", _("Choose from the list."))
    unseen = [one for one in before if one not in readable]
    return list(dict.fromkeys([*references, *unseen])) or None


def _record(done: Act, by: Actor, contribution: Contribution) -> None:
    record(done, by, contribution, plan=contribution.plan.slug, code=contribution.code)
