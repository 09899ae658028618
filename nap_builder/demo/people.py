"""Who works in the invented State: an account for every role, and colleagues of whom the record alone tells."""

from typing import NamedTuple

from nap_builder.accounts.hashing import fits, hash_password
from nap_builder.accounts.models import Person
from nap_builder.accounts.queries import actor_of, person_called
from nap_builder.accounts.services.people import add_person
from nap_builder.accounts.services.profile import change_password
from nap_builder.kernel.actor import INSTALLATION, Actor, Role
from nap_builder.kernel.database import transaction
from nap_builder.taskforce.queries import institution_at


class Account(NamedTuple):
    """A demonstration account; `institution` is the code of the institution that it acts for."""

    email: str
    name: str
    role: Role
    institution: str | None = None
    post: str | None = None


ACCOUNTS = (
    Account("chair@demo.example", "Leila Marand", Role.CHAIR, None, "Chair of the task force"),
    Account("secretariat@demo.example", "Joren Vask", Role.SECRETARIAT, None, "Secretary of the task force"),
    Account("steward@demo.example", "Ines Calder", Role.STEWARD, None, "Steward of confidential comments"),
    Account("defence@demo.example", "Mira Tolun", Role.FOCAL_POINT, "MOD", "Adviser on gender"),
    Account("interior@demo.example", "Samir Odeh", Role.FOCAL_POINT, "MOI", "Head of community safety"),
    Account("foreign@demo.example", "Anouk Delmas", Role.FOCAL_POINT, "MFA", "Head of the United Nations section"),
    Account("defence.officer@demo.example", "Petra Lind", Role.OFFICIAL, "MOD", "Personnel officer"),
    Account("cso@demo.example", "Nadia Hamoud", Role.CONTRIBUTOR, "SWPN", "Coordinator"),
    Account("parliament@demo.example", "Oskar Brenn", Role.PARLIAMENTARIAN, None, "Member of parliament"),
    Account("auditor@demo.example", "Ruth Amadi", Role.AUDITOR, None, "Auditor"),
    Account("admin@demo.example", "Tomas Keel", Role.ADMINISTRATOR, None, "Administrator of the site"),
)
# They reported for their ministries under the first plan. Nobody signs in as one of them: they have no password.
COLLEAGUES = (
    Account("women@demo.example", "Hana Velmar", Role.FOCAL_POINT, "MWA", "Director for peace and security"),
    Account("health@demo.example", "Amal Idriss", Role.FOCAL_POINT, "MOH", "Head of emergency care"),
    Account("justice@demo.example", "Yusra Benali", Role.FOCAL_POINT, "MOJ", "Registrar of the duty courts"),
    Account("finance@demo.example", "Karim Solh", Role.FOCAL_POINT, "MOF", "Budget directorate"),
    Account("districts@demo.example", "Teresa Novak", Role.FOCAL_POINT, "MLG", "Head of district affairs"),
    Account("statistics@demo.example", "Boris Tahan", Role.FOCAL_POINT, "NSO", "Head of household surveys"),
)


def demo_person(name: str) -> Actor:
    """A person of the demonstration by the first part of the address. They come before all that is done."""
    person = person_called(f"{name}@demo.example")
    assert person is not None
    return actor_of(person)


def bring_people(password: str) -> None:
    """Adds the accounts that are not there yet, and gives the password to those that have another."""
    there = [person_called(account.email) for account in ACCOUNTS]
    kept = {person.password for person in there if person is not None}
    fitting = {former for former in kept if fits(password, former)}
    if None not in there and kept == fitting:
        return
    hashed = next(iter(fitting), None) or hash_password(password)
    with transaction():
        for account in ACCOUNTS:
            _bring(account, person_called(account.email), hashed, fitting)
        for account in COLLEAGUES:
            if person_called(account.email) is None:
                _add(account, None)


def _bring(account: Account, person: Person | None, hashed: str, fitting: set[str | None]) -> None:
    if person is None:
        _add(account, hashed)
    elif person.password not in fitting:
        change_password(INSTALLATION, person, hashed)


def _add(account: Account, hashed: str | None) -> None:
    place = institution_at(account.institution).id if account.institution else None
    known = {"email": account.email, "name": account.name, "role": account.role, "post": account.post}
    add_person(INSTALLATION, **known, institution_id=place, password_hash=hashed)  # type: ignore[arg-type]
