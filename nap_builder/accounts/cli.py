"""`nap user`: people from the command line."""

import click
from flask.cli import with_appcontext

from nap_builder.accounts import addresses, queries
from nap_builder.accounts.names import ROLE_NAMES
from nap_builder.accounts.services import links, people
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _

ROLES = [role.value for role in ROLE_NAMES]


@click.group()
def user() -> None:
    """People: add, list, close an account."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--institution", metavar="CODE")
@click.option("--plan", metavar="SLUG")
@with_appcontext
def add(email: str, role: str, institution: str | None, plan: str | None) -> None:
    """Adds a person and prints a one-time link."""
    with transaction():
        person = people.add_person(
            actor(),
            email=email,
            role=Role(role),
            institution_id=_found("institution", institution),
            plan_id=_found("plan", plan),
        )
        token = links.make(person)
    click.echo(addresses.link_address(token, "en"))


@user.command("list")
@with_appcontext
def list_people() -> None:
    """Lists people: e-mail address, name, roles and state, separated by tabs."""
    for person in queries.people_for(actor(), everybody=True):
        state = "disabled" if not person.active else "active" if person.password else "invited"
        roles = ",".join(sorted(grant.role for grant in person.grants))
        click.echo("\t".join((person.email, " ".join(person.name.split()), roles, state)))


@user.command()
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Closes an account and ends its sessions."""
    with transaction():
        person = queries.person_called(email)
        if person is None:
            raise Missing(_("%(email)s: nobody has this address", email=email))
        people.disable(actor(), person)


def _found(what: str, named: str | None) -> int | None:
    if named is None:
        return None
    try:
        return queries.institution_with_code(named) if what == "institution" else queries.plan_with_slug(named)
    except Missing:
        raise BadInput(what, _("%(name)s: there is nothing of that name", name=named)) from None
