"""The people of the installation: listed, invited, given roles, closed out."""

from typing import Any

from flask import url_for

from nap_builder.accounts import addresses, policy, queries
from nap_builder.accounts.forms import InviteForm, PressForm, RoleForm
from nap_builder.accounts.models import Person
from nap_builder.accounts.names import ROLE_NAMES
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.services import factors
from nap_builder.accounts.services import people as services
from nap_builder.kernel.access import POLICY, can, requires
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import go_to, page, refused, see_other


@rooms.get("/people")
@requires("accounts.people.read")
def people() -> str:
    """Who has an account, by institution."""
    names = queries.institution_names()
    everybody = policy.invites_everywhere(actor())
    found = queries.people_for(actor(), everybody=everybody)
    places = [(name, [one for one in found if _acts_for(one, row_id)]) for row_id, name in names.items()]
    places.append((_("No institution"), [one for one in found if _acts_for(one, None)]))
    shown = [(name, those) for name, those in places if those]
    return page("accounts/people.html", places=shown, total=len(found), role_name=policy.role_name)


def _acts_for(person: Person, institution_id: int | None) -> bool:
    held = {grant.institution_id for grant in person.grants}
    return institution_id in held if institution_id else not held - {None}


@rooms.get("/people/invite")
@requires("accounts.person.invite")
def invite() -> str:
    """The form of an invitation."""
    return page("accounts/invite.html", form=_invite_form(), mail=addresses.can_write())


@rooms.post("/people/invite")
@requires("accounts.person.invite")
def send_invitation() -> Any:
    """Invites; shows the link once where no mail can go out."""
    form = _invite_form()
    if not form.validate():
        return page("accounts/invite.html", form=form, mail=addresses.can_write()), 422
    try:
        with transaction():
            person, token = services.invite(
                actor(),
                email=form.email.data or "",
                name=form.name.data or "",
                role=Role(form.role.data),
                institution_id=int(form.institution.data) if form.institution.data else None,
                language=tag(),
            )
            return give_link(person, token)
    except BadInput as error:
        refused(form, error)
        return page("accounts/invite.html", form=form, mail=addresses.can_write()), 422


def _invite_form() -> InviteForm:
    everywhere = policy.invites_everywhere(actor())
    names = queries.institution_names(None if everywhere else POLICY["accounts.person.invite"].reach(actor()))
    return InviteForm(roles=_choices(policy.invitable(actor())), institutions=_named(names), alone=not everywhere)


def _choices(roles: frozenset[Role]) -> list[tuple[str, str]]:
    return [(role.value, policy.role_name(role)) for role in Role if role in roles]


def _named(names: dict[int, str]) -> list[tuple[str, str]]:
    return [(str(row_id), name) for row_id, name in names.items()]


def give_link(person: Person, token: str, then: str | None = None) -> Any:
    """Mails the link, or shows it this once: it is in no address and in no row, so a repeat cannot show it again.

    `then` is the address that comes after; the person's page where none is given.
    """
    then = then or url_for("accounts.person", key=person.key)
    if not addresses.can_write():
        go_to(then)  # where a second sending of the form leads
        link, waits = addresses.link_address(token), queries.link_waits(person)
        return page("accounts/link_made.html", person_asked=person, link=link, works_until=waits, then=then)
    if person.password:
        addresses.send_reset(person, token, _("30 minutes"))
    else:
        addresses.send_invitation(person, token)
    return go_to(then, said=_("A letter with the link is on its way."))


@rooms.get("/people/<slug:key>")
@requires("accounts.people.read", on=queries.person_at)
def person(person: Person) -> str:
    """One person, and what may be done about their account."""
    return _person_page(person, _role_form())


@rooms.post("/people/<slug:key>/link")
@requires("accounts.person.invite", on=queries.person_at)
def make_link(person: Person) -> Any:
    """A new one-time link; those made before stop working."""
    with transaction():
        token = services.hand_over_link(actor(), person, mailed=addresses.can_write())
        return give_link(person, token)


@rooms.post("/people/<slug:key>/roles")
@requires("accounts.role.grant", on=queries.person_at)
def grant(person: Person) -> Any:
    """Gives a role."""
    form = _role_form()
    if not form.validate():
        return _person_page(person, form), 422
    try:
        with transaction():
            place = int(form.institution.data) if form.institution.data else None
            services.grant_role(actor(), person, Role(form.role.data), place)
            return see_other(
                "accounts.person", key=person.key, said=_("The role is given. It counts from the next sign-in.")
            )
    except BadInput as error:
        refused(form, error)
        return _person_page(person, form), 422


@rooms.post("/people/<slug:key>/roles/<int:grant_id>/withdraw")
@requires("accounts.role.grant", on=queries.person_at)
def withdraw(person: Person, grant_id: int) -> Any:
    """Takes a role back."""
    with transaction():
        services.withdraw_role(actor(), person, grant_id)
        return see_other("accounts.person", key=person.key, said=_("The role is taken back."))


@rooms.post("/people/<slug:key>/disable")
@requires("accounts.person.disable", on=queries.person_at)
def disable(person: Person) -> Any:
    """Closes an account."""
    with transaction():
        services.disable(actor(), person)
        return see_other("accounts.person", key=person.key, said=_("The account is closed, and signed out everywhere."))


@rooms.post("/people/<slug:key>/enable")
@requires("accounts.person.disable", on=queries.person_at)
def enable(person: Person) -> Any:
    """Opens an account again."""
    with transaction():
        services.enable(actor(), person)
        return see_other("accounts.person", key=person.key, said=_("The account is open again."))


@rooms.post("/people/<slug:key>/second-factor/reset")
@requires("accounts.person.disable", on=queries.person_at)
def reset_factor(person: Person) -> Any:
    """Forgets a second factor that was lost."""
    with transaction():
        factors.reset(actor(), person)
        return see_other("accounts.person", key=person.key, said=_("The second factor is reset."))


def _role_form() -> RoleForm:
    names = queries.institution_names()
    return RoleForm(roles=_choices(frozenset(ROLE_NAMES)), institutions=_named(names), alone=False)


def _person_page(person: Person, form: RoleForm) -> str:
    held = frozenset(Role(each.role) for each in person.grants)
    within = person.active and person.id != actor().id and held <= policy.invitable(actor())
    return page(
        "accounts/person.html",
        form=form,
        press=PressForm(),
        person_shown=person,
        grants=[(each, policy.role_name(each.role)) for each in person.grants],
        names=queries.institution_names(),
        waits=queries.link_waits(person),
        may_link=within and can("accounts.person.invite", person),
        hand_overs=queries.hand_overs_of(person) if can("accounts.duties.hand_over", person) else [],
        back=url_for("accounts.people"),
    )
