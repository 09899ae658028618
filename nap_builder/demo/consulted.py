"""Whom the invented State asked about its second plan, what they said, and what became of it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from nap_builder.consultations.answer import Answer
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.letters import addressees
from nap_builder.consultations.queries.organisations import organisations
from nap_builder.consultations.services import (
    answering,
    contributions,
    grouping,
    letters,
    moderating,
    questions,
    records,
    sealing,
    windows,
)
from nap_builder.consultations.services import organisations as directory
from nap_builder.demo.people import demo_person
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, transaction
from nap_builder.meetings.queries import today_of
from nap_builder.plans.levels import ROWS
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.settings import PROJECT
from nap_builder.taskforce.queries import institution_at

TOLD = PROJECT / "seeds" / "demo" / "consultations.json"
SLUG = "nap-2"
KEPT = (
    *("kind", "round", "region", "title", "place", "participants", "languages", "visibility", "attribution"),
    *("summary", "risk", "organisations"),
)
NAMED_OTHERWISE = {"with_whom": "with"}
ANSWERED = 12  # days from the end of a consultation to its answers


def bring_consultations() -> str | None:
    """The log of consultations and one open draft; the text of the steward's key file, where one was made now."""
    plan = plan_or_none(SLUG)
    if plan is None or _is_there(plan):
        return None
    told, today = json.loads(TOLD.read_bytes()), today_of(plan)
    secretary, chair = demo_person("secretariat"), demo_person("chair")
    with transaction():
        for one in told["directory"]:
            directory.add(secretary, directory.OrganisationFacts(**one))
        held = {one["code"]: records.add(secretary, plan, _facts(one), today) for one in told["held"]}
        _ask(secretary, held["C9"], told)
        _questions(secretary, held["C8"], told["questions"])
        _contribute(plan, held, told)
    key_file, public = sealing.new_pair()
    with transaction():
        sealing.set_key(demo_person("steward"), public)
        _open(plan, chair, told["open"], today)
    return key_file


def _is_there(plan: Plan) -> bool:
    return db.session.query(Consultation).filter_by(plan_id=plan.id).first() is not None


def _facts(one: Mapping[str, Any]) -> records.ConsultationFacts:
    facts: dict[str, Any] = {name: one[name] for name in KEPT if name in one}
    facts |= {name: date.fromisoformat(one[name]) for name in ("starts", "ends")}
    return records.ConsultationFacts(**facts, host_id=institution_at(one["host"]).id, with_whom=one["with"])


def _ask(by: Actor, consultation: Consultation, told: Mapping[str, Any]) -> None:
    """Letters to organisations, most of which answered."""
    for one in told["letters"]:
        days = {name: date.fromisoformat(one[name]) for name in ("on_day", "answer_by")}
        letters.write(by, consultation, letters.LetterFacts(kind=one["kind"], text=one["text"], **days))
    known = {one.name: one for one in organisations()}
    rows = [known[one["name"]].id for one in told["asked"]]
    letters.ask(by, consultation, letters.Asked(organisations=rows, on_day=consultation.starts))
    after = {one["name"]: one["answered"] for one in told["asked"] if "answered" in one}
    for addressee in addressees(consultation):
        name = addressee.organisation.name if addressee.organisation else ""
        if name in after:
            day = consultation.starts + timedelta(days=after[name])
            letters.answered(by, addressee, day, seen=addressee.row_version)


def _questions(by: Actor, consultation: Consultation, told: list[dict[str, Any]]) -> None:
    for one in told:
        asked = questions.add(by, consultation, questions.QuestionFacts(one["text"], one["kind"], one.get("options")))
        if "tallies" in one:
            questions.tally(by, asked, dict(enumerate(one["tallies"])), seen=asked.row_version)


def _contribute(plan: Plan, held: Mapping[str, Consultation], told: Mapping[str, Any]) -> None:
    """What was said, grouped and answered; some still waits for a ministry, some for the chair."""
    secretary, chair, today = demo_person("secretariat"), demo_person("chair"), today_of(plan)
    groups: dict[str, list[Contribution]] = {}
    entered = []
    for one in told["contributions"]:
        consultation = held[one["to"]]
        day = (consultation.ends or consultation.starts) + timedelta(days=3)
        said = contributions.enter(secretary, consultation, _said(one, consultation), day, _refs(plan, one["about"]))
        entered.append((one, said))
        groups.setdefault(one.get("group", ""), []).append(said)
    for one in told["groups"]:
        grouping.make(secretary, plan, one["title"], groups[one["code"]], today)
    for one, said in entered:
        if said.response is None:
            _answer(chair, plan, one, said, today)


def _said(one: Mapping[str, Any], consultation: Consultation) -> contributions.ContributionFacts:
    given = {name: one[name] for name in ("text", "language", "channel", "theme", "attribution", "by") if name in one}
    return contributions.ContributionFacts(**given, held_on=consultation.starts)


def _answer(chair: Actor, plan: Plan, one: Mapping[str, Any], said: Contribution, today: date) -> None:
    """Asks a ministry, keeps its draft, or publishes the answer, as the case was."""
    together = answering.together(chair, said, answering.PUBLISH)
    day = max(member.entered_on or today for member in together)
    if "asked" in one:
        answering.ask(chair, said, institution_at(one["asked"]), today - timedelta(days=6), seen=said.row_version)
        db.session.flush()
    if "draft" in one:
        answering.draft(chair, said, _answered(plan, one["draft"]), seen=said.row_version)
    if "answer" in one:
        answer = _answered(plan, one["answer"])
        answering.draft(chair, said, answer, seen=said.row_version)
        db.session.flush()
        answering.publish(chair, said, answer, day + timedelta(days=ANSWERED), seen=said.row_version)
    db.session.flush()


def _answered(plan: Plan, one: Mapping[str, Any]) -> Answer:
    changed = _refs(plan, one.get("changed", ()))
    later = not changed and one["decision"] in ("accepted", "partly_accepted")
    return Answer(decision=one["decision"], reason=one["text"], changed=changed, by=one["by"], later=later)


def _open(plan: Plan, chair: Actor, told: Mapping[str, Any], today: date) -> None:
    """A frozen version that everybody may comment on now, with what has come in so far."""
    version = last_frozen(plan)
    if version is None:
        return
    began = today - timedelta(days=told["since"])
    facts = records.ConsultationFacts(
        title=told["title"],
        kind="online",
        round="validation",
        starts=began,
        ends=today + timedelta(days=told["until"]),
        version=version.number,
        visibility="public",
        attribution="named",
        languages=list(plan.languages),
        other_ways=told["other_ways"],
        with_whom=["womens_organisations", "civil_society"],
    )
    draft = records.add(demo_person("secretariat"), plan, facts, began)
    windows.open_window(chair, draft, takes_files=False, seen=draft.row_version)
    for one in told["published"]:
        said = moderating.accept(chair, _came(plan, draft, one, today))
        said.text, said.theme = {**said.text, **one["text"]}, one.get("theme")
        if "answer" in one:
            db.session.flush()
            answering.publish(chair, said, _answered(plan, one["answer"]), today, seen=said.row_version)
    for one in told["refused"]:
        moderating.refuse(chair, _came(plan, draft, {**one, "text": "-"}, today), one["reason"])
    for one in told["waiting"]:
        _came(plan, draft, one, today)
    for one in told["sealed"]:
        words = sealing.seal(sealing.Words(one["text"]))
        _came(plan, draft, {**one, "text": None, "sealed": words, "attribution": "steward"}, today)


def _came(plan: Plan, draft: Consultation, one: Mapping[str, Any], today: date) -> Comment:
    """A comment as the public form keeps it."""
    text = one["text"][one["language"]] if isinstance(one["text"], dict) else one["text"]
    comment = Comment(
        plan=plan,
        consultation=draft,
        about=_refs(plan, [one["about"]])[0],
        language=one["language"],
        text=text,
        proposed=one.get("proposed"),
        name=one.get("by"),
        attribution=one.get("attribution", "anonymous"),
        sealed=one.get("sealed"),
        entered_on=today - timedelta(days=one.get("days", 1)),
    )
    db.session.add(comment)
    db.session.flush()
    return comment


def _refs(plan: Plan, named: Any) -> list[str]:
    """References as they are kept, from those that name rows by their codes; sections and paragraphs have keys."""
    return [_ref(plan, *name.split(":", 1)) for name in named]


def _ref(plan: Plan, kind: str, name: str) -> str:
    if kind not in ROWS:
        return f"{kind}:{name}"
    row = db.session.query(ROWS[kind]).filter_by(plan_id=plan.id, code=name, archived_at=None).one()
    return f"{kind}:{row.key}"
