"""The demonstration: an invented State with its plan, a published version, and an account for every role."""

import json
from decimal import Decimal
from typing import Any, NamedTuple

from nap_builder.accounts.hashing import fits, hash_password
from nap_builder.accounts.models import Person
from nap_builder.accounts.policy import role_name
from nap_builder.accounts.queries import person_called
from nap_builder.accounts.services.people import add_person
from nap_builder.accounts.services.profile import change_password
from nap_builder.demo.process import bring_process
from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import enqueue
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.unit_costs import unit_costs
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.plans.services.unit_costs import add_unit_cost
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.jobs import issue_pdf
from nap_builder.publishing.services import publish
from nap_builder.settings import PROJECT
from nap_builder.taskforce.queries import installation, institution_at
from nap_builder.taskforce.services import name_state

SEEDS = PROJECT / "seeds" / "demo"
SEED = SEEDS / "plan.json"
STATE = {"en": "Republic of Sarenia", "fr": "République de Sarénie", "ar": "جمهورية سارينيا"}
NOTE = {
    "en": "As the task force agreed it.",
    "fr": "Tel que convenu par l’équipe spéciale.",
    "ar": "كما اتفق عليه فريق العمل.",
}


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


def load(password: str) -> list[str]:
    """Fills an empty installation with the demonstration; one that has it keeps all that was done in it since.

    Every demonstration account gets this password. Returns a line for each account: address, a tab, its role.
    """
    _name()
    _bring_unit_costs()
    _bring_plan()
    _bring_people(password)
    bring_process()
    return [f"{account.email}\t{role_name(account.role)}" for account in ACCOUNTS]


def _name() -> None:
    if installation() is None:
        with transaction():
            name_state(INSTALLATION, STATE, None, seen=None)


def _bring_plan() -> None:
    """The plan, with a first version that is frozen and published; its PDFs are made by the worker."""
    incoming = exchange.read(SEED.read_bytes())
    if plan_or_none(incoming.slug) is not None:
        return
    with transaction():
        plan = exchange.apply(INSTALLATION, incoming).plan
        version = freeze(INSTALLATION, plan, NOTE)
        publish(INSTALLATION, version)
        wanted: dict[str, Any] = {"number": version.number, "languages": list(plan.languages), "profile": PUBLIC}
        enqueue(issue_pdf, plan_slug=plan.slug, slug=plan.slug, href=f"/en/plan/{plan.slug}", **wanted)


def _bring_unit_costs() -> None:
    """The State's table of unit costs, where it has none at all."""
    if unit_costs() or unit_costs(archived=True):
        return
    with transaction():
        for row in json.loads((SEEDS / "unit_costs.json").read_text(encoding="utf-8")):
            add_unit_cost(INSTALLATION, {**row, "amount": Decimal(row["amount"])})


def _bring_people(password: str) -> None:
    """Adds the accounts that are not there yet, and gives the password to those that have another."""
    there = [person_called(account.email) for account in ACCOUNTS]
    kept = {person.password for person in there if person is not None}
    fitting = {former for former in kept if fits(password, former)}
    if None not in there and kept == fitting:
        return
    hashed = next(iter(fitting), None) or hash_password(password)
    with transaction():
        for account in ACCOUNTS:
            _bring_person(account, person_called(account.email), hashed, fitting)


def _bring_person(account: Account, person: Person | None, hashed: str, fitting: set[str | None]) -> None:
    if person is None:
        place = institution_at(account.institution).id if account.institution else None
        add_person(
            INSTALLATION,
            email=account.email,
            name=account.name,
            role=account.role,
            institution_id=place,
            post=account.post,
            password_hash=hashed,
        )
    elif person.password not in fitting:
        change_password(INSTALLATION, person, hashed)
