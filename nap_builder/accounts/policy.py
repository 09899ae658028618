"""Who may enter, invite, and change what others may do."""

from typing import Any

from nap_builder.accounts.models import HandOver, Person
from nap_builder.accounts.names import ROLE_NAMES
from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, Actor, Role
from nap_builder.kernel.audit import reads
from nap_builder.kernel.languages import _, _l, listed


def _of_own_institution(who: Actor, subject: Any) -> bool:
    """Whether an institution (its row id) is the actor's own, or a person acts for no other institution."""
    if isinstance(subject, Person):
        return bool(subject.grants) and all(grant.institution_id in who.institutions for grant in subject.grants)
    return subject is None or subject in who.institutions


def _somebody_else(who: Actor, subject: Any) -> bool:
    """Never for oneself."""
    if isinstance(subject, HandOver):
        return who.id not in (subject.person_id, subject.successor_id)
    return not isinstance(subject, Person) or subject.id != who.id


INVITERS = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.ADMINISTRATOR})
GRANTERS = frozenset({Role.CHAIR, Role.ADMINISTRATOR})

POLICY.declare(
    Rule("accounts.doors", row="A00", y=EVERYONE, says=_l("Sign in, sign out, ask for a new password, get help")),
    Rule(
        "accounts.own",
        anywhere=True,
        row="A48",
        y=EVERYONE - {Role.PUBLIC},
        says=_l("Change one's own name, language, password and second factor"),
    ),
    Rule(
        "accounts.people.read",
        row="A39",
        y=INVITERS,
        o={Role.FOCAL_POINT},
        own=_of_own_institution,
        says=_l("See who has an account"),
    ),
    Rule(
        "accounts.person.invite",
        row="A39",
        y=INVITERS,
        o={Role.FOCAL_POINT},
        own=_of_own_institution,
        says=_l("Invite a person, and hand over a new link"),
    ),
    Rule("accounts.role.grant", row="A40", f=GRANTERS, when=_somebody_else, says=_l("Give or take back a role")),
    Rule(
        "accounts.duties.hand_over",
        row="A40",
        f=GRANTERS,
        when=_somebody_else,
        says=_l("Hand over all duties of a person, and hand them back"),
    ),
    Rule(
        "accounts.person.disable",
        row="A41",
        f=GRANTERS,
        when=_somebody_else,
        says=_l("Close an account, or reset its second factor"),
    ),
)

# Who may bring in whom: nobody brings in somebody who may do more. The steward and the auditor stand apart from
# the drafters, so the secretariat does not choose them.
MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.FOCAL_POINT: frozenset({Role.OFFICIAL, Role.FOCAL_POINT}),
    Role.SECRETARIAT: frozenset(
        {Role.CONTRIBUTOR, Role.PARLIAMENTARIAN, Role.OFFICIAL, Role.FOCAL_POINT, Role.SECRETARIAT}
    ),
    Role.CHAIR: EVERYONE - {Role.PUBLIC},
    Role.ADMINISTRATOR: EVERYONE - {Role.PUBLIC},
}
FOR_AN_INSTITUTION = frozenset({Role.CONTRIBUTOR, Role.OFFICIAL, Role.FOCAL_POINT})
NEVER_WITHOUT = frozenset({Role.CHAIR, Role.STEWARD, Role.AUDITOR})
NEED_A_SECOND_FACTOR = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.STEWARD, Role.ADMINISTRATOR})

_DRAFTERS = frozenset({Role.OFFICIAL, Role.FOCAL_POINT, Role.SECRETARIAT, Role.CHAIR})
_APART = (
    (frozenset({Role.STEWARD}), _DRAFTERS),
    (frozenset({Role.AUDITOR}), _DRAFTERS | {Role.STEWARD, Role.ADMINISTRATOR}),
    (frozenset({Role.ADMINISTRATOR}), frozenset({Role.SECRETARIAT, Role.CHAIR})),
)


def invites_everywhere(who: Actor) -> bool:
    """Whether somebody brings people in for any institution, not only for their own."""
    return bool(who.roles & INVITERS)


def role_name(role: str) -> str:
    """What people call a role, in the reader's language; a word that is no role is given back."""
    return str(ROLE_NAMES[Role(role)]) if role in tuple(Role) else role


def duty_name(role: str, *places: str) -> str:
    """A duty in the reader's language: the role, then the institution and the plan that it is held for, if any."""
    return with_places(role_name(role), *places)


def with_places(name: str, *places: str) -> str:
    """A name with what stands in brackets after it, if anything."""
    said = listed(place for place in places if place)
    return _("%(name)s (%(places)s)", name=name, places=said) if said else name


def _duties_said(duties: str) -> str:
    """Duties as the audit trail keeps them, `role/institution/plan` with spaces between, as a person reads them."""
    return str(listed(duty_name(*duty.split("/")) for duty in duties.split()))


reads("role", role_name)
reads("duties", _duties_said)


def invitable(who: Actor) -> frozenset[Role]:
    """The roles that somebody may bring a person in with."""
    return frozenset().union(*(MAY_INVITE.get(role, frozenset()) for role in who.roles))


def may_meet(roles: frozenset[Role]) -> bool:
    """Whether one person may hold all these roles (separation of duties, S5).

    The steward of confidential comments is no drafter; the auditor changes nothing that is audited; the
    administrator of the machine does not run the plan.
    """
    return not any(roles & ones and roles & others for ones, others in _APART)
