"""The demonstration: an invented State with its plan, a published version, and an account for every role."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from nap_builder.accounts.hashing import fits, hash_password
from nap_builder.accounts.models import Person
from nap_builder.accounts.policy import role_name
from nap_builder.accounts.queries import actor_of, person_called
from nap_builder.accounts.services.people import add_person
from nap_builder.accounts.services.profile import change_password
from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION, Actor, Role
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import enqueue
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.queries import meetings_of, steps_of, today_of
from nap_builder.meetings.services import calendar, meetings, minutes
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.unit_costs import unit_costs
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.plans.services.unit_costs import add_unit_cost
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.jobs import issue_pdf
from nap_builder.publishing.services import publish
from nap_builder.taskforce.queries import installation, institution_at
from nap_builder.taskforce.services import name_state

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "demo"
SEED, MEETINGS = SEEDS / "plan.json", SEEDS / "meetings.json"
SLUG = "nap-2"
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
    _bring_meetings()
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


def _bring_meetings() -> None:
    """Meetings and the process calendar, as the chair kept them; their days lie around the day of loading."""
    plan, chair = plan_or_none(SLUG), person_called(ACCOUNTS[0].email)
    if plan is None or chair is None or meetings_of(plan):
        return
    told, by, today = json.loads(MEETINGS.read_bytes()), actor_of(chair), today_of(plan)
    with transaction():
        for one in told["meetings"]:
            _bring_meeting(by, plan, one, today)
        _bring_calendar(by, plan, told["calendar"], today)


def _bring_meeting(by: Actor, plan: Plan, told: Mapping[str, Any], today: date) -> None:
    names = ("number", "title", "begins", "until", "place", "link")
    facts = meetings.MeetingFacts(day=_day(today, told), **{name: told[name] for name in names if name in told})
    meeting = meetings.call_meeting(by, plan, facts)
    for item in told["agenda"]:
        meetings.add_item(by, meeting, item["title"], item.get("note"))
    if "minutes" in told:
        _bring_minutes(by, meeting, told, today)


def _bring_minutes(by: Actor, meeting: Meeting, told: Mapping[str, Any], today: date) -> None:
    there = {institution_at(code).id: (state, post) for code, (state, post) in told["attendance"].items()}
    minutes.record_attendance(by, meeting, there, seen=meeting.row_version)
    minutes.write_minutes(by, meeting, told["minutes"], seen=meeting.minutes_version)
    for one in told["decisions"]:
        owner = institution_at(one["owner"]).id
        decision = minutes.add_decision(by, meeting, minutes.DecisionFacts(one["text"], owner, _day(today, one)))
        if one["done"]:
            minutes.finish(by, decision, seen=decision.row_version)
    if "approved" in told:
        minutes.approve(by, meeting, today + timedelta(days=told["approved"]), seen=meeting.row_version)


def _bring_calendar(by: Actor, plan: Plan, told: Mapping[str, Any], today: date) -> None:
    calendar.make_calendar(by, plan, _day(today, told), told["pace"])
    for step in steps_of(plan):
        if step.kind in told["done"]:
            calendar.mark(by, step, "done", seen=step.row_version, on=step.due)
    for own in told["own"]:
        calendar.add_step(by, plan, own["title"], own["phase"], _day(today, own))


def _day(today: date, told: Mapping[str, Any]) -> date:
    return today + timedelta(days=told["days"])
