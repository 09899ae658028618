"""Answers asked for, drafted, published and changed. Called inside a transaction.

A contribution in a group is answered with the others of it: what is done to one is done to each.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from nap_builder.consultations.answer import TAKING, Answer, read, stored
from nap_builder.consultations.events import answering as events
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.grouping import members_of
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit, WrongState
from nap_builder.kernel.languages import _
from nap_builder.taskforce.models import Institution, Membership

DRAFT, PUBLISH = "consultations.answer.draft", "consultations.answer.publish"


def ask(by: Actor, contribution: Contribution, body: Institution | None, today: date, *, seen: int | None) -> None:
    """Asks an institution to draft the answer, or nobody any more. Raises StaleEdit, BadInput, WrongState."""
    _as_seen(contribution, seen)
    if body is None and contribution.asked_id is None:
        raise BadInput("asked_id", _("Choose who drafts the answer."))
    for one in together(by, contribution, PUBLISH):
        one.asked, one.asked_on = body, today if body is not None else None
        _record(events.ASKED, by, one, body=body.code if body is not None else _("nobody"))


def draft(by: Actor, contribution: Contribution, answer: Answer, *, seen: int | None) -> None:
    """Keeps an answer that is not published. Raises StaleEdit, BadInput, WrongState."""
    _as_seen(contribution, seen)
    _refuse_odd(answer)
    for one in together(by, contribution, DRAFT):
        who = _institution(by, one) or read(one.draft).by
        one.draft = stored(answer) | ({"by": who} if who else {})
        _record(events.DRAFTED, by, one)


def publish(by: Actor, contribution: Contribution, answer: Answer, today: date, *, seen: int | None) -> None:
    """Publishes an answer in the name of who drafted it, else of who chairs. Raises StaleEdit, BadInput, WrongState.

    A published answer that is replaced says that it was changed; the audit trail keeps what it said before.
    """
    _as_seen(contribution, seen)
    _refuse_odd(answer)
    for one in together(by, contribution, PUBLISH):
        before = one.response
        who = read(one.draft).by or read(before).by or _chair(one.plan_id)
        one.response = stored(answer, revised=before is not None) | {"by": who, "on": today.isoformat()}
        if who is None:
            one.response = {name: value for name, value in one.response.items() if name != "by"}
        one.draft = None
        _record_published(by, one, read(before), answer)


def together(by: Actor, contribution: Contribution, action: str) -> Sequence[Contribution]:
    """The contributions that are answered as one, as far as the person has the action on them; the first is its own.

    Raises WrongState for one that is withdrawn: there is nothing left to answer.
    """
    if contribution.withdrawn:
        raise WrongState(_("This contribution was withdrawn. There is nothing left to answer."))
    others = members_of(contribution.plan_id, contribution.group) if contribution.group else ()
    may = POLICY[action]
    rest = [one for one in others if one.id != contribution.id and not one.withdrawn and may.allows(by, one)]
    return [contribution, *rest]


def _refuse_odd(answer: Answer) -> None:
    if not answer.decision:
        raise BadInput("decision", _("Choose what is decided."))
    if answer.decision in TAKING and not answer.changed and not answer.later:
        raise BadInput("changed", _("Tick what was changed in the plan, or tick that the change is still to be made."))
    if answer.changed and answer.later:
        raise BadInput("later", _("Tick what was changed, or that it is still to be changed, not both."))


def _as_seen(contribution: Contribution, seen: int | None) -> None:
    """Refuses to go on when the contribution was saved since; the error carries the answer as it stands now."""
    if seen is None:
        raise MalformedForm
    if contribution.row_version != seen:
        raise StaleEdit(standing(contribution))


def standing(contribution: Contribution) -> Answer:
    """The answer that a form about a contribution begins with: the draft, else what is published."""
    return read(contribution.draft or contribution.response, contribution.row_version)


def _institution(by: Actor, contribution: Contribution) -> str | None:
    asked = contribution.asked
    return asked.code if asked is not None and asked.id in by.institutions else None


def _chair(plan_id: int) -> str | None:
    query = select(Institution.code).join(Membership, Membership.institution_id == Institution.id)
    return db.session.scalar(query.where(Membership.plan_id == plan_id, Membership.chair).limit(1))


def _record_published(by: Actor, contribution: Contribution, before: Answer, after: Answer) -> None:
    first = before.decision is None
    pairs = {"decision": (before.decision, after.decision), "text": (before.reason, after.reason)}
    secret = contribution.attribution == "steward" or contribution.consultation.visibility == "steward"
    told = {} if secret else {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    done = events.PUBLISHED if first else events.REPLACED
    record(done, by, contribution, changes=told, plan=contribution.plan.slug, code=contribution.code)


def _record(done: Act, by: Actor, contribution: Contribution, **arguments: Any) -> None:
    record(done, by, contribution, plan=contribution.plan.slug, code=contribution.code, **arguments)


def with_changed(answer: Answer, ref: str, reason: dict[str, str]) -> Answer:
    """An answer that also says that a row was changed; an empty one becomes an acceptance with this reason."""
    if answer.decision is None:
        return Answer("accepted", reason, [ref])
    decision = answer.decision if answer.decision in TAKING else "accepted"
    return replace(answer, decision=decision, changed=list(dict.fromkeys([*answer.changed, ref])), later=False)
