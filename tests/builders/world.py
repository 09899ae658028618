"""A small State for tests: institutions, a plan in drafting, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import date

from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.kernel.actor import Role
from nap_builder.kernel.database import db
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Installation, Institution, Membership, TaskForce

MINISTRIES = {
    "WOMEN": ("Ministry for Women's Affairs", "womens_affairs"),
    "DEF": ("Ministry of Defence", "defence"),
    "INT": ("Ministry of the Interior", "interior"),
    "FOR": ("Ministry of Foreign Affairs", "foreign_affairs"),
    "JUS": ("Ministry of Justice", "justice"),
}


@dataclass
class World:
    """What stands in the small State; people by a short name."""

    plan: Plan
    institutions: dict[str, Institution]
    section: Section
    paragraphs: list[Paragraph]
    pillar: Pillar
    objective: Objective
    activities: list[Activity]
    people: dict[str, Person] = field(default_factory=dict)


def a_person(*, role: Role | str, institution: Institution | None = None, name: str = "", email: str = "") -> Person:
    """A person with one role, active, without a password."""
    called = name or f"{role}{' of ' + institution.code if institution else ''}"
    person = Person(email=email or called.lower().replace(" ", ".") + "@test.example", name=called.replace("_", " "))
    db.session.add(person)
    db.session.flush()
    db.session.add(
        RoleGrant(person_id=person.id, role=str(role), institution_id=institution.id if institution else None)
    )
    return person


def a_world() -> World:
    """Builds the small State, within the open transaction."""
    db.session.add(
        Installation(state_name={"en": "Republic of Sarenia", "fr": "République de Sarénie", "ar": "جمهورية سارينيا"})
    )
    bodies = {
        code: Institution(code=code, name={"en": name}, kind="ministry", sector=sector)
        for code, (name, sector) in MINISTRIES.items()
    }
    bodies["CSO"] = Institution(code="CSO", name={"en": "Union of Women's Groups"}, kind="civil_society")
    db.session.add_all(bodies.values())
    plan = Plan(
        slug="nap-2",
        title={"en": "Second National Action Plan", "fr": "Deuxième plan d'action national"},
        country="XSR",
        starts=date(2027, 1, 1),
        ends=date(2031, 12, 31),
        languages=["en", "fr", "ar"],
    )
    db.session.add(plan)
    db.session.flush()
    _seat(plan, bodies)
    return _fill(plan, bodies)


def _seat(plan: Plan, bodies: dict[str, Institution]) -> None:
    db.session.add(TaskForce(plan_id=plan.id))
    for position, (code, body) in enumerate(bodies.items()):
        seats = {"chair": code == "WOMEN", "member": code != "CSO", "observer": code == "CSO"}
        db.session.add(Membership(plan_id=plan.id, institution_id=body.id, position=position, **seats))


def _fill(plan: Plan, bodies: dict[str, Institution]) -> World:
    section = Section(plan_id=plan.id, key="why", position=0, title={"en": "Why this plan"}, owner_id=bodies["DEF"].id)
    pillar = Pillar(plan_id=plan.id, code="1", position=0, title={"en": "Participation"})
    db.session.add_all([section, pillar])
    db.session.flush()
    paragraphs = [
        Paragraph(plan_id=plan.id, section_id=section.id, position=position, text={"en": text})
        for position, text in enumerate(("Women were not at the table.", "This plan brings them there."))
    ]
    objective = Objective(
        plan_id=plan.id,
        pillar_id=pillar.id,
        code="1.1",
        position=0,
        title={"en": "Women decide"},
        lead_id=bodies["WOMEN"].id,
    )
    db.session.add_all([*paragraphs, objective])
    db.session.flush()
    place = {"plan_id": plan.id, "pillar_id": pillar.id, "objective_id": objective.id}
    activities = [
        Activity(**place, code="1.1.1", position=0, title={"en": "Recruit women officers"}, lead_id=bodies["DEF"].id),
        Activity(**place, code="1.1.2", position=1, title={"en": "Open police desks"}, lead_id=bodies["INT"].id),
    ]
    db.session.add_all(activities)
    db.session.flush()
    world = World(plan, bodies, section, paragraphs, pillar, objective, activities)
    for role in Role:
        if role not in (Role.PUBLIC, Role.OFFICIAL, Role.FOCAL_POINT):
            world.people[role] = a_person(role=role, institution=bodies["CSO"] if role is Role.CONTRIBUTOR else None)
    world.people["official"] = a_person(role=Role.OFFICIAL, institution=bodies["DEF"])
    world.people["focal_point"] = a_person(role=Role.FOCAL_POINT, institution=bodies["DEF"])
    world.people["interior"] = a_person(role=Role.FOCAL_POINT, institution=bodies["INT"])
    return world
