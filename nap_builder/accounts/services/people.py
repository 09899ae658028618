"""People: brought in, given roles, closed out."""

from collections.abc import Callable

from nap_builder.accounts import policy, queries
from nap_builder.accounts.events import DISABLED, ENABLED, INVITED, LINK_MADE, ROLE_GRANTED, ROLE_WITHDRAWN
from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.accounts.services import links
from nap_builder.accounts.services.sessions import end_all
from nap_builder.kernel import mail
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, Missing, NotAllowed, WrongState
from nap_builder.kernel.languages import _, force_locale


def add_person(  # noqa: PLR0913 - what is known of a person
    by: Actor,
    *,
    email: str,
    role: Role,
    name: str = "",
    institution_id: int | None = None,
    plan_id: int | None = None,
    post: str | None = None,
    language: str = "en",
    password_hash: str | None = None,
) -> Person:
    """Adds a person with one role. Asks no rights: for commands, and for `invite`, which does. Raises BadInput."""
    person = new_person(email=email, name=name, post=post, language=language, password_hash=password_hash)
    _hold(person, role, institution_id, plan_id)
    db.session.flush()
    record(INVITED, by, person, person=person.called, role=str(role))
    return person


def new_person(
    *, email: str, name: str, post: str | None = None, language: str = "en", password_hash: str | None = None
) -> Person:
    """A person without a role yet; whoever calls gives one and records it. Raises BadInput for an address in use."""
    email = queries.normal_email(email)
    if queries.person_called(email) is not None:
        raise BadInput("email", _("There is an account with this address already."))
    person = Person(email=email, name=name, post=post, language=language, password=password_hash)
    db.session.add(person)
    return person


def invite(
    by: Actor, *, email: str, name: str, role: Role, institution_id: int | None, language: str
) -> tuple[Person, str]:
    """Invites a person, and returns the token of the one-time link. Raises NotAllowed above one's own power and
    outside one's own institution, BadInput for an address that is taken.
    """
    may = POLICY["accounts.person.invite"].allows(by, institution_id)
    if not may or role not in policy.invitable(by):
        raise NotAllowed(_("You may not invite a person in this role for this institution."))
    person = add_person(by, email=email, name=name, role=role, institution_id=institution_id, language=language)
    return person, links.make(person)


def hand_over_link(by: Actor, person: Person, *, mailed: bool = False) -> str:
    """Makes a new one-time link for a person, and returns its token. Raises NotAllowed for somebody who may do more."""
    held = {Role(grant.role) for grant in person.grants}
    if not held <= policy.invitable(by) or person.id == by.id:
        raise NotAllowed(_("You may not make a link for this person."))
    if not person.active:
        raise WrongState(_("This account is closed. Open it again first."))
    token = links.make(person, mailed=mailed)
    record(LINK_MADE, by, person, person=person.called)
    return token


def grant_role(by: Actor, person: Person, role: Role, institution_id: int | None) -> None:
    """Gives a person a role; their sessions end, so that it counts from the next sign-in.

    Raises NotAllowed for one's own account, BadInput where roles may not meet in one person.
    """
    not_oneself(by, person)
    before = _roles(person)
    _hold(person, role, institution_id, None)
    end_all(person)
    record(
        ROLE_GRANTED,
        by,
        person,
        changes={"roles": (before, _roles(person))},
        person=person.called,
        role=str(role),
    )
    tell_guardians(
        by, lambda: _("%(person)s now has the role: %(role)s.", person=person.called, role=policy.role_name(role))
    )


def withdraw_role(by: Actor, person: Person, grant_id: int) -> None:
    """Takes a role back; sessions end. Raises Missing, NotAllowed, or WrongState for the last of its kind."""
    not_oneself(by, person)
    grant = next((each for each in person.grants if each.id == grant_id), None)
    if grant is None:
        raise Missing
    role, before = Role(grant.role), _roles(person)
    _keep_the_last(person, {role})
    person.grants.remove(grant)
    end_all(person)
    record(
        ROLE_WITHDRAWN,
        by,
        person,
        changes={"roles": (before, _roles(person))},
        person=person.called,
        role=str(role),
    )
    tell_guardians(
        by, lambda: _("%(person)s no longer has the role: %(role)s.", person=person.called, role=policy.role_name(role))
    )


def disable(by: Actor, person: Person) -> None:
    """Closes an account: sessions and links end at once. Raises NotAllowed, or WrongState for the last of a kind."""
    not_oneself(by, person)
    if not person.active:
        return
    _keep_the_last(person, {Role(grant.role) for grant in person.grants})
    person.active = False
    end_all(person)
    links.end_links(person)
    record(DISABLED, by, person, person=person.called)
    tell_guardians(by, lambda: _("The account of %(person)s was closed.", person=person.called))


def enable(by: Actor, person: Person) -> None:
    """Opens a closed account again, with the roles it had. Raises NotAllowed for one's own."""
    not_oneself(by, person)
    if person.active:
        return
    person.active = True
    record(ENABLED, by, person, person=person.called)
    tell_guardians(by, lambda: _("The account of %(person)s was opened again.", person=person.called))


def _hold(person: Person, role: Role, institution_id: int | None, plan_id: int | None) -> None:
    held = {Role(grant.role) for grant in person.grants}
    if not policy.may_meet(frozenset(held | {role})):
        raise BadInput("role", _("One person may not hold this role together with those held already."))
    if role in policy.FOR_AN_INSTITUTION and institution_id is None:
        raise BadInput("institution", _("This role is held for an institution. Choose it."))
    if any((grant.role, grant.institution_id) == (role.value, institution_id) for grant in person.grants):
        raise BadInput("role", _("This person has this role already."))
    person.grants.append(RoleGrant(role=role.value, institution_id=institution_id, plan_id=plan_id))


def not_oneself(by: Actor, person: Person) -> None:
    """Raises NotAllowed where a person is the one who acts."""
    if person.id == by.id:
        raise NotAllowed(_("Nobody changes their own role or account. Ask another chair or administrator."))


def _keep_the_last(person: Person, losing: set[Role]) -> None:
    for role in sorted(losing & policy.NEVER_WITHOUT):
        if not queries.others_holding(role, person):
            raise WrongState(
                _(
                    "This is the last person with the role: %(role)s. Give it to another first.",
                    role=policy.role_name(role),
                )
            )


def _roles(person: Person) -> list[str]:
    return sorted(grant.role for grant in person.grants)


def tell_guardians(by: Actor, sentence: Callable[[], str]) -> None:
    """Writes to the chair and the administrators, where mail is set: nobody gains or loses power unseen."""
    for person in queries.guardians():
        if person.id != by.id:
            with force_locale(person.language):
                mail.queue(person.email, _("Accounts were changed"), f"{sentence()}\n")
