"""The small State with one of everything that an address can name, for the crawl over all addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from nap_builder.accounts.models import HandOver, Person
from nap_builder.accounts.queries import actor_of
from nap_builder.accounts.services import links
from nap_builder.accounts.services.hand_over import hand_over
from nap_builder.adoption.models import Adoption
from nap_builder.consultations.models.contributions import ContributionGroup
from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.questionnaires import Question
from nap_builder.consultations.models.records import Consultation, ConsultationDocument, Organisation
from nap_builder.kernel import storage
from nap_builder.kernel.actor import Role
from nap_builder.kernel.backup_record import Backup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.jobs import Job
from nap_builder.meetings.models import Decision, Meeting, Step
from nap_builder.meetings.services.calendar import add_step
from nap_builder.monitoring.models import CLOSED, Evidence, ProgressUpdate, ReportingPeriod
from nap_builder.parliament.models import HouseEntry
from nap_builder.plans.models.framework import Activity, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.models.narrative import Paragraph, Photograph, Section
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.models import Publication
from nap_builder.publishing.services import publish
from nap_builder.reports.models import Report
from nap_builder.starting.models import SavedTemplate
from nap_builder.support.models import SupportRequest
from nap_builder.taskforce.machinery.models import Champion, MachineryBudget, MachineryPost
from nap_builder.taskforce.models import Installation
from nap_builder.taskforce.queries import installation
from tests.builders.adoption import an_adoption
from tests.builders.commitments import asked
from tests.builders.consultations import a_comment, a_consultation, a_contribution, an_open_draft
from tests.builders.framework import a_unit_cost
from tests.builders.identity import dressed
from tests.builders.meetings import a_decision, a_meeting
from tests.builders.monitoring import a_period, an_update
from tests.builders.parliament import an_entry, an_undertaking
from tests.builders.photographs import a_photograph
from tests.builders.plans import a_plan, a_section
from tests.builders.reports import a_report
from tests.builders.templates import small_template
from tests.builders.world import World, a_person

SECRET = "Zyxwvut"  # stands in every text that is restricted to the Ministry of Defence


@dataclass
class Ground:
    """What stands in the State of the crawl."""

    world: World
    officer: Person
    newcomer: Person
    token: str
    secret: Section
    secret_paragraph: Paragraph
    secret_activity: Activity
    photographs: dict[str, Photograph]
    output: Output
    indicators: dict[str, Indicator]
    milestones: dict[str, Milestone]
    budget: BudgetLine
    unit_costs: tuple[UnitCost, UnitCost]
    put_away: dict[str, Any]
    versions: list[PlanVersion]
    publication: Publication
    undo: Undo
    adoption: Adoption
    backup: Backup
    hand_over: HandOver
    machinery: dict[str, Any]
    support: dict[str, SupportRequest]
    house: dict[str, HouseEntry]
    meeting: Meeting
    decisions: dict[str, Decision]
    step: Step
    updates: dict[str, ProgressUpdate]
    period: ReportingPeriod
    report: Report
    evidence: dict[str, Evidence]
    consulting: dict[str, Any]
    consultation: Consultation
    kept: Consultation
    spoken: dict[str, Any]
    consultations: dict[str, Consultation]
    public_paper: ConsultationDocument
    state: Installation
    jobs: dict[int, Job] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, Person]:
        """Those who knock at every door, by the name of their part."""
        return {**self.world.people, "officer_of_interior": self.officer}


def a_ground(world: World) -> Ground:
    """Builds it, within the open transaction."""
    officer = a_person(role=Role.OFFICIAL, institution=world.institutions["INT"])
    newcomer = a_person(
        role=Role.OFFICIAL, institution=world.institutions["DEF"], name="Newcomer", email="new@test.example"
    )
    secret, paragraph, activity = _restricted(world)
    output = _saved(
        Output(plan=world.plan, objective=world.objective, code="1.1.A", position=0, title={"en": "Output"})
    )
    output.lead_id = world.institutions["DEF"].id
    indicators, milestones = _measures(world, output)
    paid = {"funding": "gap", "funder": world.institutions["FOR"]}
    budget = _saved(BudgetLine(activity=world.activities[0], position=0, amount=100, **paid))
    unit_costs = a_unit_cost(), a_unit_cost(title="Old trainer", archived_at=now())
    world.plan.rates = [{"currency": "EUR", "rate": "1.08", "on": "2026-09-30"}]
    _saved(a_section(plan=a_plan(slug="other"), key="elsewhere", title="Elsewhere"))
    _saved(SavedTemplate(key="ours", title={"en": "Ours"}, document=small_template(key="ours")))
    asked(*world.activities, activity)
    chair = actor_of(world.people["chair"])
    photographs = {"why": a_photograph(world.section), "secret": a_photograph(secret, "#7a0019", alt={"en": SECRET})}
    leaver, heir = (a_person(role=Role.PARLIAMENTARIAN, name=name) for name in ("Leaver", "Heir"))
    meeting, period = a_meeting(world.plan), a_period(world.plan)
    a_period(world.plan, "2028-12-31")
    updates = _updates(world, period, activity)
    a_report(period)
    told = a_period(world.plan, "2026-12-31", state=CLOSED, published_at=now())
    versions = [freeze(chair, world.plan), freeze(chair, world.plan, {"en": "Internal"})]
    return Ground(
        world=world,
        officer=officer,
        newcomer=newcomer,
        token=links.make(newcomer),
        secret=secret,
        secret_paragraph=paragraph,
        secret_activity=activity,
        photographs=photographs,
        output=output,
        indicators=indicators,
        milestones=milestones,
        budget=budget,
        unit_costs=unit_costs,
        put_away=_put_away(world),
        versions=versions,
        publication=publish(chair, versions[0]),
        undo=_saved(Undo(plan=world.plan, person_id=newcomer.id, first_entry=1, last_entry=1, steps=[])),
        adoption=an_adoption(world, versions[1]),
        backup=_saved(Backup(size=3, sha256="0" * 64, stored_as=None, verified_at=now())),
        hand_over=hand_over(chair, leaver, heir, close=True, seen=leaver.row_version),
        machinery=_machinery(world),
        support=_support(world, activity),
        house=_house(world),
        meeting=meeting,
        decisions={code: a_decision(meeting, world.institutions[code]) for code in ("DEF", "INT")},
        period=period,
        report=a_report(told, published=True),
        evidence=_evidence(updates.values()),
        consulting=_consulting(world),
        consultations=(drafts := _consultations(world)),
        public_paper=_public_paper(drafts["open"]),
        step=add_step(chair, world.plan, {"en": "Visit the regions"}, "consult", date(2027, 5, 5)),
        updates=updates,
        consultation=a_consultation(world.plan, visibility="public"),
        kept=a_consultation(world.plan, "Kept back", visibility="steward"),
        spoken=_spoken(world, activity),
        state=dressed(cast("Installation", installation())),
        jobs=_jobs([*world.people.values(), officer]),
    )


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _restricted(world: World) -> tuple[Section, Paragraph, Activity]:
    defence = world.institutions["DEF"].id
    section = Section(
        plan=world.plan, key="secret", position=5, title={"en": SECRET}, owner_id=defence, restricted=True
    )
    text = Paragraph(plan=world.plan, section=_saved(section), position=0, text={"en": f"{SECRET} in a paragraph."})
    place = {"plan_id": world.plan.id, "pillar_id": world.pillar.id, "objective_id": world.objective.id}
    activity = Activity(
        **place, code="1.1.9", position=9, title={"en": f"{SECRET} act"}, lead_id=defence, restricted=True
    )
    return section, _saved(text), _saved(activity)


def _measures(world: World, output: Output) -> tuple[dict[str, Indicator], dict[str, Milestone]]:
    above = {"pillar": world.pillar, "objective": world.objective, "output": output, "activity": world.activities[0]}
    indicators = {
        kind: _saved(
            Indicator(
                plan=world.plan, code=f"I{n}", position=n, title={"en": f"Indicator {n}"}, kind="number", **{kind: row}
            )
        )
        for n, (kind, row) in enumerate(above.items())
    }
    milestones = {
        kind: _saved(Milestone(plan=world.plan, code=f"M{n}", position=n, title={"en": f"Milestone {n}"}, **given))
        for n, (kind, given) in enumerate({"plan": {}, "activity": {"activity": world.activities[0]}}.items())
    }
    return indicators, milestones


def _spoken(world: World, secret: Activity) -> dict[str, Any]:
    """What people said: asked of two ministries, about what is restricted too; a comment that waits; a group."""
    held = a_consultation(world.plan, version=1)
    paragraph = f"paragraph:{world.paragraphs[0].key}"
    group = _saved(ContributionGroup(plan=world.plan, code="G1", title={"en": "Who pays"}))

    def said(code: str, **given: Any) -> Any:
        about = [paragraph, f"activity:{secret.key}"]
        asked = {"asked_id": world.institutions[code].id, "asked_on": now().date()}
        return a_contribution(held, about=about, proposed="Women are at the table.", **asked, **given)

    storage.put("comments/one.png", b"\x89PNG\r\n\x1a\n")
    changed = {"decision": "accepted", "text": {"en": "Yes."}, "changed": [f"activity:{secret.key}"]}
    return {
        "DEF": said("DEF", group=group.code, response={**changed, "on": "2026-03-03"}),
        "INT": said("INT", group=group.code, draft=changed),
        "comment": a_comment(held, paragraph),
        "pictured": a_comment(held, paragraph, stored_as="comments/one.png"),
        "sealed": a_comment(held, paragraph, None, attribution="steward", sealed=b"sealed"),
        "group": group,
    }


def _evidence(updates: Iterable[ProgressUpdate]) -> dict[str, Evidence]:
    """A file that an update of each activity shows, by its number."""
    found = {}
    for update in updates:
        code = update.activity.code if update.activity else ""
        name = f"evidence/{code}.csv"
        storage.put(name, b"name,number\n")
        facts = {"title": "List", "stored_as": name, "sha256": "0" * 64, "size": 12}
        found[code] = _saved(Evidence(update=update, **facts))
    return found


def _consultations(world: World) -> dict[str, Consultation]:
    """A draft that is open to everybody, and one that is open to those who are invited."""
    invited = an_open_draft(world.plan, access="invited", visibility="task_force", version=1)
    _saved(Addressee(consultation_id=invited.id, institution_id=world.institutions["CSO"].id))
    return {"open": an_open_draft(world.plan, version=1), "invited": invited}


def _public_paper(consultation: Consultation) -> ConsultationDocument:
    storage.put("consultations/questions.csv", b"number,question\n")
    kept = {"stored_as": "consultations/questions.csv", "sha256": "0" * 64, "size": 16}
    facts = {"title": {"en": "Questions"}, "public": True, "entered_on": date(2026, 3, 2)}
    return _saved(ConsultationDocument(consultation_id=consultation.id, **kept, **facts))


def _machinery(world: World) -> dict[str, Any]:
    plan = world.plan.id
    return {
        "champion": _saved(Champion(plan_id=plan, post={"en": "Vice-President"})),
        "post": _saved(MachineryPost(plan_id=plan, title={"en": "Adviser"}, filled=1)),
        "budget": _saved(MachineryBudget(plan_id=plan, year=2027, amount=1000, currency="USD")),
    }


def _support(world: World, secret: Activity) -> dict[str, SupportRequest]:
    """A request of each of two ministries, one about what is restricted, and one that is archived."""

    def request(number: int, code: str, said: str, **given: Any) -> SupportRequest:
        text = {"title": {"en": said}, "need": {"en": said}, "addressee": {"en": "Donors"}}
        owner = world.institutions[code].id
        return _saved(SupportRequest(plan=world.plan, number=number, owner_id=owner, **text, **given))

    return {
        "DEF": request(1, "DEF", "Radios"),
        "INT": request(2, "INT", "Desks"),
        "secret": request(3, "DEF", f"{SECRET} asked for", activity_id=secret.id),
        "old": request(4, "DEF", "Given up", archived_at=now()),
    }


def _house(world: World) -> dict[str, HouseEntry]:
    """A debate, what two ministries undertook, and an entry that was withdrawn."""
    owed = {code: an_undertaking(world.plan, world.institutions[code]) for code in ("DEF", "INT")}
    old = an_entry(world.plan, "resolution", "Given up", withdrawn_at=now())
    tabled = an_entry(world.plan, "tabling", "Laid", version=2, embargoed_until=date(2030, 1, 1))
    return {"debate": an_entry(world.plan), "old": old, "tabled": tabled, **owed}


def _updates(world: World, period: ReportingPeriod, secret: Activity) -> dict[str, ProgressUpdate]:
    """What the Ministry of Defence reports, which its focal point approves; one update is about a restricted row."""
    world.institutions["DEF"].approves_reports = True
    rows = {"DEF": world.activities[0], "secret": secret}
    return {
        name: an_update(period, row, status="on_track", said={"en": f"{row.title['en']} goes on"})
        for name, row in rows.items()
    }


def _consulting(world: World) -> dict[str, Any]:
    """A consultation that all may read of, one that the keepers alone know of, and one of all that hangs on it."""
    held = a_consultation(world.plan, visibility="public")
    kept = a_consultation(world.plan, "Heard in confidence", visibility="steward")
    storage.put("consultations/list.csv", b"question,answers\n")
    file = {"stored_as": "consultations/list.csv", "sha256": "0" * 64, "size": 17, "entered_on": now().date()}
    return {
        "held": held,
        "kept": kept,
        "contribution": a_contribution(held),
        "kept_contribution": a_contribution(kept, "Said in confidence"),
        "document": _saved(ConsultationDocument(consultation=held, title={"en": "List"}, public=True, **file)),
        "organisation": _saved(Organisation(name="Mothers of Asra")),
        "letter": _saved(
            ConsultationLetter(consultation=held, kind="launch", on_day=now().date(), text={"en": "Contribute."})
        ),
        "addressee": _saved(Addressee(consultation=held, name="The bar association")),
        "question": _saved(Question(consultation=held, position=1, text={"en": "Safe?"}, kind="yes_no")),
    }


def _put_away(world: World) -> dict[str, Any]:
    """A row of some kinds that is archived."""
    plan, gone = world.plan, now()
    pillar = Pillar(plan=plan, code="9", position=9, title={"en": "Old pillar"}, archived_at=gone)
    section = Section(plan=plan, key="old", position=9, title={"en": "Old"}, archived_at=gone)
    paragraph = Paragraph(plan=plan, section=world.section, position=9, text={"en": "Old words."}, archived_at=gone)
    photograph = a_photograph(world.section, "#1b5e20")
    photograph.archived_at = gone
    kept = {"pillar": pillar, "section": section, "paragraph": paragraph, "photograph": photograph}
    return {name: _saved(row) for name, row in kept.items()}


def _jobs(people: list[Person]) -> dict[int, Job]:
    """A finished job for each person."""
    given = {"name": "publishing.draft", "arguments": {}, "state": "done", "ended_at": now(), "progress": 100}
    return {person.id: _saved(Job(person_id=person.id, **given)) for person in people}
