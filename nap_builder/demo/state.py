"""The demonstration: an invented State with a plan that is carried out, the next one in drafting, and its people."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import current_app

from nap_builder.accounts.policy import role_name
from nap_builder.demo.consulted import bring_consultations
from nap_builder.demo.debated import bring_parliament
from nap_builder.demo.first_plan import adopt_first_plan, bring_first_plan
from nap_builder.demo.history import bring_history
from nap_builder.demo.people import ACCOUNTS, bring_people
from nap_builder.demo.pictured import bring_photograph
from nap_builder.demo.process import bring_process
from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import as_of
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import enqueue
from nap_builder.plans.queries.plan import plan_or_none, plans
from nap_builder.plans.queries.unit_costs import unit_costs
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.plans.services.unit_costs import add_unit_cost
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.jobs import issue_pdf
from nap_builder.publishing.services import publish
from nap_builder.settings import PROJECT
from nap_builder.taskforce.queries import installation
from nap_builder.taskforce.services import name_state

SEEDS = PROJECT / "seeds" / "demo"
SEED = SEEDS / "plan.json"
STATE = {"en": "Republic of Sarenia", "fr": "République de Sarénie", "ar": "جمهورية سارينيا"}
NOTE = {
    "en": "As the task force agreed it.",
    "fr": "Tel que convenu par le groupe de travail.",
    "ar": "كما اتفق عليه فريق العمل.",
}
BEGINNING = datetime(2021, 9, 6, 9, tzinfo=UTC)


def load(password: str) -> list[str]:
    """Fills an empty installation with the demonstration; one that has it keeps all that was done in it since.

    Every account of `ACCOUNTS` gets this password. Returns a line for each: address, a tab, its role.
    """
    if not plans():
        with as_of(BEGINNING):
            _name()
            bring_first_plan()
            bring_people(password)
        adopt_first_plan()
        bring_history()
    _name()
    _bring_unit_costs()
    _bring_plan()
    bring_people(password)
    bring_process()
    bring_parliament()
    _consult()
    return [f"{account.email}\t{role_name(account.role)}" for account in ACCOUNTS]


def _consult() -> None:
    """The consultations. The key file of the invented steward lies in the folder of data, so that one can try it."""
    key_file = bring_consultations()
    if key_file is not None:
        (current_app.config["NAP"].home / "steward-demo.key").write_text(key_file)


def _name() -> None:
    if installation() is None:
        with transaction():
            name_state(INSTALLATION, STATE, None, seen=None)


def _bring_plan() -> None:
    """The second plan, with a first version that is frozen and published; its PDFs are made by the worker."""
    incoming = exchange.read(SEED.read_bytes())
    if plan_or_none(incoming.slug) is not None:
        return
    with transaction():
        plan = exchange.apply(INSTALLATION, incoming).plan
        bring_photograph(plan)
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
