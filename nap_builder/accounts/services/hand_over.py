"""All duties of a person handed over in one act, and handed back. What the person wrote keeps their name."""

from collections.abc import Iterable
from dataclasses import dataclass

from nap_builder.accounts import policy, queries
from nap_builder.accounts.events import HANDED_BACK, HANDED_OVER, INVITED
from nap_builder.accounts.models import HandOver, Person, RoleGrant
from nap_builder.accounts.services import links
from nap_builder.accounts.services.people import new_person, not_oneself, tell_guardians
from nap_builder.accounts.services.sessions import end_all
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _

Duty = tuple[str, int | None, int | None]  # the role, and the row ids of the institution and plan it is held for


@dataclass(frozen=True)
class Newcomer:
    """A successor who has no account yet."""

    email: str
    name: str
    post: str | None
    language: str


def duties_of(person: Person) -> list[Duty]:
    """What a person does: every role, with the institution and the plan that it is held for."""
    return [(grant.role, grant.institution_id, grant.plan_id) for grant in person.grants]


def duties_in(done: HandOver) -> list[Duty]:
    """What was handed over."""
    return [(duty["role"], duty["institution_id"], duty["plan_id"]) for duty in done.duties]


def refuse_unfit(by: Actor, person: Person, successor: Person) -> None:
    """Raises BadInput where a successor cannot take the duties of a person over, NotAllowed for one's own duties."""
    not_oneself(by, person)
    if not person.grants:
        raise BadInput("to", _("%(person)s has no duties to hand over.", person=person.called))
    if successor.id == person.id:
        raise BadInput("to", _("Choose somebody else: these are the duties of %(person)s.", person=person.called))
    if successor.id == by.id:
        raise BadInput("to", _("Nobody gives a role to themselves. Ask another chair or administrator."))
    if not successor.active:
        raise BadInput("to", _("The account of %(person)s is closed. Choose another.", person=successor.called))
    if not may_take(successor, duties_of(person)):
        raise BadInput(
            "to", _("%(person)s may not hold these duties together. Choose another.", person=successor.called)
        )


def may_take(person: Person, duties: Iterable[Duty]) -> bool:
    """Whether a person may hold these duties beside their own (separation of duties)."""
    return policy.may_meet(frozenset(Role(role) for role, _place, _plan in [*duties_of(person), *duties]))


def hand_over(by: Actor, person: Person, successor: Person, *, close: bool, seen: int | None) -> HandOver:
    """Moves every duty of a person to a successor; both are signed out, and `close` closes the person's account.

    `seen` is the row version of the person that the list of duties was read at. Raises BadInput, NotAllowed.
    """
    _refuse_unseen(person, seen)
    refuse_unfit(by, person, successor)
    return _moved(by, person, successor, close=close)


def hand_over_to_newcomer(
    by: Actor, person: Person, newcomer: Newcomer, *, close: bool, seen: int | None
) -> tuple[HandOver, str]:
    """As `hand_over`, to somebody who is invited by it. Returns the token of their one-time link too."""
    _refuse_unseen(person, seen)
    successor = new_person(email=newcomer.email, name=newcomer.name, post=newcomer.post, language=newcomer.language)
    db.session.flush()
    refuse_unfit(by, person, successor)
    first = person.grants[0].role
    done = _moved(by, person, successor, close=close)
    record(INVITED, by, successor, person=successor.called, role=first)
    return done, links.make(successor)


def hand_back(by: Actor, done: HandOver) -> None:
    """Gives back what a successor still holds of a hand-over, and opens the account again that it closed.

    Raises WrongState where it was handed back before, nothing of it is left, or the first person cannot take it.
    """
    person, successor = done.person, done.successor
    not_oneself(by, person)
    not_oneself(by, successor)
    left = [duty for duty in duties_in(done) if duty in duties_of(successor)]
    _refuse_return(done, left)
    new = {(duty["role"], duty["institution_id"], duty["plan_id"]) for duty in done.duties if duty["new"]}
    before = _roles(person)
    _drop(successor, [duty for duty in left if duty in new])
    _add(person, left)
    if done.closed and not queries.closed_since(person, done.done_at):
        person.active = True
    done.returned_at = now()
    for one in (person, successor):
        end_all(one)
    changes = {"roles": (before, _roles(person))}
    record(HANDED_BACK, by, person, changes=changes, **_told(person, successor, left))
    told = {"person": person.called, "successor": successor.called}
    tell_guardians(by, lambda: _("The duties of %(person)s were handed back by %(successor)s.", **told))


def _moved(by: Actor, person: Person, successor: Person, *, close: bool) -> HandOver:
    duties, held, before = duties_of(person), duties_of(successor), _roles(person)
    close = close and person.active
    done = HandOver(
        person_id=person.id,
        successor_id=successor.id,
        duties=[
            {"role": role, "institution_id": place, "plan_id": plan, "new": (role, place, plan) not in held}
            for role, place, plan in duties
        ],
        closed=close,
    )
    db.session.add(done)
    _drop(person, duties)
    _add(successor, duties)
    person.active = person.active and not close
    for one in (person, successor):
        end_all(one)
    if close:
        links.end_links(person)
    changes = {"roles": (before, _roles(person)), **({"active": (True, False)} if close else {})}
    record(HANDED_OVER, by, person, changes=changes, **_told(person, successor, duties))
    told = {"person": person.called, "successor": successor.called}
    tell_guardians(by, lambda: _("The duties of %(person)s were handed over to %(successor)s.", **told))
    return done


def _drop(person: Person, duties: Iterable[Duty]) -> None:
    gone = set(duties)
    for grant in list(person.grants):
        if (grant.role, grant.institution_id, grant.plan_id) in gone:
            person.grants.remove(grant)


def _add(person: Person, duties: Iterable[Duty]) -> None:
    held = set(duties_of(person))
    for role, place, plan in duties:
        if (role, place, plan) not in held:
            person.grants.append(RoleGrant(role=role, institution_id=place, plan_id=plan))


def _refuse_unseen(person: Person, seen: int | None) -> None:
    if seen != person.row_version:
        raise BadInput("", _("This account was changed since you opened the page. Read the list again."))


def _refuse_return(done: HandOver, left: list[Duty]) -> None:
    if done.returned_at is not None:
        raise WrongState(_("These duties were handed back already."))
    if not left:
        raise WrongState(_("%(person)s holds none of these duties any more.", person=done.successor.called))
    if not done.person.active and not done.closed:
        raise WrongState(_("This account is closed. Open it again first."))
    if not may_take(done.person, left):
        raise WrongState(_("One person may not hold these duties together."))


def _roles(person: Person) -> list[str]:
    return sorted(role for role, _place, _plan in duties_of(person))


def _told(person: Person, successor: Person, duties: Iterable[Duty]) -> dict[str, str]:
    """What the sentence of the audit trail says: both names, and the duties as `role/institution/plan`."""
    codes, slugs = queries.institution_codes(), queries.plan_slugs()
    said = (f"{role}/{codes.get(place or 0, '')}/{slugs.get(plan or 0, '')}" for role, place, plan in duties)
    return {"person": person.called, "successor": successor.called, "duties": " ".join(said)}
